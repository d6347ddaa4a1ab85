// What a scenario has sent and what was found in the answers, as it is handed to the reports.
import type { LabelledExchange } from '../evidence/timeline.ts';
import type { AmbiguityId, RequirementId } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import type { Exchange } from '../tenant/exchange.ts';
import type { KnownDeviation } from './deviations.ts';
import type { ObservedAnswer } from './observed.ts';
import type { Outcome, Verdict } from './policy.ts';

/** What is known of a request besides its bytes. */
export interface Purpose {
  /** The answer that it asks for; left out where the documents leave it open. */
  due?: 'acceptance' | 'refusal';
  /** What its authentication header holds, unless it is a valid token. */
  token?: string;
  /** What is wrong with it on purpose. */
  wrong?: string;
  /** It shows what another refusal is about; that it gets no answer does not end the scenario. */
  isControl?: boolean;
  /** It was sent by the tenant, to a callbackUrl, and answered by the harness. */
  isCallback?: boolean;
  /** The same body with plain values, as the sentences of the scenario have them. */
  plain?: object;
}

/** An exchange, in the form for the checks and in the form for the reports. */
export interface Sent extends Purpose {
  /** Names the exchange in a finding. */
  label: string;
  /** In full, for the checks only. Has no secrets, because findings quote parts of it. */
  raw: Exchange;
  /** As reports and evidence may show it. */
  shown: Exchange;
  judged: boolean;
  /** It was refused, and taken when it was sent once more. */
  isTaken?: boolean;
  /** The step of the scenario that sent it, from 1. */
  step?: number;
}

export interface FindingRecord extends Finding {
  /** Index of the exchange in the scenario's record. */
  exchange?: number;
  /** What was sent, for people. */
  event?: string;
  /** A line for a shell that sends it again. */
  repeat?: string;
}

export interface Check {
  requirement: RequirementId;
  outcome: Outcome;
  verdict: Verdict;
  finding?: FindingRecord;
  /** The known deviation that covers the finding. */
  deviation?: KnownDeviation;
}

export interface Observation {
  ambiguity: AmbiguityId;
  question: string;
  answer: string;
  /** The answer observed before, if it was different. */
  was?: string;
  verdict: Verdict;
}

/** What a scenario is judged by, in addition to the catalogue. */
export interface JudgingContext {
  /** The lowest level whose breach fails. */
  failOn: 'must' | 'should';
  /** The version of the suite whose requirements are judged; left out for those of now. */
  requirements?: string;
  deviations: readonly KnownDeviation[];
  observed: readonly ObservedAnswer[];
  /** Removes secrets from what a finding quotes. */
  redact: (text: string) => string;
}

/** What a scenario leaves behind, for the reports. */
export interface ScenarioRecord {
  /** Why the scenario did not reach its end, or is not applicable. */
  reason?: string;
  checks: Check[];
  observations: Observation[];
  exchanges: SentExchange[];
  /** What was sent after the scenario to leave the tenant clean; shows nothing. */
  tidying?: LabelledExchange[];
  /** The ids of the conversations that are open at the tenant all the same. */
  leftOpen?: string[];
}

/** @property step of the scenario that sent it, from 1 */
export type SentExchange = Exchange & Purpose & { label: string; step?: number };
