// MAX_RETRY_WAIT_SECONDS: how long a whole run waits for a tenant that asks for pauses. Without it, a tenant that answers
// 503 with "Retry-After: 29" to everything would decide how long a run takes.
import { BroadcastChannel } from 'node:worker_threads';

const channelName = 'conformance-waiting';

/** Each worker thread has one; they tell each other how long they wait. */
export class WaitingBudget {
  readonly limitMs: number;
  #spentMs = 0;
  readonly #channel = new BroadcastChannel(channelName);

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.#channel.onmessage = ({ data }: { data: number }) => this.#spend(data);
    this.#channel.unref();
  }

  /** Whether there is still time for a pause, which is then counted as spent. @param pauseMs negative: gives time back */
  take(pauseMs: number): boolean {
    if (this.#spentMs + pauseMs > this.limitMs) return false;
    this.#spend(pauseMs);
    this.#channel.postMessage(pauseMs);
    return true;
  }

  #spend(pauseMs: number): void {
    this.#spentMs = Math.max(0, this.#spentMs + pauseMs);
  }

  close(): void {
    this.#channel.close();
  }
}
