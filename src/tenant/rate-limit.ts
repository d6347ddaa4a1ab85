// A tenant that limits the rate (429): nobody sends anything until the pause that it asks for is over.
// A limit only slows a run down: its pauses count towards the waiting budget only where hardly anything gets through.
import { setTimeout as sleep } from 'node:timers/promises';
import type { WaitingBudget } from './waiting-budget.ts';

/** A tenant that asks for a longer pause is not waited for. */
const maxPauseMs = 120_000;
/** Without Retry-After: the first pause, which doubles until something is answered. */
const firstPauseMs = 1000;
const maxGuessedPauseMs = 60_000;
/** So many pauses one after the other, with nothing answered in between, are no rate limit. */
const maxPausesInARow = 6;
/** What an answer earns towards the pauses: a tenant that lets 15 requests a minute through is waited for without end. */
const earnedMs = 4000;

interface Pause {
  /** Epoch milliseconds. */
  until: number;
  inARow: number;
}

export class RateLimit {
  readonly #budget: WaitingBudget | undefined;
  #pause: Pause = { until: 0, inARow: 0 };
  /** Requests that were answered since the last pause. */
  #answered = 0;

  constructor(budget?: WaitingBudget) {
    this.#budget = budget;
  }

  /** Resolves when no pause is on. */
  async ready(): Promise<void> {
    for (;;) {
      const left = this.#pause.until - Date.now();
      if (left <= 0) return;
      await sleep(left);
    }
  }

  answered(): void {
    this.#answered += 1;
  }

  /**
   * The tenant answered 429: begins a pause, unless one is on.
   * @param askedMs what it asks for
   * @returns whether to send again once it is over; the reason when not
   */
  limited(askedMs: number | undefined): true | string {
    if (this.#pause.until > Date.now()) return true;
    const inARow = this.#answered > 0 ? 1 : this.#pause.inARow + 1;
    if (inARow > maxPausesInARow) return `nothing was answered after ${maxPausesInARow} pauses`;
    const pauseMs = askedMs ?? Math.min(firstPauseMs * 2 ** (inARow - 1), maxGuessedPauseMs);
    if (pauseMs > maxPauseMs) return `a pause of ${Math.ceil(pauseMs / 1000)} s is not waited for`;
    const isAffordable = this.#budget?.take(pauseMs - earnedMs * this.#answered) ?? true;
    if (!isAffordable) return 'hardly anything gets through, and MAX_RETRY_WAIT_SECONDS is used up';
    this.#answered = 0;
    this.#pause = { until: Date.now() + pauseMs, inARow };
    return true;
  }
}
