// What is done when the scenarios are over and before any report is written: the run is judged, once. All that it looks at
// is handed to it.
import type { Settings } from '../tenant/settings.ts';
import { assess, type RunContext } from '../verdict/assessment.ts';
import { RunCollector } from '../verdict/collector.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { LateFinding } from '../verdict/late-findings.ts';
import { nextStep } from '../verdict/next-step.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import type { Asked } from './asked.ts';
import { compareWithEarlierRuns } from './earlier-runs.ts';
import { judged } from './judging.ts';
import { selectionOf } from './selection.ts';
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
  const { run, asked, startedAt, late, known } = over;
  const endedAt = Date.now();
  const ended = await judged({
    ...commonContext(over),
    ...stoppedBecause(over),
    run,
    selection: await selectionOf(run, asked),
    startedAt,
    endedAt,
    late,
    known,
    now: new Date(endedAt),
    language: asked?.sources.defaultDialect ?? 'en',
  });
  return { ended, trouble: await comparedWithEarlier(over, ended.report) };
}

/** What is not known to be the same part of the suite cannot be compared. @returns what could not be done, a sentence each */
async function comparedWithEarlier(
  { asked, settings }: RunSurroundings,
  report: ConformanceReport,
): Promise<string[]> {
  // Of what is run again, the whole is compared that it is a part of.
  if (!asked || asked.again) return [];
  const run = process.env.CONFORMANCE_RUN ?? '';
  return await compareWithEarlierRuns(settings, report, { run, isShard: Boolean(asked.sources.shard) });
}

export function stoppedBecause({
  interrupted,
  asked,
}: Pick<OverRun, 'interrupted' | 'asked'>): Pick<RunContext, 'stoppedBecause'> {
  if (interrupted) return { stoppedBecause: 'the run was interrupted' };
  return asked?.failFast ? { stoppedBecause: 'of --fail-fast' } : {};
}

/**
 * A tenant that cannot be reached is a result too, which the reports show.
 * @returns as endRun
 */
export async function runThatNeverBegan(
  surroundings: RunSurroundings,
  because: string,
): Promise<{ ended: EndedRun; trouble: string[] }> {
  const run = new RunCollector();
  const now = Date.now();
  const report = assess(run, {
    ...commonContext(surroundings),
    selection: await selectionOf(run, surroundings.asked),
    startedAt: now,
    endedAt: now,
    deviations: [],
    late: [],
    trouble: because,
  });
  const trouble = await comparedWithEarlier(surroundings, report);
  return { ended: { report, results: [], deviations: [] }, trouble };
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

function commonContext({ settings, tenant, asked }: RunSurroundings) {
  const { failOn, rateShares } = settings;
  const requirements = asked?.requirements;
  return {
    suite: suite(process.env),
    tenant,
    failOn,
    rateShares,
    updatesDeviations: asked?.updatesDeviations ?? false,
    ...(requirements === undefined ? {} : { requirements }),
  };
}
