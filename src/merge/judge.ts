// An old run, judged again: by the policy and the catalogue of today, and by what is known of the tenant today.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import { messageFileName } from '../evidence/message-file.ts';
import { schemaErrors } from '../protocol/schemas.ts';
import type { ProfileFiles } from '../run/profile-files.ts';
import { prepareReports } from '../run/reports-folder.ts';
import { type RunHead, requirementsOfToday, specRevision } from '../run/run-head.ts';
import { isSameFolder } from '../system/same-folder.ts';
import { oneLine } from '../text/one-line.ts';
import { compareReports } from '../verdict/comparison.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { judgedAnew } from './judge-anew.ts';
import { judgeKept, type Kept } from './judge-kept.ts';
import { foldersOf, type KeptRun, keptRun } from './kept-run.ts';
import { missingParts } from './missing.ts';
import { namingUnusable } from './unusable.ts';
import { writeAll } from './write.ts';

export interface Judge {
  /** Of the reports of the run. */
  given: string;
  /** Where the new reports go; a folder in that of the run when left out. */
  output: string | undefined;
  failOn: 'must' | 'should' | undefined;
  /** What is known today of the tenant of a profile. */
  filesOf: (profile: string | null) => ProfileFiles;
  /** The suite that judges. */
  suite: ConformanceReport['suite'];
}

export interface JudgedAgain {
  ended: EndedRun;
  folder: string;
  unwritten: ReadonlyMap<string, string>;
  notes: string[];
}

/** @throws CodedError when there is no run */
export async function judge({ given, output, failOn, filesOf, suite }: Judge): Promise<JudgedAgain> {
  const run = await onlyRun(given);
  const folder = output ?? path.join(run.folder, 'judged-again');
  if (isSameFolder(folder, run.folder)) {
    throw new CodedError(
      'RUNS_DO_NOT_FIT',
      `${oneLine(folder)} has the run itself, and its reports would be replaced: name another folder with --output`,
    );
  }
  const { ended, ...kept } = await namingUnusable([run], () =>
    judgedByToday(run, { failOn, filesOf, suite }),
  );
  const notes = await prepareReports(folder);
  const unwritten = await writeAll({ ...kept, ended, folders: [run.folder] }, folder);
  return { ended, folder, unwritten, notes };
}

async function judgedByToday(
  run: KeptRun,
  { failOn, filesOf, suite }: Pick<Judge, 'failOn' | 'filesOf' | 'suite'>,
): Promise<Kept & { ended: EndedRun }> {
  const { deviations, observed } = filesOf(run.head.tenant.profile);
  const now = new Date();
  const before = await verdictBefore(run);
  const today = { deviations, observed, failOn: failOn ?? run.head.failOn };
  const { envelopes, reasons } = judgedAnew(run.envelopes, { ...today, now });
  // Values were chosen by the seed of the run.
  const head: RunHead = {
    ...run.head,
    ...today,
    ...requirementsOfToday(),
    madeBy: run.head.madeBy ?? 'judge',
    suite: { ...suite, seed: run.head.suite.seed },
  };
  const ended = await judgeKept({ head, end: endOf(run), envelopes }, now);
  const { report } = ended;
  report.comparison = compareReports(before, report);
  report.reasons.push(...suiteChange(run.head, suite), ...inSentences(reasons, report));
  return { ended, head, end: endOf(run), envelopes };
}

async function onlyRun(given: string): Promise<KeptRun> {
  const { folders, problems } = foldersToJudge(given);
  const all = await Promise.all(folders.map(keptRun));
  // Beside what it was made of, what judge has written is not another run.
  const original = all.filter(
    (one) => 'problem' in one || !['judge', 'rerun'].includes(one.head.madeBy ?? ''),
  );
  const read = original.length > 0 ? original : all;
  const unread = [...problems, ...read.flatMap((one) => ('problem' in one ? [one.problem] : []))];
  const [run] = read;
  if (run && !('problem' in run) && read.length === 1) return run;
  throw new CodedError(
    'RUNS_UNREADABLE',
    unread.length > 0
      ? `these do not hold a run that can be judged:\n${unread.join('\n')}`
      : `${oneLine(given)} holds ${read.length} runs: name one, or put shards together first (npm run merge)\n  ${folders.map((one) => oneLine(one)).join('\n  ')}`,
  );
}

/** A folder with a run stands for that, whatever is below it. */
function foldersToJudge(given: string): ReturnType<typeof foldersOf> {
  return existsSync(path.join(given, messageFileName))
    ? { folders: [given], problems: [] }
    : foldersOf([given]);
}

function endOf(run: KeptRun) {
  const known = run.end ?? { endedAt: run.head.startedAt, late: [] };
  // That a shard is only a part of the selection, its report says.
  const missing = missingParts([{ ...run, head: withoutShard(run.head) }]);
  return { ...known, missing };
}

function withoutShard(head: RunHead): RunHead {
  return { ...head, selection: head.selection && { ...head.selection, shard: null } };
}

/** As its reports had it; of a run without reports, or of another form, as it would have been judged by its own lists. */
async function verdictBefore(run: KeptRun): Promise<ConformanceReport> {
  try {
    const report: unknown = JSON.parse(readFileSync(path.join(run.folder, 'conformance.json'), 'utf8'));
    if (schemaErrors('conformanceReport', report).length === 0) return report as ConformanceReport;
  } catch {
    // Judged below.
  }
  const { head, envelopes } = run;
  const { report } = await judgeKept({ head, end: endOf(run), envelopes }, new Date(head.startedAt));
  return report;
}

function suiteChange({ suite, specRevision: then }: RunHead, now: ConformanceReport['suite']): string[] {
  if (suite.commit === now.commit && then === specRevision()) return [];
  const catalogue = then === specRevision() ? 'the same requirements' : 'other requirements';
  return [
    `Judged by commit ${now.commit ?? 'unknown'}; it ran at ${suite.commit ?? 'unknown'}, with ${catalogue}.`,
  ];
}

/** Those of what has really come to something else. */
function inSentences(
  reasons: ReadonlyMap<string, ReadonlySet<string>>,
  { comparison, requirements }: ConformanceReport,
): string[] {
  const { newlyFailing = [], newlyPassing = [], otherChanges = [] } = comparison ?? {};
  const changed = [...newlyFailing, ...newlyPassing, ...otherChanges].map(({ id }) => id);
  const explained = changed.flatMap((id) => [...(reasons.get(id) ?? [])].map((why) => `${id}: ${why}.`));
  const added = changed.filter((id) => !reasons.has(id) && isNew(id, requirements));
  const asked = [...reasons].filter(([about]) => /^X-/.test(about));
  return [
    ...explained,
    ...added.map((id) => `${id}: no scenario of that run decides it.`),
    ...asked.flatMap(([about, whys]) => [...whys].map((why) => `${about}: ${why}.`)),
  ];
}

function isNew(id: string, requirements: ConformanceReport['requirements']): boolean {
  return requirements.some((one) => one.id === id && one.verdict === 'not-tested');
}
