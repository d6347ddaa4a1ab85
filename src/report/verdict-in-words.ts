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

/** What the run is called, where it is not the verdict's own name. */
const verdictNames: Partial<Record<ConformanceReport['verdict'], string>> = {
  'list-needs-tidying': 'the list of known deviations needs tidying',
};

/** "non-conformant: 2 requirements fail, 1 is inconclusive" */
export function verdictInWords(report: ConformanceReport): string {
  const { verdict, requirements, scenarios, coverage, selection } = report;
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
  if (verdict === 'partial') words.unshift(partInWords(report));
  const name = verdictNames[verdict] ?? verdict;
  const text = words.length > 0 ? `${name}: ${words.join(', ')}` : name;
  return selection.whole || verdict === 'partial' ? text : `${text}; only part of the suite was selected`;
}

/** "no breach in the part that ran: 55 of 75 requirements" */
export function partInWords({ coverage }: ConformanceReport): string {
  const all = coverage.requirements - coverage.untestable.length;
  return `no breach in the part that ran: ${coverage.tested} of ${counted(all, 'requirement')}`;
}
