// Which conversations are kept, and for how long: one that has ended until nothing more is to be expected of it, one that
// is idle until there are too many. Unaware of what is wrong with them.
import { EndedQueue } from './ended-queue.ts';
import type { OpenConversation } from './open-conversation.ts';

/** Conversations that are idle and may still go on; beyond that the oldest are taken for over. */
const maxIdle = 100_000;

export interface OpenConversationsOptions {
  /** How long one may be without a request, in milliseconds of the log's own time. */
  idleMs: number;
  /** Nothing more is to be expected of it; it is not kept any more. */
  onOver: (conversation: OpenConversation) => void;
  /** It has gone idle, and may still go on. */
  onIdle: (conversation: OpenConversation) => void;
}

export class OpenConversations {
  readonly byId = new Map<string, OpenConversation>();
  readonly #options: OpenConversationsOptions;
  readonly #ended: EndedQueue;
  #idle = 0;
  /** The latest time that any record has. */
  #clock = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(options: OpenConversationsOptions) {
    this.#options = options;
    this.#ended = new EndedQueue(options.idleMs);
  }

  /** Epoch milliseconds; undefined as long as no record has a time. */
  get latestTime(): number | undefined {
    return this.#clock > Number.NEGATIVE_INFINITY ? this.#clock : undefined;
  }

  advanceClock(time: number): void {
    if (time > this.#clock) this.#clock = time;
  }

  /** A request of a conversation has come. */
  wake(conversation: OpenConversation): void {
    if (!conversation.idle) return;
    conversation.idle = false;
    this.#idle -= 1;
  }

  /**
   * Keeps a conversation that has ended, or is out of order, for what is written late.
   * @param isTimed whether its latest request has a time
   * @param requests how many the log had so far
   */
  awaitLate(conversation: OpenConversation, isTimed: boolean, requests: number): void {
    this.#ended.add(conversation, isTimed ? this.#clock : undefined, requests);
  }

  /** Whether a conversation has had no request for long, by the log's own time. */
  isQuiet({ latestTime }: OpenConversation): boolean {
    return latestTime !== undefined && latestTime + this.#options.idleMs <= this.#clock;
  }

  /** Ends what has ended long enough ago; looks for what has gone idle, from time to time. */
  settle(requests: number): void {
    for (;;) {
      const next = this.#ended.next(this.#clock, requests);
      if (!next) break;
      const { conversation, forced } = next;
      // One that was taken up again by a redial is queued anew when it ends; one without an answer may come again.
      if (this.byId.get(conversation.id) !== conversation || !conversation.state.ended) continue;
      const { latestTime, isUnanswered } = conversation;
      if (!forced && latestTime !== undefined && !this.isQuiet(conversation)) {
        this.#ended.add(conversation, latestTime, requests);
      } else if (!isUnanswered) this.#end(conversation);
    }
    if (this.#clock - this.#sweptAt >= this.#options.idleMs / 4) this.sweep();
  }

  /** Looks for what has gone idle. */
  sweep(): void {
    this.#sweptAt = this.#clock;
    for (const conversation of this.byId.values()) {
      if (conversation.idle || !this.isQuiet(conversation)) continue;
      if (conversation.state.ended) this.#end(conversation);
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

  /** The log has ended: all are over. */
  endAll(): void {
    for (const conversation of [...this.byId.values()]) this.#end(conversation);
  }

  #end(conversation: OpenConversation): void {
    this.wake(conversation);
    this.byId.delete(conversation.id);
    this.#options.onOver(conversation);
  }
}
