// The verdict policy: the one place that decides what an outcome means (design, Verdict policy).
import type { Level } from '../protocol/catalogue.ts';

/** What happened to one requirement in one scenario. */
export type Outcome =
  | 'holds'
  | 'broken'
  | 'the way failed'
  | 'the twin was not accepted'
  | 'not reached'
  | 'not declared'
  | 'the harness threw';

export type Verdict =
  | 'pass'
  | 'fail'
  | 'warning'
  | 'recorded'
  | 'inconclusive'
  | 'not applicable'
  | 'harness error';

const table: Record<Outcome, Record<Level, Verdict>> = {
  holds: { must: 'pass', should: 'pass', may: 'pass' },
  broken: { must: 'fail', should: 'warning', may: 'recorded' },
  'the way failed': { must: 'inconclusive', should: 'inconclusive', may: 'inconclusive' },
  'the twin was not accepted': { must: 'inconclusive', should: 'inconclusive', may: 'inconclusive' },
  'not reached': { must: 'inconclusive', should: 'inconclusive', may: 'inconclusive' },
  'not declared': { must: 'not applicable', should: 'not applicable', may: 'not applicable' },
  'the harness threw': { must: 'harness error', should: 'harness error', may: 'harness error' },
};

/** @param failOn the lowest level whose breach fails the run (FAIL_ON) */
export function verdictOf(outcome: Outcome, level: Level, failOn: 'must' | 'should'): Verdict {
  const verdict = table[outcome][level];
  return verdict === 'warning' && failOn === 'should' ? 'fail' : verdict;
}

/** Worst first: a scenario and a requirement are as bad as the worst that happened to them. */
export const severity: readonly Verdict[] = [
  'harness error',
  'fail',
  'inconclusive',
  'warning',
  'recorded',
  'pass',
  'not applicable',
];

/** The worst of some verdicts; undefined of none. */
export function worst(verdicts: Iterable<Verdict>): Verdict | undefined {
  const present = new Set(verdicts);
  return severity.find((verdict) => present.has(verdict));
}

/** Exit code of a run (design, decision 4). Nothing judged is never green. */
export function exitCode(scenarios: Iterable<Verdict>): 0 | 1 | 2 | 3 {
  const present = new Set(scenarios);
  if (present.has('harness error')) return 2;
  if (present.has('fail')) return 1;
  if (present.has('inconclusive')) return 3;
  return present.has('pass') || present.has('warning') || present.has('recorded') ? 0 : 3;
}
