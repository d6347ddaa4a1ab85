// The verdict on a run in one line, as every report begins with it.
import type { ConformanceReport, RequirementVerdict } from '../verdict/report-types.ts';

const parts: [RequirementVerdict, one: string, several: string][] = [
  ['fail', 'fails', 'fail'],
  ['unexpected-pass', 'no longer needs its known deviation', 'no longer need their known deviation'],
  ['inconclusive', 'is inconclusive', 'are inconclusive'],
  ['warning', 'has a warning', 'have a warning'],
  ['known-deviation', 'is a known deviation', 'are known deviations'],
];

/** "non-conformant: 2 requirements fail, 1 is inconclusive" */
export function verdictInWords({ verdict, requirements, scenarios }: ConformanceReport): string {
  const counts = parts.flatMap(([name, one, several], index) => {
    const count = requirements.filter((entry) => entry.verdict === name).length;
    return count === 0 ? [] : [{ index, text: `${count === 1 ? one : several}`, count }];
  });
  const said = counts.map(({ count, text }, index) => {
    const noun = index > 0 ? '' : count === 1 ? ' requirement' : ' requirements';
    return `${count}${noun} ${text}`;
  });
  if (scenarios.harnessErrors > 0) said.unshift(`the harness failed in ${scenarios.harnessErrors} scenarios`);
  if (scenarios.notRun > 0) said.push(`${scenarios.notRun} scenarios did not run to their end`);
  if (verdict === 'inconclusive' && said.length === 0) said.push('nothing was judged');
  return said.length > 0 ? `${verdict}: ${said.join(', ')}` : verdict;
}
