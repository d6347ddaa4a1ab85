// Results that do not belong to a scenario, for reports that consist of test cases: findings made after the last scenario,
// known deviations that are no longer needed, and problems of the run itself.
import type { EndedRun } from '../verdict/ended-run.ts';
import type { Verdict } from '../verdict/policy.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { findingBlock } from '../verdict/scenario.ts';
import { probableCauseRows } from './probable-cause.ts';
import { verdictInWords } from './verdict-in-words.ts';

/** The name of the suite that holds these cases. */
export const runAsAWhole = 'The run as a whole';

export interface RunCase {
  name: string;
  verdict: Verdict;
  reason: string;
}

/** Of findings that were made when their scenario had been written already, for reports that are written as the run goes on. */
export function lateCases({ results }: EndedRun): RunCase[] {
  return results.flatMap(({ late = [], name, uri, line }) =>
    late.flatMap(({ requirement, verdict, finding }) =>
      finding
        ? [
            {
              name: requirement,
              verdict,
              reason: `${findingBlock(finding)}\n  scenario  ${name}  ${uri}:${line}`,
            },
          ]
        : [],
    ),
  );
}

export function runCases({ report, results }: EndedRun): RunCase[] {
  const late = report.requirements.flatMap(({ id, findings }) =>
    findings
      .filter(({ scenario }) => scenario === null)
      .map(({ message, expected, actual, verdict }) => ({
        name: verdict === 'unexpected-pass' ? `Known deviation of ${id}` : id,
        verdict,
        reason: `${message}\nexpected  ${expected}\nanswer    ${actual}`,
      })),
  );
  const cause = probableCause(report);
  const verdicts = [
    ...results.map(({ verdict }) => verdict ?? 'not-run'),
    ...late.map(({ verdict }) => verdict),
  ];
  // The test cases alone must show the verdict of the run: if none of them does, one more is added.
  const { shownBy, verdict } = caseOfTheRun[report.verdict];
  if (shownBy === 'every case' || verdicts.some((one) => shownBy.includes(one))) return [...cause, ...late];
  const reason = [verdictInWords(report), ...report.reasons].join('\n');
  return [...cause, ...late, { name: 'The run', verdict, reason }];
}

/** A case of its own, so that lists of failed cases begin with it. Its verdict is no worse than the run's. */
function probableCause(report: ConformanceReport): RunCase[] {
  const rows = probableCauseRows(report);
  if (rows.length === 0) return [];
  const reason = rows.map(([name, text]) => `${name.padEnd(9)} ${text}`).join('\n');
  return [{ name: 'Probable cause', verdict: caseVerdicts[report.verdict], reason }];
}

const caseVerdicts: Record<ConformanceReport['verdict'], Verdict> = {
  conformant: 'warning',
  partial: 'warning',
  'non-conformant': 'fail',
  'list-needs-tidying': 'unexpected-pass',
  inconclusive: 'inconclusive',
  error: 'inconclusive',
};

/** The case verdicts that show the verdict of the run, and the verdict of the case that is added if there are none. */
const caseOfTheRun: Record<
  ConformanceReport['verdict'],
  { shownBy: (Verdict | 'not-run')[] | 'every case'; verdict: Verdict }
> = {
  conformant: { shownBy: 'every case', verdict: 'pass' },
  partial: { shownBy: [], verdict: 'recorded' },
  'non-conformant': { shownBy: ['fail'], verdict: 'fail' },
  'list-needs-tidying': { shownBy: ['unexpected-pass'], verdict: 'unexpected-pass' },
  inconclusive: { shownBy: ['inconclusive', 'not-run'], verdict: 'inconclusive' },
  error: { shownBy: ['harness-error', 'not-run'], verdict: 'harness-error' },
};
