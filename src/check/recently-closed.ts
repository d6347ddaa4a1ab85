// Remembers the conversations that were closed most recently: bounded, so that a log of any length can be read.
import type { ConversationVerdict } from './result.ts';

/** Why a conversation was closed. */
export type CloseReason = 'ended' | 'idle';

export interface Past {
  reason: CloseReason;
  verdict: ConversationVerdict;
  /** Epoch milliseconds of its latest request; undefined when no request has a time. */
  latestTime: number | undefined;
}

/** Conversations in one generation; two generations are remembered. */
const generationSize = 50_000;

export class RecentlyClosed {
  #younger = new Map<string, Past>();
  #older = new Map<string, Past>();

  add(id: string, past: Past): void {
    if (this.#younger.size >= generationSize) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(id, past);
  }

  get(id: string): Past | undefined {
    return this.#younger.get(id) ?? this.#older.get(id);
  }
}
