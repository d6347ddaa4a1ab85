// Several runs, each of a part of the same selection, as one: the shards of a night.
import { CodedError } from '../errors/coded-error.ts';
import { compareWithEarlierRuns } from '../run/earlier-runs.ts';
import { prepareReports } from '../run/reports-folder.ts';
import { type RunEnd, type RunHead, requirementsOfToday } from '../run/run-head.ts';
import { isSameFolder } from '../system/same-folder.ts';
import { oneLine } from '../text/one-line.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { disagreements, shardOf } from './agreement.ts';
import { joined } from './join.ts';
import { judgeKept, type Kept } from './judge-kept.ts';
import { foldersOf, type KeptRun, keptRun } from './kept-run.ts';
import { missingEvidence, missingParts } from './missing.ts';
import { partsOf } from './parts.ts';
import { namingUnusable } from './unusable.ts';
import { writeAll } from './write.ts';

export interface Merge {
  /** Folders of reports, folders above them, or patterns. */
  given: readonly string[];
  /** Where the reports go. */
  to: (head: RunHead) => string;
  /** The suite that merges. */
  suite: Pick<ConformanceReport['suite'], 'commit' | 'version'>;
}

export interface Merged {
  ended: EndedRun;
  folder: string;
  /** How many runs it is made of. */
  runs: number;
  unwritten: ReadonlyMap<string, string>;
  /** What a person should know about the reports, a sentence each. */
  notes: string[];
}

/** @throws CodedError with all that does not fit together */
export async function merge({ given, to, suite }: Merge): Promise<Merged> {
  const { parts: runs, notes: skipped } = partsOf(await keptRuns(given));
  const { commit, version } = suite;
  const problems = disagreements(runs, { commit, version, ...requirementsOfToday() });
  if (problems.length > 0) throw refused(problems);
  const { kept, ended } = await namingUnusable(runs, () => judgedTogether(runs));
  const { head } = kept;
  const folder = to(head);
  refuseInputs(folder, runs);
  const notes = [...skipped, ...(await prepareReports(folder))];
  const where = { reportsDir: folder, failOn: head.failOn };
  const hasGaps = (kept.end.missing ?? []).length > 0;
  notes.push(...(await compareWithEarlierRuns(where, ended.report, { run: head.run, hasGaps })));
  const folders = runs.map((run) => run.folder);
  const unwritten = await writeAll({ ...kept, ended, folders }, folder);
  return { ended, folder, runs: runs.length, unwritten, notes };
}

async function judgedTogether(runs: readonly KeptRun[]): Promise<{ kept: Kept; ended: EndedRun }> {
  const { envelopes, problems } = joined(runs);
  if (problems.length > 0) throw refused(problems);
  const [head, end] = [headOf(runs), endOf(runs, envelopes)];
  const kept = { head, end, envelopes, otherUrls: runs.map((run) => run.head.tenant.url) };
  return { kept, ended: await judgeKept(kept, new Date(end.endedAt)) };
}

/** In the order of their shards. */
async function keptRuns(given: readonly string[]): Promise<KeptRun[]> {
  const { folders, problems } = foldersOf(given);
  const read = await Promise.all(folders.map(keptRun));
  const unread = read.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (problems.length + unread.length > 0) {
    const lines = [...problems, ...unread].join('\n');
    throw new CodedError('RUNS_UNREADABLE', `these do not hold a run that can be judged:\n${lines}`);
  }
  const runs = read.filter((one): one is KeptRun => !('problem' in one));
  return runs.sort((a, b) => (shardOf(a.head)?.index ?? 0) - (shardOf(b.head)?.index ?? 0));
}

function refused(problems: readonly string[]): CodedError {
  return new CodedError(
    'RUNS_DO_NOT_FIT',
    `these runs are not parts of one, so nothing was merged:\n${problems.join('\n')}`,
  );
}

/** The reports of a run would be deleted before those of all are written. */
function refuseInputs(folder: string, runs: readonly KeptRun[]): void {
  if (!runs.some((run) => isSameFolder(run.folder, folder))) return;
  throw new CodedError(
    'RUNS_DO_NOT_FIT',
    `${oneLine(folder)} has one of the runs, and the reports of all would replace it: name another folder with --output`,
  );
}

function headOf(runs: readonly KeptRun[]): RunHead {
  const { head } = runs[0]!;
  return {
    ...head,
    madeBy: 'merge',
    run: runs.map((run) => run.head.run).join(' '),
    selection: { ...head.selection!, shard: null },
    startedAt: runs.map((run) => run.head.startedAt).sort()[0]!,
  };
}

function endOf(runs: readonly KeptRun[], envelopes: Parameters<typeof lastMoment>[0]): RunEnd {
  const ends = runs.flatMap(({ end }) => end ?? []);
  const stopped = ends.find(({ stoppedBecause }) => stoppedBecause)?.stoppedBecause;
  const endedAt = [lastMoment(envelopes), ...ends.map((end) => end.endedAt), headOf(runs).startedAt];
  return {
    endedAt: endedAt.sort().at(-1)!,
    late: ends.flatMap(({ late }) => late),
    missing: [...missingParts(runs), ...missingEvidence(runs)],
    ...(stopped ? { stoppedBecause: stopped } : {}),
  };
}

/** Of a run without an end, too. */
export function lastMoment(
  envelopes: readonly { testCaseFinished?: { timestamp: { seconds: number } } }[],
): string {
  const seconds = envelopes.map(({ testCaseFinished: one }) => one?.timestamp.seconds ?? 0);
  return new Date(seconds.reduce((one, other) => Math.max(one, other), 0) * 1000).toISOString();
}
