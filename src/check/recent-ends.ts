// Which conversations were over not long ago: bounded, so that a log of any length can be read.
import type { ConversationVerdict } from './result.ts';

/** How a conversation was taken for over. */
export type Over = 'ended' | 'idle';

export interface Past {
  over: Over;
  verdict: ConversationVerdict;
  /** Epoch milliseconds of its latest request; undefined when none told its time. */
  until: number | undefined;
}

/** Half of what is remembered, in conversations. */
const generation = 50_000;

export class RecentEnds {
  #younger = new Map<string, Past>();
  #older = new Map<string, Past>();

  add(id: string, past: Past): void {
    if (this.#younger.size >= generation) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(id, past);
  }

  get(id: string): Past | undefined {
    return this.#younger.get(id) ?? this.#older.get(id);
  }
}
