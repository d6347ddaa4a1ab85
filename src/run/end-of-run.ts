// What is done when the scenarios are over and before any report is written: the run is judged, once.
import type { Finding } from '../protocol/finding.ts';
import { readSettings, type Settings } from '../tenant/settings.ts';
import { assess, type RunContext } from '../verdict/assessment.ts';
import { checksByRequirement } from '../verdict/checks-by-requirement.ts';
import { RunCollector } from '../verdict/collector.ts';
import { compareReports } from '../verdict/comparison.ts';
import { deviationStatuses } from '../verdict/deviation-status.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import { type EndedRun, keepEndedRun } from '../verdict/ended-run.ts';
import { wasInterrupted } from './interrupt.ts';
import { keepAsLastRun, lastRun } from './last-run.ts';
import { failsFast, isKnown, seenWhole, selectionOf } from './selection.ts';
import { suite } from './suite.ts';

/**
 * @param late what was found when the scenarios were over
 * @returns what could not be done beside the judging, a sentence each
 */
export async function endRun(
  run: RunCollector,
  { startedAt, late, known }: { startedAt: number; late: Finding[]; known: readonly KnownDeviation[] },
): Promise<string[]> {
  const settings = readSettings(process.env);
  const now = Date.now();
  const ids = known.map((one) => one.requirement);
  const whole = await seenWhole(run, ids);
  const said = checksByRequirement(run.results);
  const deviations = deviationStatuses(known, { said, late, whole, now: new Date(now) });
  const report = assess(run, {
    ...commonContext(settings, run),
    startedAt,
    endedAt: now,
    deviations,
    late,
    ...stoppedBecause(),
  });
  keepEndedRun({ report, results: run.results, deviations });
  if (!isKnown()) return [];
  const before = await lastRun(settings, report);
  if (before) report.comparison = compareReports(before, report);
  return keepAsLastRun(settings, report);
}

function stoppedBecause(): Pick<RunContext, 'stoppedBecause'> {
  if (wasInterrupted()) return { stoppedBecause: 'the run was interrupted' };
  return failsFast() ? { stoppedBecause: 'of --fail-fast' } : {};
}

/** A tenant that cannot be reached is a result too, and whoever reads the reports is told. */
export function unreachableRun(trouble: string): EndedRun {
  const run = new RunCollector();
  const now = Date.now();
  const report = assess(run, {
    ...commonContext(readSettings(process.env), run),
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
  const { report } = ended;
  return { ...ended, report: { ...report, verdict: 'error', reasons: [trouble, ...report.reasons] } };
}

function commonContext(settings: Settings, run: RunCollector) {
  const { env } = process;
  return {
    suite: suite(),
    tenant: {
      url: settings.url,
      botId: settings.botId,
      profile: env.TENANT_PROFILE || null,
      embedded: env.CONFORMANCE_EMBEDDED === 'true',
    },
    selection: selectionOf(run),
    failOn: settings.failOn,
  };
}
