// What is remembered of the conversations that were closed most recently.
import { Recent } from './recent.ts';
import type { ConversationVerdict } from './result.ts';

/** Why a conversation was closed. */
export type CloseReason = 'ended' | 'idle';

export interface Past {
  reason: CloseReason;
  verdict: ConversationVerdict;
  /** Epoch milliseconds of its latest request; undefined when no request has a time. */
  latestTime: number | undefined;
}

/** By conversationId. */
export class RecentlyClosed extends Recent<Past> {
  constructor() {
    super(50_000);
  }
}
