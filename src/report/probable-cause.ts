// What is probably behind the findings of a run: reports for people show it right after the verdict, the terminal just before
// what to do next.
import { counted } from '../text/count.ts';
import { explaining, leftOver } from '../verdict/causes.ts';
import type { ConformanceReport, ProbableCause } from '../verdict/report-types.ts';

const maxIds = 8;

/** Rows of a name and a text; none when nothing explains several findings. */
export function probableCauseRows(report: ConformanceReport): [name: string, text: string][] {
  const [first, ...others] = explaining(report);
  if (!first) return [];
  const left = leftOver(report);
  return [
    ['probably', sentenceOf(first)],
    ['first', first.first.event],
    ['repeat', first.first.repeat],
    ['scenario', first.first.scenario],
    ...others.map((cause): [string, string] => ['and', sentenceOf(cause)]),
    [
      'left',
      left.length === 0
        ? 'nothing: no other requirement is broken or undecided'
        : `${counted(left.length, 'requirement')} that this does not explain: ${listed(left.map(({ id }) => id))}`,
    ],
  ];
}

/** "all 37 requests … were refused …. That explains 18 requirements: HOOKS-XFER-01, …" */
export function sentenceOf({ message, requirements }: ProbableCause): string {
  if (requirements.length === 0) return `${message}.`;
  return `${message}. That explains ${counted(requirements.length, 'requirement')}: ${listed(requirements)}`;
}

function listed(ids: readonly string[]): string {
  const more = ids.length > maxIds ? ` and ${ids.length - maxIds} more` : '';
  return ids.slice(0, maxIds).join(', ') + more;
}
