// Keeps the conversations: an ended one for a while, in case late requests come; an idle one until there are too many.
// Unaware of what is wrong with them.
import { EndedQueue } from './ended-queue.ts';
import type { OpenConversation } from './open-conversation.ts';

/** How many idle conversations are kept; beyond that the oldest are closed. */
const maxIdle = 100_000;
/** How many conversations, and steps of them, are kept at most: about a gigabyte. Beyond that the oldest are closed. */
const defaultMaxOpen = 150_000;
const maxSteps = 4_000_000;

export interface OpenConversationsOptions {
  /** After so many milliseconds without a request, in the log's own time, a conversation is idle. */
  idleMs: number;
  /** Left out: 150,000. */
  maxOpen?: number;
  /** Called when a conversation is over, and no longer kept. */
  onOver: (conversation: OpenConversation) => void;
  /** Called instead when it is closed because too many are open, or have too many steps. */
  onCrowd: (conversation: OpenConversation) => void;
  /** How many steps of all conversations are kept. */
  stepsKept: () => number;
  /** Called when a conversation has gone idle; it may still go on. */
  onIdle: (conversation: OpenConversation) => void;
}

export class OpenConversations {
  readonly byId = new Map<string, OpenConversation>();
  readonly #options: OpenConversationsOptions;
  readonly #ended: EndedQueue;
  #idle = 0;
  /** The latest time of any record. */
  #clock = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** How many requests had been read by then. */
  #sweptRequests = 0;

  constructor(options: OpenConversationsOptions) {
    this.#options = options;
    this.#ended = new EndedQueue(options.idleMs);
  }

  /** Epoch milliseconds; undefined while no record has a time. */
  get latestTime(): number | undefined {
    return this.#clock > Number.NEGATIVE_INFINITY ? this.#clock : undefined;
  }

  advanceClock(time: number): void {
    if (time > this.#clock) this.#clock = time;
  }

  /** A conversation has had a request: it is no longer idle. */
  wake(conversation: OpenConversation): void {
    if (!conversation.idle) return;
    conversation.idle = false;
    this.#idle -= 1;
  }

  /**
   * Queues a conversation that has ended, or is out of order, to wait for late requests.
   * @param isTimed whether its latest request has a time
   * @param requests how many were read so far
   */
  awaitLate(conversation: OpenConversation, isTimed: boolean, requests: number): void {
    this.#ended.add(conversation, isTimed ? this.#clock : undefined, requests);
  }

  /** Whether a conversation has gone without a request for `idleMs` of the log's own time. */
  isQuiet({ latestTime }: OpenConversation): boolean {
    return latestTime !== undefined && latestTime + this.#options.idleMs <= this.#clock;
  }

  /** Closes the conversations that ended long enough ago; from time to time looks for idle ones. */
  settle(requests: number): void {
    for (;;) {
      const next = this.#ended.next(this.#clock, requests);
      if (!next) break;
      const { conversation, forced } = next;
      // A redial reopens a conversation: then it is queued again when it ends. A request without an answer may be retried.
      if (this.byId.get(conversation.id) !== conversation || !conversation.hasEnded) continue;
      const { latestTime, isUnanswered } = conversation;
      if (!forced && latestTime !== undefined && !this.isQuiet(conversation)) {
        this.#ended.add(conversation, latestTime, requests);
      } else if (!isUnanswered) this.#end(conversation);
    }
    // Looking at all of them has to wait until there were enough requests to share the work.
    const isDue = requests - this.#sweptRequests >= this.byId.size / 16;
    if (isDue && this.#clock - this.#sweptAt >= this.#options.idleMs / 4) {
      this.sweep();
      this.#sweptRequests = requests;
    }
    if (this.byId.size > (this.#options.maxOpen ?? defaultMaxOpen) || this.#options.stepsKept() > maxSteps)
      this.#thinOut();
  }

  /** Looks for conversations that have gone idle. */
  sweep(): void {
    this.#sweptAt = this.#clock;
    for (const conversation of this.byId.values()) {
      if (conversation.idle || !this.isQuiet(conversation)) continue;
      if (conversation.hasEnded) this.#end(conversation);
      else {
        conversation.idle = true;
        this.#idle += 1;
        this.#options.onIdle(conversation);
      }
    }
    if (this.#idle <= maxIdle) return;
    for (const conversation of this.byId.values()) {
      if (conversation.idle && this.#idle > maxIdle / 2) this.#end(conversation);
    }
  }

  /** Closes all: the log has ended. */
  endAll(): void {
    for (const conversation of [...this.byId.values()]) this.#end(conversation);
  }

  /** Closes the older half. */
  #thinOut(): void {
    let left = this.byId.size / 2;
    for (const conversation of this.byId.values()) {
      if (left <= 0) return;
      left -= 1;
      this.#end(conversation, this.#options.onCrowd);
    }
  }

  #end(conversation: OpenConversation, report = this.#options.onOver): void {
    this.wake(conversation);
    this.byId.delete(conversation.id);
    report(conversation);
  }
}
