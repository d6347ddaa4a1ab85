// The verdict policy: the one place that decides what an outcome means (design, Verdict policy).
import type { Level } from '../protocol/catalogue.ts';

/** What happened to one requirement in one scenario, or to an observation. */
export type Outcome =
  | 'holds'
  | 'broken'
  | 'broken, as is known'
  | 'holds, though listed as broken'
  | 'transport failed'
  | 'the twin was not accepted'
  | 'not reached'
  | 'not declared'
  | 'observed'
  | 'observed to have changed'
  | 'the harness threw';

export type Verdict =
  | 'pass'
  | 'fail'
  | 'warning'
  | 'recorded'
  | 'known-deviation'
  | 'unexpected-pass'
  | 'inconclusive'
  | 'not-applicable'
  | 'harness-error';

const table: Record<Outcome, Record<Level, Verdict>> = {
  holds: { must: 'pass', should: 'pass', may: 'pass' },
  broken: { must: 'fail', should: 'warning', may: 'recorded' },
  'broken, as is known': { must: 'known-deviation', should: 'known-deviation', may: 'recorded' },
  'holds, though listed as broken': { must: 'unexpected-pass', should: 'unexpected-pass', may: 'recorded' },
  'transport failed': always('inconclusive'),
  'the twin was not accepted': always('inconclusive'),
  'not reached': always('inconclusive'),
  'not declared': always('not-applicable'),
  observed: always('recorded'),
  'observed to have changed': always('warning'),
  'the harness threw': always('harness-error'),
};

function always(verdict: Verdict): Record<Level, Verdict> {
  return { must: verdict, should: verdict, may: verdict };
}

/** @param failOn the lowest level whose breach fails the run (FAIL_ON): with should, a should counts as a must */
export function verdictOf(outcome: Outcome, level: Level, failOn: 'must' | 'should'): Verdict {
  return table[outcome][level === 'should' && failOn === 'should' ? 'must' : level];
}

/** Worst first: a scenario and a requirement are as bad as the worst that happened to them. */
export const severity: readonly Verdict[] = [
  'harness-error',
  'fail',
  'unexpected-pass',
  'inconclusive',
  'warning',
  'known-deviation',
  'recorded',
  'pass',
  'not-applicable',
];

/** The worst of some verdicts; undefined of none. */
export function worst(verdicts: Iterable<Verdict>): Verdict | undefined {
  const present = new Set(verdicts);
  return severity.find((verdict) => present.has(verdict));
}

/** One thing that a scenario has shown. */
interface Shown {
  outcome: Outcome;
  verdict: Verdict;
}

/** The verdict on a scenario: what was not reached owing to a finding does not hide the finding. */
export function scenarioVerdict(
  checks: readonly Shown[],
  observed: Iterable<Verdict> = [],
): Verdict | undefined {
  const reached = checks.filter(({ outcome }) => outcome !== 'not reached');
  const counted = reached.some(isBreach) ? reached : checks;
  return worst([...counted.map(({ verdict }) => verdict), ...observed]);
}

/**
 * The verdict on a requirement, from every scenario that has something to say of it: the worst. Where a scenario went
 * no further because of a breach that is tolerated, it is asked only when no other one has decided.
 */
export function requirementVerdict(said: readonly (Shown & { tolerated: boolean })[]): Verdict | undefined {
  const weighty = said.filter(({ outcome, tolerated }) => outcome !== 'not reached' || !tolerated);
  const verdict = worst(weighty.map((one) => one.verdict));
  return isDecided(verdict) ? verdict : worst(said.map((one) => one.verdict));
}

/** Whether a scenario has a finding that ended it without failing it: a warning, or a known deviation. */
export function isTolerated(checks: readonly Shown[]): boolean {
  return checks.some(isBreach) && !checks.some(({ verdict }) => verdict === 'fail');
}

function isBreach({ outcome }: Shown): boolean {
  return outcome === 'broken' || outcome === 'broken, as is known';
}

/** Whether a requirement was decided on: its verdict says how the tenant behaves. */
export function isDecided(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && !['inconclusive', 'not-applicable', 'harness-error'].includes(verdict);
}

export type RunVerdict = 'conformant' | 'non-conformant' | 'inconclusive' | 'error';

/** What the verdict on a run is made of. */
export interface RunFigures {
  scenarios: Iterable<Verdict>;
  requirements: Iterable<Verdict>;
  /** Scenarios that were selected and did not come to their end. */
  notRun: number;
  /** Ctrl-C or --fail-fast: then what did not run is no error. */
  stoppedOnPurpose: boolean;
  /** The harness failed around the scenarios. */
  error: boolean;
  /** Something that it was given has to be mended; what it found of the tenant counts more. */
  usedWrongly: boolean;
}

/** The verdict on the whole run. Nothing decided, or less run than was selected, is never green. */
export function runVerdict(run: RunFigures): RunVerdict {
  const present = new Set([...run.scenarios, ...run.requirements]);
  if (run.error || present.has('harness-error')) return 'error';
  if (present.has('fail') || present.has('unexpected-pass')) return 'non-conformant';
  if (run.usedWrongly) return 'error';
  if (run.notRun > 0) return run.stoppedOnPurpose ? 'inconclusive' : 'error';
  if (present.has('inconclusive')) return 'inconclusive';
  return [...run.requirements].some(isDecided) ? 'conformant' : 'inconclusive';
}
