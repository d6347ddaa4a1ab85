// Scenarios that were run again after the run, in words.
import { counted } from '../text/count.ts';
import { formatInstant } from '../text/time.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';

type Again = NonNullable<ConformanceReport['again']>;

/** "3 scenarios, last at 2026-11-28 09:12 UTC: 2 pass, before fail; 1 fail, before inconclusive" */
export function againInWords(again: Again): string {
  const kinds = Map.groupBy(again, ({ was, is }) => `${verdictLabel(is)}, before ${verdictLabel(was)}`);
  const last = again
    .map(({ at }) => at)
    .sort()
    .at(-1)!;
  const each = [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join('; ');
  return `${counted(again.length, 'scenario')}, last at ${formatInstant(last)}: ${each}`;
}

/** By uri:line, what each had come to before. */
export function beforeByPlace({ again = [] }: Pick<ConformanceReport, 'again'>): ReadonlyMap<string, string> {
  return new Map(again.map(({ uri, line, was }) => [`${uri}:${line}`, verdictLabel(was)]));
}
