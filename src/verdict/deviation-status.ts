// The status of each known deviation after a run: still met, not met this time, no longer needed, or not decided.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import { type RequirementCheck, verdictOfChecks } from './checks-by-requirement.ts';
import { isExpired, type KnownDeviation, matches } from './deviations.ts';
import { isDecided } from './policy.ts';

export interface DeviationStatus {
  known: KnownDeviation;
  /** An expired deviation no longer counts, whether the tenant still breaks the requirement or the run did not decide. */
  status:
    | 'met'
    | 'not met this time'
    | 'no longer needed'
    | 'not decided'
    | 'expired, still broken'
    | 'expired, not decided';
}

/** What a run has found. */
interface Seen {
  checks: ReadonlyMap<RequirementId, RequirementCheck[]>;
  /** Findings made after the last scenario. */
  late: readonly Finding[];
  /** Requirements whose scenarios all ran. Only for these does the absence of a finding mean that the tenant conforms. */
  whole: ReadonlySet<RequirementId>;
  now: Date;
}

export function deviationStatuses(deviations: readonly KnownDeviation[], seen: Seen): DeviationStatus[] {
  return deviations.map((known) => {
    const about = seen.checks.get(known.requirement) ?? [];
    const expired = isExpired(known, seen.now);
    const found = [...about.flatMap(({ check }) => check.finding ?? []), ...seen.late];
    if (found.some((one) => matches(known, one))) {
      return { known, status: expired ? 'expired, still broken' : 'met' };
    }
    const decided = isDecided(verdictOfChecks(about)) && seen.whole.has(known.requirement);
    if (decided && !known.intermittent) return { known, status: 'no longer needed' };
    if (decided && !expired) return { known, status: 'not met this time' };
    return { known, status: expired ? 'expired, not decided' : 'not decided' };
  });
}

/** What the user has to do about an entry, in a sentence; undefined when there is nothing to do. */
export function whatToDo({ known, status }: DeviationStatus): string | undefined {
  const entry = `${known.place}  the known deviation of ${known.requirement} ("${known.message}")`;
  if (status === 'no longer needed') return `${entry} matches no finding any more: remove it`;
  if (status === 'expired, still broken') {
    return `${entry} expired on ${known.expires}, and the tenant still breaks it: have it fixed, or agree on a new date`;
  }
  if (status === 'expired, not decided')
    return `${entry} expired on ${known.expires}: remove it, or agree on a new date`;
  return undefined;
}
