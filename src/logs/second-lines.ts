// Lines that tell of requests which a log has beside them: each request has the same number of them. One more is told of no
// request that is known.

export class SecondLines {
  requests = 0;
  count = 0;
  /** Since the last request, or since the beginning. */
  #since = 0;
  #before = 0;
  /** Between two requests, each time, while it is the same number. */
  #between: number | undefined;
  #isOdd = false;
  /** The last of them. */
  line = 1;

  request(): void {
    if (this.requests === 0) this.#before = this.#since;
    else {
      this.#between ??= this.#since;
      this.#isOdd ||= this.#between !== this.#since;
    }
    this.requests += 1;
    this.#since = 0;
  }

  /** @returns whether there is one too many already; such a one does not count */
  take(line: number): boolean {
    if (this.#between !== undefined && !this.#isOdd && this.#since >= this.#between) return true;
    this.count += 1;
    this.#since += 1;
    this.line = line;
    return false;
  }

  /** One that came before the first request was something else. */
  forgetFirst(): void {
    this.count -= 1;
    if (this.requests === 0) this.#since -= 1;
    else this.#before -= 1;
  }

  /** At the end of the log: whether it is not known that all of them are about the requests. */
  get isOdd(): boolean {
    if (this.count === 0) return false;
    const atEnds = this.#before + this.#since;
    return this.requests === 0 || this.#isOdd || atEnds !== (this.#between ?? atEnds);
  }
}
