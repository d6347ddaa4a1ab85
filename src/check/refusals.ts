// The requests that the receiver refused: whose they were, and what it said. Bounded, whatever the size of the log.
import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import { conversationIdOf } from '../protocol/requests.ts';

/** Requests of one conversation that were refused in the same way. */
export interface Refusal extends LogPosition {
  conversationId?: string;
  status: number;
  /** What the receiver said, as far as it was recorded. */
  answer?: string;
  /** How many; the position is that of the first. */
  count: number;
}

const maxRefusals = 100;

export class Refusals {
  readonly #byKind = new Map<string, Refusal>();

  add({ file, line, body, status, refusal: answer }: SentRecord): void {
    const conversationId = conversationIdOf(body);
    const key = JSON.stringify([conversationId, status, answer]);
    const known = this.#byKind.get(key);
    if (known) known.count += 1;
    else if (this.#byKind.size < maxRefusals) {
      this.#byKind.set(key, {
        file,
        line,
        ...(conversationId === undefined ? {} : { conversationId }),
        status: status!,
        ...(answer === undefined ? {} : { answer }),
        count: 1,
      });
    }
  }

  /** The first 100. */
  get list(): Refusal[] {
    return [...this.#byKind.values()];
  }
}
