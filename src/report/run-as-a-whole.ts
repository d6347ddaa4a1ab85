// What no scenario owns, for reports that know nothing but test cases: what was found when the scenarios were over, known
// deviations that are no longer needed, and what is wrong with the run itself.
import type { EndedRun } from '../verdict/ended-run.ts';
import type { Verdict } from '../verdict/policy.ts';

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
        verdict: verdict.replaceAll('-', ' ') as Verdict,
        reason: `${message}\nexpected  ${expected}\nanswer    ${actual}`,
      })),
  );
  const told = results.some(({ verdict }) => verdict === 'harness error') || report.verdict !== 'error';
  // A run without a test case would be taken for a good one.
  if (told && results.length > 0) return late;
  const verdict = report.verdict === 'error' ? 'harness error' : 'inconclusive';
  return [...late, { name: 'The run', verdict, reason: report.reasons.join('\n') }];
}
