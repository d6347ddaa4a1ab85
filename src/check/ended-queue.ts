// The conversations that have ended, until nothing more is to be expected of them.
import type { OpenConversation } from './open-conversation.ts';

/** How long one is kept where the log tells no time, in requests; and how many are kept at most, where it does. */
const settleRequests = 1_000;
const maxKept = 50_000;

interface Ended {
  conversation: OpenConversation;
  /** The log's time in milliseconds, or the number of requests, as it ended. */
  since: number;
  timed: boolean;
}

export class EndedQueue {
  #queue: Ended[] = [];
  #first = 0;
  readonly #settleMs: number;

  /** @param settleMs how long one is kept in the log's own time, for what is written late */
  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /**
   * @param time the latest that the log has told; undefined when this one has no time
   * @param requests how many there were so far
   */
  add(conversation: OpenConversation, time: number | undefined, requests: number): void {
    this.#queue.push({ conversation, since: time ?? requests, timed: time !== undefined });
  }

  /** The next one that has waited long enough, or has to go for there are too many; undefined when there is none. */
  next(clock: number, requests: number): { conversation: OpenConversation; forced: boolean } | undefined {
    const ended = this.#queue[this.#first];
    const forced = this.#queue.length - this.#first > maxKept;
    if (!ended || !(forced || this.#isDue(ended, clock, requests))) return undefined;
    this.#first += 1;
    if (this.#first > 1000 && this.#first * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
    return { conversation: ended.conversation, forced: forced || !ended.timed };
  }

  #isDue({ since, timed }: Ended, clock: number, requests: number): boolean {
    return timed ? since + this.#settleMs <= clock : since + settleRequests <= requests;
  }
}
