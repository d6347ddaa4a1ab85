// Known deviations: what a tenant is known to break, and is tolerated.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import { isMatch } from './message-expression.ts';

export interface KnownDeviation {
  requirement: RequirementId;
  /** Regular expression over the finding's message. */
  message: string;
  reason: string;
  link?: string;
  /** The last day on which the entry counts, YYYY-MM-DD. */
  expires?: string;
  /** The tenant does not break it in every run, so that a run without it says nothing about the entry. */
  intermittent?: true;
  /** file:line, for messages. */
  place: string;
}

/** Whether the last day of an entry is over, in UTC. */
export function isExpired({ expires }: KnownDeviation, now: Date): boolean {
  return expires !== undefined && now.toISOString().slice(0, 10) > expires;
}

/** Whether an entry covers a finding. */
export function matches(known: KnownDeviation, found: Pick<Finding, 'requirement' | 'message'>): boolean {
  return known.requirement === found.requirement && isMatch(known.message, found.message);
}
