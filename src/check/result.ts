// What a check of a log comes to.

import type { LogPosition, Skipped } from '../logs/log-entry.ts';
import type { CheckReport } from '../protocol/generated/schema-types.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import type { Step } from '../protocol/lifecycle/step.ts';
import type { Role } from '../protocol/lifecycle/tracker.ts';

export type CheckVerdict = 'conformant' | 'non-conformant' | 'inconclusive';
export type ConversationVerdict = 'pass' | 'warning' | 'fail';

/** A finding, and the request that it is about. */
export type PlacedFinding = SenderFinding & LogPosition;

/** What is said of a request as it comes: what comes later may still change what its order means. */
export interface RequestLook {
  /** What is wrong with the request, wherever it stands. */
  ofRequest: readonly SenderFinding[];
  /** What is wrong with its place in its conversation. */
  ofOrder: readonly SenderFinding[];
  /** What it is to its conversation; left out when it belongs to none. */
  role?: Role;
}

/** A step as it was sent; what a picture of the conversation is drawn from. */
export interface SentStep extends LogPosition {
  step: Step;
  event: number | undefined;
  /** Epoch milliseconds. */
  time: number | undefined;
  /** As in SentRecord. */
  status: number | undefined;
}

/** A conversation that is over: it has ended, has gone idle, or the log has. */
export interface CheckedConversation {
  conversationId: string;
  verdict: ConversationVerdict;
  /** In the order of the log. */
  findings: readonly PlacedFinding[];
  /** Empty for one without a finding, unless the steps of all were asked for. */
  steps: readonly SentStep[];
}

/** As schemas/check-report.schema.json describes them. */
export type Totals = CheckReport['totals'];

/** An example of a broken rule; the conversation is left out when the request belongs to none. */
export interface Example {
  finding: PlacedFinding;
  conversation?: CheckedConversation;
}

/** All that broke one requirement. */
export interface BrokenRule {
  requirement: SenderFinding['requirement'];
  level: SenderFinding['level'];
  /** Findings. */
  count: number;
  /** Conversations with such a finding. */
  conversations: number;
  /** The first three, of three conversations where there are. */
  examples: readonly Example[];
}

/** What is reported of a whole check: bounded, whatever the size of the log. */
export interface CheckSummary {
  verdict: CheckVerdict;
  /** Why it is not conformant, or inconclusive; in words, a line each. */
  reasons: readonly string[];
  totals: Totals;
  /** Worst first: must before should, then by count. */
  rules: readonly BrokenRule[];
  /** The first of what could not be judged; totals.skipped counts all. */
  skipped: readonly Skipped[];
}
