// What is done when the scenarios are over and before any report is written: the run is judged, once.
import type { Finding } from '../protocol/finding.ts';
import { readSettings, type Settings } from '../tenant/settings.ts';
import { assess } from '../verdict/assessment.ts';
import { RunCollector } from '../verdict/collector.ts';
import { compareReports } from '../verdict/comparison.ts';
import { deviationStatuses } from '../verdict/deviation-status.ts';
import { type EndedRun, keepEndedRun } from '../verdict/ended-run.ts';
import { saidOfEach } from '../verdict/said.ts';
import { wasInterrupted } from './interrupt.ts';
import { keepAsLastRun, lastRun } from './last-run.ts';
import { readProfileFiles } from './profile-files.ts';
import { seenWhole, selectionOf } from './selection.ts';
import { suite } from './suite.ts';

/** @param late what was found when the scenarios were over */
export async function endRun(run: RunCollector, startedAt: number, late: Finding[]): Promise<void> {
  const { env } = process;
  const settings = readSettings(env);
  const { deviations } = readProfileFiles(env);
  const now = Date.now();
  const statuses = deviationStatuses(deviations, {
    said: saidOfEach(run.results),
    late,
    whole: await seenWhole(
      run,
      deviations.map((known) => known.requirement),
    ),
    now: new Date(now),
  });
  const report = assess(run, {
    ...commonContext(settings, run),
    startedAt,
    endedAt: now,
    deviations: statuses,
    late,
    interrupted: wasInterrupted(),
  });
  const before = await lastRun(settings.reportsDir, report);
  if (before) report.comparison = compareReports(before, report);
  await keepAsLastRun(settings.reportsDir, report);
  keepEndedRun({ report, results: run.results, deviations: statuses });
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
    interrupted: false,
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
