// Which conversations were over not long ago: bounded, so that a log of any length can be read.
import type { Over } from './open-conversation.ts';

/** Half of what is remembered, in conversations. */
const generation = 50_000;

export class RecentEnds {
  #younger = new Map<string, Over>();
  #older = new Map<string, Over>();

  add(id: string, over: Over): void {
    if (this.#younger.size >= generation) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(id, over);
  }

  get(id: string): Over | undefined {
    return this.#younger.get(id) ?? this.#older.get(id);
  }
}
