// MAX_RETRY_WAIT_SECONDS: how long a whole run waits for a tenant that asks for pauses. Without it, a tenant that answers
// 503 with "Retry-After: 29" to everything would decide how long a run takes.

export class WaitingBudget {
  readonly limitMs: number;
  #spentMs = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** Whether there is still time for a pause, which is then counted as spent. @param pauseMs negative: gives time back */
  take(pauseMs: number): boolean {
    if (this.#spentMs + pauseMs > this.limitMs) return false;
    this.#spentMs = Math.max(0, this.#spentMs + pauseMs);
    return true;
  }
}
