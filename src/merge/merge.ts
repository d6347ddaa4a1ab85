// Several runs, each of a part of the same selection, as one: the shards of a night.
import { existsSync, realpathSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import { compareWithLastRun } from '../run/last-run.ts';
import { prepareReports } from '../run/reports-folder.ts';
import type { RunEnd, RunHead } from '../run/run-head.ts';
import { oneLine } from '../text/one-line.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { disagreements, shardOf } from './agreement.ts';
import { joined } from './join.ts';
import { judgeKept } from './judge-kept.ts';
import { foldersOf, type KeptRun, keptRun } from './kept-run.ts';
import { missingParts } from './missing.ts';
import { writeAll } from './write.ts';

export interface Merge {
  /** Folders of reports, folders above them, or patterns. */
  given: readonly string[];
  /** Where the reports go. */
  to: (head: RunHead) => string;
  /** Of the suite that merges; null when it is not known. */
  ownCommit: string | null;
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
export async function merge({ given, to, ownCommit }: Merge): Promise<Merged> {
  const runs = await keptRuns(given);
  const problems = disagreements(runs, ownCommit);
  const together = problems.length > 0 ? undefined : joined(runs);
  if (!together || together.problems.length > 0) throw refused(together?.problems ?? problems);
  const [head, end] = [headOf(runs), endOf(runs, together.envelopes)];
  const otherUrls = runs.map((run) => run.head.tenant.url);
  const kept = { head, end, envelopes: together.envelopes, otherUrls };
  const ended = await judgeKept(kept, new Date(end.endedAt));
  const folder = to(head);
  refuseInputs(folder, runs);
  const notes = await prepareReports(folder);
  notes.push(...(await compareWithLastRun({ reportsDir: folder, failOn: head.failOn }, ended.report)));
  const folders = runs.map((run) => run.folder);
  const unwritten = await writeAll({ ...kept, ended, folders }, folder);
  return { ended, folder, runs: runs.length, unwritten, notes };
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
  const place = existsSync(folder) ? realpathSync(folder) : undefined;
  const own = runs.find((run) => realpathSync(run.folder) === place);
  if (!own) return;
  throw new CodedError(
    'RUNS_DO_NOT_FIT',
    `${oneLine(folder)} has one of the runs, and the reports of all would replace it: name another folder with --output`,
  );
}

function headOf(runs: readonly KeptRun[]): RunHead {
  const { head } = runs[0]!;
  return {
    ...head,
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
    missing: missingParts(runs),
    ...(stopped ? { stoppedBecause: stopped } : {}),
  };
}

/** Of a run without an end, too. */
function lastMoment(envelopes: readonly { testCaseFinished?: { timestamp: { seconds: number } } }[]): string {
  const seconds = envelopes.map(({ testCaseFinished: one }) => one?.timestamp.seconds ?? 0);
  return new Date(seconds.reduce((one, other) => Math.max(one, other), 0) * 1000).toISOString();
}
