// Conversations by their latest request: the newest are found without a look at the others.

interface Entry {
  id: string;
  older?: Entry | undefined;
  newer?: Entry | undefined;
}

export class Recency {
  readonly #entries = new Map<string, Entry>();
  #newest: Entry | undefined;

  get size(): number {
    return this.#entries.size;
  }

  /** A conversation has had a request. */
  touch(id: string): void {
    const known = this.#entries.get(id);
    if (known && known === this.#newest) return;
    if (known) this.#unlink(known);
    const entry: Entry = { id, older: this.#newest };
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

  /** The newest come first; any may be deleted meanwhile. */
  *ids(): Generator<string> {
    for (let entry = this.#newest; entry; entry = entry.older) yield entry.id;
  }

  #unlink({ older, newer }: Entry & { older?: Entry | undefined }): void {
    if (older) older.newer = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
  }
}
