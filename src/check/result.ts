// The results of the check of a log.

import type { LogPosition, Skipped } from '../logs/log-entry.ts';
import type { CheckReport } from '../protocol/generated/schema-types.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import type { Step } from '../protocol/lifecycle/step.ts';
import type { Role } from '../protocol/lifecycle/tracker.ts';
import type { JudgedRules } from './coverage.ts';
import type { Refusal } from './refusals.ts';

export type CheckVerdict = 'conformant' | 'non-conformant' | 'inconclusive';
export type ConversationVerdict = 'pass' | 'warning' | 'fail';

/** A finding, and the request that it is about. */
export type PlacedFinding = SenderFinding & LogPosition;

/** The judgement of a request when it comes. Later requests may still change the judgement of its order. */
export interface RequestRuling {
  /** What is wrong with the request on its own. */
  requestFindings: readonly SenderFinding[];
  /** What is wrong with its place in its conversation. */
  orderFindings: readonly SenderFinding[];
  /** What it is in its conversation; omitted when it belongs to none. */
  role?: Role;
  /** It was refused, and was sent before a request that had already been taken. */
  isEarly?: boolean;
}

/** A step and its request; a picture of the conversation is drawn from them. */
export interface SentStep extends LogPosition {
  step: Step;
  event: number | undefined;
  /** Epoch milliseconds. */
  time: number | undefined;
  /** As in SentRecord. */
  status: number | undefined;
  /** As in SentRecord. */
  failuresBefore?: number;
}

/** Findings of one requirement and level beyond those kept; only counted. */
export interface FurtherFindings {
  requirement: SenderFinding['requirement'];
  level: SenderFinding['level'];
  count: number;
}

/** What is wrong with a conversation, without its steps. */
export type JudgedConversation = Omit<CheckedConversation, 'steps'>;

/** A conversation that is over: it has ended or gone idle, or the log has ended. */
export interface CheckedConversation {
  conversationId: string;
  verdict: ConversationVerdict;
  /** In the order of the log; of each rule the first 20. */
  findings: readonly PlacedFinding[];
  /** How many more there are. */
  further: readonly FurtherFindings[];
  /** The first 25,000. Empty when there is no finding, unless `stepsOf` is all. */
  steps: readonly SentStep[];
}

/** Described in schemas/check-report.schema.json. */
export type Totals = CheckReport['totals'];

/** An example of a broken rule; the conversation is omitted when the request belongs to none. */
export interface Example {
  finding: PlacedFinding;
  conversation?: CheckedConversation;
}

/** A broken requirement, with all its findings of one level. */
export interface BrokenRequirement {
  requirement: SenderFinding['requirement'];
  level: SenderFinding['level'];
  /** How many findings. */
  count: number;
  /** How many conversations with such a finding. */
  conversations: number;
  /** At most three; of a conversation that was closed, one. */
  examples: readonly Example[];
}

/** The summary of a check: bounded, whatever the size of the log. */
export interface CheckSummary {
  verdict: CheckVerdict;
  /** Why it is non-conformant or inconclusive: for people, one line each. */
  reasons: readonly string[];
  totals: Totals;
  /** Worst first: must before should, then by count. */
  rules: readonly BrokenRequirement[];
  /** The first lines that could not be judged; totals.skipped counts all. */
  skipped: readonly Skipped[];
  /** The requests that were refused, by conversation and answer; the first 100. */
  refusals: readonly Refusal[];
  /** Which rules had something to judge. */
  coverage: JudgedRules;
  /** What was found in the logs, and where: one sentence each. */
  read: readonly string[];
}
