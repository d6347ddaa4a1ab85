// MAX_REQUESTS_PER_MINUTE: hands out slots, one after the other. There is one for a run, since all of its workers send
// through the main thread.

export class Throttle {
  readonly #spacingMs: number | undefined;
  readonly #waiting: PromiseWithResolvers<void>[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(perMinute?: number) {
    this.#spacingMs = perMinute && 60_000 / perMinute;
  }

  /**
   * Resolves when the next request may be sent, first come, first served: at once without a limit.
   * @throws when it is closed before that
   */
  async ready(): Promise<void> {
    if (this.#spacingMs === undefined) return;
    const slot = Promise.withResolvers<void>();
    this.#waiting.push(slot);
    if (this.#closed) this.close();
    else this.#next(this.#spacingMs);
    await slot.promise;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new Error('The throttle was closed while a request waited for its slot'));
    }
  }

  /** One timer at a time, counted from when the last slot really went out: a late slot does not crowd the next. */
  #next(spacingMs: number): void {
    if (this.#timer || this.#waiting.length === 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#lastAt = performance.now();
        this.#waiting.shift()?.resolve();
        this.#next(spacingMs);
      },
      Math.max(0, Math.ceil(this.#lastAt + spacingMs - performance.now())),
    );
  }
}
