// How much of its scenarios a verdict on a requirement comes from.
import type { RequirementReport } from '../verdict/report-types.ts';

/** "1 of 4 scenarios", of a part of the suite; empty when it were all of them. */
export function shareInWords({ part }: Pick<RequirementReport, 'part'>): string {
  return part ? `${part.scenarios} of ${part.of} scenarios` : '';
}
