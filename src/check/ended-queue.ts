// Keeps ended conversations for a while, since a log may have late requests of them.
import type { OpenConversation } from './open-conversation.ts';

/** How long a conversation is kept when the log has no times: for so many requests. */
const settleRequests = 1_000;
/** How many are kept at most when it has. */
const maxKept = 50_000;

interface Ended {
  conversation: OpenConversation;
  /** When it ended: the log's time in milliseconds, or how many requests had been read. */
  endedAt: number;
  isTimed: boolean;
}

export class EndedQueue {
  #queue: Ended[] = [];
  #first = 0;
  readonly #settleMs: number;

  /** @param settleMs how long a conversation is kept for late requests, in the log's own time */
  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  /**
   * @param time the latest time in the log; undefined when this conversation has no time
   * @param requests how many were read so far
   */
  add(conversation: OpenConversation, time: number | undefined, requests: number): void {
    this.#queue.push({ conversation, endedAt: time ?? requests, isTimed: time !== undefined });
  }

  /** The next conversation that has waited long enough, or must be closed because there are too many. */
  next(clock: number, requests: number): { conversation: OpenConversation; forced: boolean } | undefined {
    const ended = this.#queue[this.#first];
    const forced = this.#queue.length - this.#first > maxKept;
    if (!ended || !(forced || this.#isDue(ended, clock, requests))) return undefined;
    this.#first += 1;
    if (this.#first > 1000 && this.#first * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
    return { conversation: ended.conversation, forced: forced || !ended.isTimed };
  }

  #isDue({ endedAt, isTimed }: Ended, clock: number, requests: number): boolean {
    return isTimed ? endedAt + this.#settleMs <= clock : endedAt + settleRequests <= requests;
  }
}
