// The verdict on a run in one line, with which every report begins.
import { counted } from '../text/count.ts';
import type { ConformanceReport, RequirementVerdict } from '../verdict/report-types.ts';

const parts: [RequirementVerdict, one: string, several: string][] = [
  ['fail', 'fails', 'fail'],
  ['unexpected-pass', 'no longer needs its known deviation', 'no longer need their known deviation'],
  ['inconclusive', 'is inconclusive', 'are inconclusive'],
  ['warning', 'has a warning', 'have a warning'],
  ['known-deviation', 'is a known deviation', 'are known deviations'],
];

/** "non-conformant: 2 requirements fail, 1 is inconclusive" */
export function verdictInWords({ verdict, requirements, scenarios, coverage }: ConformanceReport): string {
  const counts = parts.flatMap(([name, one, several]) => {
    const count = requirements.filter((entry) => entry.verdict === name).length;
    return count === 0 ? [] : [{ count, text: count === 1 ? one : several }];
  });
  const words = counts.map(({ count, text }, index) =>
    index > 0 ? `${count} ${text}` : `${counted(count, 'requirement')} ${text}`,
  );
  if (scenarios.harnessErrors > 0) {
    words.unshift(`the harness failed in ${counted(scenarios.harnessErrors, 'scenario')}`);
  }
  if (scenarios.notRun > 0) words.push(`${counted(scenarios.notRun, 'scenario')} did not run to the end`);
  if (verdict === 'inconclusive' && words.length === 0) {
    words.push(coverage.tested === 0 ? 'nothing was judged' : 'not everything could be judged');
  }
  return words.length > 0 ? `${verdict}: ${words.join(', ')}` : verdict;
}
