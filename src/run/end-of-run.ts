// What is done when the scenarios are over and before any report is written: the run is judged, once. All that it looks at
// is handed to it.
import type { Settings } from '../tenant/settings.ts';
import { assess, type RunContext } from '../verdict/assessment.ts';
import { checksByRequirement } from '../verdict/checks-by-requirement.ts';
import { RunCollector } from '../verdict/collector.ts';
import { compareReports } from '../verdict/comparison.ts';
import { deviationStatuses } from '../verdict/deviation-status.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { type LateFinding, withLateFindings } from '../verdict/late-findings.ts';
import { nextStep } from '../verdict/next-step.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import type { Asked } from './asked.ts';
import { keepAsLastRun, lastRun } from './last-run.ts';
import { seenWhole, selectionOf } from './selection.ts';
import { suite } from './suite.ts';

type Env = Record<string, string | undefined>;
type TestedTenant = ConformanceReport['tenant'];

export interface RunSurroundings {
  settings: Settings;
  tenant: TestedTenant;
  /** undefined when cucumber-js was called itself. */
  asked: Asked | undefined;
}

export interface OverRun extends RunSurroundings {
  run: RunCollector;
  /** Epoch milliseconds. */
  startedAt: number;
  /** What was found when the scenarios were over. */
  late: LateFinding[];
  known: readonly KnownDeviation[];
  interrupted: boolean;
}

/** @returns the judged run, and what could not be done besides the judging, one sentence each */
export async function endRun(over: OverRun): Promise<{ ended: EndedRun; trouble: string[] }> {
  const { run, settings, asked, startedAt, known } = over;
  const now = Date.now();
  const judging = { failOn: settings.failOn, known, now: new Date(now) };
  const { results, unplaced: late } = withLateFindings(run.results, over.late, judging);
  const ids = known.map((one) => one.requirement);
  const selection = await selectionOf(run, asked);
  const seen = await seenWhole(run, ids, { asked, whole: selection.whole });
  const checks = checksByRequirement(results);
  const deviations = deviationStatuses(known, { checks, late, whole: seen, now: new Date(now) });
  const { selected, exception } = run;
  const report = assess(
    { results, selected, exception },
    {
      ...commonContext(over),
      selection,
      startedAt,
      endedAt: now,
      deviations,
      late,
      ...stoppedBecause(over),
    },
  );
  const ended = { report, results, deviations };
  // What is not known to be the same part of the suite cannot be compared.
  if (!asked) return { ended, trouble: [] };
  const before = await lastRun(settings, report);
  if (before) report.comparison = compareReports(before, report);
  return { ended, trouble: await keepAsLastRun(settings, report) };
}

function stoppedBecause({ interrupted, asked }: OverRun): Pick<RunContext, 'stoppedBecause'> {
  if (interrupted) return { stoppedBecause: 'the run was interrupted' };
  return asked?.failFast ? { stoppedBecause: 'of --fail-fast' } : {};
}

/** A tenant that cannot be reached is a result too, which the reports show. */
export async function runThatNeverBegan(surroundings: RunSurroundings, trouble: string): Promise<EndedRun> {
  const run = new RunCollector();
  const now = Date.now();
  const report = assess(run, {
    ...commonContext(surroundings),
    selection: await selectionOf(run, surroundings.asked),
    startedAt: now,
    endedAt: now,
    deviations: [],
    late: [],
    trouble,
  });
  return { report, results: [], deviations: [] };
}

/** A run of which something came out after it was judged. */
export function withError(ended: EndedRun, trouble: string): EndedRun {
  const report = {
    ...ended.report,
    verdict: 'error' as const,
    reasons: [trouble, ...ended.report.reasons],
  };
  return { ...ended, report: { ...report, next: nextStep(report) } };
}

/** The tenant of a run, as its environment names it. */
export function testedTenant({ url, botId }: Settings, env: Env): TestedTenant {
  return {
    url,
    botId,
    profile: env.TENANT_PROFILE || null,
    embedded: env.CONFORMANCE_EMBEDDED === 'true',
  };
}

function commonContext({ settings, tenant }: RunSurroundings) {
  return { suite: suite(process.env), tenant, failOn: settings.failOn };
}
