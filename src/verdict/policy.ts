// The verdict policy: only this file decides what an outcome means.
import type { Level } from '../protocol/catalogue.ts';

/** What a scenario showed of one requirement, or of an observation. */
export type Outcome =
  | 'holds'
  | 'broken'
  | 'broken, as is known'
  | 'holds, though listed as broken'
  | 'transport failed'
  | 'the answer shows nothing'
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
  'the answer shows nothing': always('inconclusive'),
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

/** Worst first: the worst verdict counts for a scenario and for a requirement. */
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

/** undefined when there are no verdicts. */
export function worst(verdicts: Iterable<Verdict>): Verdict | undefined {
  const present = new Set(verdicts);
  return severity.find((verdict) => present.has(verdict));
}

/** One thing that a scenario has shown. */
interface Shown {
  outcome: Outcome;
  verdict: Verdict;
}

/** A breach counts more than the checks that were not reached because of it. */
export function scenarioVerdict(
  checks: readonly Shown[],
  observed: Iterable<Verdict> = [],
): Verdict | undefined {
  const reached = checks.filter(({ outcome }) => outcome !== 'not reached');
  const counted = reached.some(isBreach) ? reached : checks;
  return worst([...counted.map(({ verdict }) => verdict), ...observed]);
}

/**
 * The worst verdict of all scenarios that check the requirement. A check that was not reached because of a tolerated
 * breach counts only when no other scenario has decided.
 */
export function requirementVerdict(checks: readonly (Shown & { tolerated: boolean })[]): Verdict | undefined {
  const weighty = checks.filter(({ outcome, tolerated }) => outcome !== 'not reached' || !tolerated);
  const verdict = worst(weighty.map((one) => one.verdict));
  return isDecided(verdict) ? verdict : worst(checks.map((one) => one.verdict));
}

/** Whether a scenario has findings, but none that fails it: warnings or known deviations only. */
export function isTolerated(checks: readonly Shown[]): boolean {
  return checks.some(isBreach) && !checks.some(({ verdict }) => verdict === 'fail');
}

function isBreach({ outcome }: Shown): boolean {
  return outcome === 'broken' || outcome === 'broken, as is known';
}

/** Whether a verdict shows how the tenant behaves. */
export function isDecided(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && !['inconclusive', 'not-applicable', 'harness-error'].includes(verdict);
}

/**
 * partial: no breach in the part of the suite that ran, which says nothing about the rest.
 * list-needs-tidying: the tenant breaks nothing, but does not show a known deviation any more.
 */
export type RunVerdict =
  | 'conformant'
  | 'partial'
  | 'non-conformant'
  | 'list-needs-tidying'
  | 'inconclusive'
  | 'error';

/** What decides the verdict on a run. */
export interface RunFigures {
  scenarios: Iterable<Verdict>;
  requirements: Iterable<Verdict>;
  /** Whether every scenario of the suite was selected. */
  whole: boolean;
  /** Selected scenarios that did not run to their end. */
  notRun: number;
  /** Whether a part of the selection is missing, as a shard that was lost. */
  missing?: boolean;
  /** Ctrl-C or --fail-fast: then scenarios that did not run are not an error. */
  stoppedOnPurpose: boolean;
  /** The harness failed outside the scenarios. */
  error: boolean;
  /** The user has to correct an input of the run, such as an expired deviation. A fail of the tenant counts more. */
  usedWrongly: boolean;
}

/** A run that decided nothing, or ran less than the whole suite, is never conformant. */
export function runVerdict(run: RunFigures): RunVerdict {
  const present = new Set([...run.scenarios, ...run.requirements]);
  if (run.error || present.has('harness-error')) return 'error';
  if (present.has('fail')) return 'non-conformant';
  if (present.has('unexpected-pass')) return 'list-needs-tidying';
  if (run.usedWrongly) return 'error';
  if (run.missing) return 'inconclusive';
  if (run.notRun > 0) return run.stoppedOnPurpose ? 'inconclusive' : 'error';
  if (present.has('inconclusive')) return 'inconclusive';
  if (![...run.requirements].some(isDecided)) return 'inconclusive';
  return run.whole ? 'conformant' : 'partial';
}
