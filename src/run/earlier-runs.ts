// What earlier runs of the same tenant and selection came to: the one before, and all that history.ndjson has.
import { compareReports } from '../verdict/comparison.ts';
import { historyLine, historyOf } from '../verdict/history.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { addToHistory } from './history-file.ts';
import { keepAsLastRun, lastRun, runBeforeLast, seriesOf, type Where } from './last-run.ts';
import { specRevision } from './run-head.ts';

export interface OfRun {
  /** In the names of its conversations. */
  run: string;
  /** A part of a night is not a night. */
  isShard?: boolean;
  /** Whether parts of the selection are missing, as a shard that was lost. */
  hasGaps?: boolean;
  /** Whether it is the last run, brought up to date. */
  again?: boolean;
}

/**
 * Adds to a report what has changed since the run before and what all runs before show, and keeps it for the next one.
 * @returns what could not be read or kept, a sentence each
 */
export async function compareWithEarlierRuns(
  where: Where,
  report: ConformanceReport,
  { run, isShard = false, hasGaps = false, again = false }: OfRun,
): Promise<string[]> {
  const last = await lastRun(where, report);
  const isKept = again && last?.startedAt === report.startedAt;
  const before = isKept ? await runBeforeLast(where, report) : last;
  if (before) report.comparison = compareReports(before, report);
  const notes = isShard ? [] : await withHistory(where, report, { run, hasGaps });
  return [...notes, ...(hasGaps ? [] : await keepAsLastRun(where, report, { again: isKept }))];
}

async function withHistory(
  { reportsDir, failOn }: Where,
  report: ConformanceReport,
  { run, hasGaps }: Required<Pick<OfRun, 'run' | 'hasGaps'>>,
): Promise<string[]> {
  const series = seriesOf(report, failOn);
  const line = historyLine(report, { run, series, specRevision: specRevision(), hasGaps });
  const { lines, notes } = await addToHistory(reportsDir, line);
  report.history = historyOf(lines, line);
  return notes;
}
