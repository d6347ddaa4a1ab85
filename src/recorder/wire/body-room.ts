// How many bytes of requests the recorder holds at a time, over all connections: senders that never finish would otherwise
// fill the memory.
export class BodyRoom {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns whether there was room for so many bytes */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
