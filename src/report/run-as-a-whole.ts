// What no scenario owns, for reports that know nothing but test cases: what was found when the scenarios were over, known
// deviations that are no longer needed, and what is wrong with the run itself.
import type { EndedRun } from '../verdict/ended-run.ts';
import type { Verdict } from '../verdict/policy.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { verdictInWords } from './verdict-in-words.ts';

/** The suite that these stand in. */
export const runAsAWhole = 'The run as a whole';

export interface RunCase {
  name: string;
  verdict: Verdict;
  reason: string;
}

export function runCases({ report, results }: EndedRun): RunCase[] {
  const late = report.requirements.flatMap(({ id, findings }) =>
    findings
      .filter(({ scenario }) => scenario === null)
      .map(({ message, expected, actual, verdict }) => ({
        name: id,
        verdict,
        reason: `${message}\nexpected  ${expected}\nanswer    ${actual}`,
      })),
  );
  const verdicts = [
    ...results.map(({ verdict }) => verdict ?? 'not-run'),
    ...late.map(({ verdict }) => verdict),
  ];
  // A reader of test cases alone must come to the verdict of the run: a case says what none of the others does.
  const { told, verdict } = asBad[report.verdict];
  if (told.length === 0 || verdicts.some((one) => told.includes(one))) return late;
  const reason = [verdictInWords(report), ...report.reasons].join('\n');
  return [...late, { name: 'The run', verdict, reason }];
}

/** Verdicts of a case by which the verdict of the run is told, and what is told otherwise. */
const asBad: Record<ConformanceReport['verdict'], { told: (Verdict | 'not-run')[]; verdict: Verdict }> = {
  conformant: { told: [], verdict: 'pass' },
  'non-conformant': { told: ['fail', 'unexpected-pass'], verdict: 'fail' },
  inconclusive: { told: ['inconclusive', 'not-run'], verdict: 'inconclusive' },
  error: { told: ['harness-error', 'not-run'], verdict: 'harness-error' },
};
