// What became of each known deviation in a run: still met, no longer needed, or not to be told.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import { type RequirementCheck, verdictOfChecks } from './checks-by-requirement.ts';
import { isExpired, type KnownDeviation, matches } from './deviations.ts';
import { isDecided } from './policy.ts';

export interface DeviationStatus {
  known: KnownDeviation;
  /** expired: it is still met, or nobody can tell, but it counts no more. */
  status: 'met' | 'no longer needed' | 'not told' | 'expired, still broken' | 'expired, not told';
}

/** What a run has seen. */
interface Seen {
  said: ReadonlyMap<RequirementId, RequirementCheck[]>;
  /** What was found when the scenarios were over. */
  late: readonly Finding[];
  /** Requirements of which every scenario ran that could show a breach: only then does it say something to find none. */
  whole: ReadonlySet<RequirementId>;
  now: Date;
}

export function deviationStatuses(deviations: readonly KnownDeviation[], seen: Seen): DeviationStatus[] {
  return deviations.map((known) => {
    const about = seen.said.get(known.requirement) ?? [];
    const expired = isExpired(known, seen.now);
    const found = [...about.flatMap(({ check }) => check.finding ?? []), ...seen.late];
    if (found.some((one) => matches(known, one))) {
      return { known, status: expired ? 'expired, still broken' : 'met' };
    }
    const told = isDecided(verdictOfChecks(about)) && seen.whole.has(known.requirement);
    if (told) return { known, status: 'no longer needed' };
    return { known, status: expired ? 'expired, not told' : 'not told' };
  });
}

/** What a person has to do about an entry, in a sentence; undefined when there is nothing to do. */
export function whatToDo({ known, status }: DeviationStatus): string | undefined {
  const entry = `${known.place}  the known deviation of ${known.requirement} ("${known.message}")`;
  if (status === 'no longer needed') return `${entry} matches no finding any more: remove it`;
  if (status === 'expired, still broken') {
    return `${entry} expired on ${known.expires}, and the tenant still breaks it: have it mended, or agree on a new date`;
  }
  if (status === 'expired, not told')
    return `${entry} expired on ${known.expires}: remove it, or agree on a new date`;
  return undefined;
}
