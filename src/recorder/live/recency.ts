// Conversations by their latest request: the newest are found without a look at the others.

interface Entry {
  id: string;
  /** Rises with each request. */
  turn: number;
  older?: Entry | undefined;
  newer?: Entry | undefined;
}

export class Recency {
  readonly #entries = new Map<string, Entry>();
  #newest: Entry | undefined;
  #turn = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** A conversation has had a request. */
  touch(id: string): void {
    const known = this.#entries.get(id);
    this.#turn += 1;
    if (known && known === this.#newest) {
      known.turn = this.#turn;
      return;
    }
    if (known) this.#unlink(known);
    const entry: Entry = { id, turn: this.#turn, older: this.#newest };
    if (this.#newest) this.#newest.newer = entry;
    this.#newest = entry;
    this.#entries.set(id, entry);
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#unlink(entry);
    this.#entries.delete(id);
  }

  /** Rises with each request of any conversation. */
  get turn(): number {
    return this.#turn;
  }

  /** The turn of the latest request of a conversation. */
  turnOf(id: string): number | undefined {
    return this.#entries.get(id)?.turn;
  }

  /** The newest come first; any may be deleted meanwhile. @param before only those whose latest request came before this turn */
  *ids(before = Number.POSITIVE_INFINITY): Generator<string> {
    for (let entry = this.#newest; entry; entry = entry.older) if (entry.turn < before) yield entry.id;
  }

  #unlink({ older, newer }: Entry & { older?: Entry | undefined }): void {
    if (older) older.newer = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
  }
}
