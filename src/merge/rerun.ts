// The last run of a folder, brought up to date by what was run again of it: judged by the code that judges a merge.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CodedError } from '../errors/coded-error.ts';
import { evidenceName } from '../evidence/journal.ts';
import { messageFileName } from '../evidence/message-file.ts';
import { summary } from '../report/summary.ts';
import { verdictInWords } from '../report/verdict-in-words.ts';
import { compareWithEarlierRuns } from '../run/earlier-runs.ts';
import { keepToThisProcess, prepareReports } from '../run/reports-folder.ts';
import { type LastRun, type Rerunnable, rerunnable, type Updated } from '../run/rerun.ts';
import { type RunEnd, type RunHead, requirementsOfToday } from '../run/run-head.ts';
import { suite } from '../run/suite.ts';
import { noteMade } from '../system/made-files.ts';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import { harmless } from '../text/terminal.ts';
import type { EndedRun } from '../verdict/ended-run.ts';
import { hasKey } from '../verdict/late-findings.ts';
import { differences, ofAnotherSuite } from './agreement.ts';
import {
  casesOf,
  decidedAgain,
  placesOf,
  type ReplacedScenario,
  replaced,
  scenariosOf,
} from './decided-again.ts';
import { joined } from './join.ts';
import { judgedAnew } from './judge-anew.ts';
import { judgeKept, type Kept } from './judge-kept.ts';
import { type KeptRun, keptRun } from './kept-run.ts';
import { lastMoment } from './merge.ts';
import { writeAll } from './write.ts';

/** @throws CodedError when there is none that can be brought up to date, or one of another suite */
export async function openLastRun(folder: string): Promise<LastRun> {
  const last = await lastRunIn(folder);
  const { commit, version } = suite(process.env);
  refuse(ofAnotherSuite([last], { commit, version, ...requirementsOfToday() }));
  const ended = await judgeKept(keptOf(last), new Date());
  return {
    head: last.head,
    report: ended.report,
    words: [verdictInWords(ended.report), ...ended.report.reasons].map(harmless).join('\n'),
    select: (which) => selected(last, ended, which),
    refuseOther: (now) => refuse(differences([last, { folder: 'this one', head: now }])),
    update: (from) => update(last, ended, from),
  };
}

async function lastRunIn(folder: string): Promise<KeptRun> {
  const start = `There is no last run in ${oneLine(folder)} to go on with`;
  if (!existsSync(path.join(folder, messageFileName)))
    throw new CodedError('RERUN_IMPOSSIBLE', `${start}: run npm test without --rerun first`);
  // From here on nobody else replaces it.
  keepToThisProcess(folder);
  const last = await keptRun(folder);
  if ('problem' in last) throw new CodedError('RERUN_IMPOSSIBLE', `${start}:\n${last.problem}`);
  if (last.head.selection === null)
    throw new CodedError('RERUN_IMPOSSIBLE', `${start}: cucumber-js was called itself; use npm test`);
  if (last.end?.trouble !== undefined || scenariosOf(last).length === 0)
    throw new CodedError('RERUN_IMPOSSIBLE', `${start}: it did not begin. Run npm test without --rerun`);
  return last;
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new CodedError(
    'RERUN_IMPOSSIBLE',
    `the last run is not one that this can go on with; run npm test without --rerun, or put back what differs:\n${problems.join('\n')}`,
  );
}

function keptOf({ head, end, envelopes }: KeptRun): Kept {
  return { head, end: end ?? { endedAt: head.startedAt, late: [] }, envelopes };
}

function selected(
  last: KeptRun,
  ended: EndedRun,
  which: readonly Rerunnable[],
): ReturnType<LastRun['select']> {
  const wanted: readonly string[] = which.flatMap((one) => rerunnable[one]);
  const verdicts = new Map(ended.results.map((one) => [`${one.uri}:${one.line}`, one.verdict]));
  const chosen = scenariosOf(last).filter(({ place }) => wanted.includes(verdicts.get(place) ?? 'not-run'));
  const byFile = Map.groupBy(chosen, ({ uri }) => uri);
  const paths = [...byFile].map(([uri, all]) => [uri, ...new Set(all.map(({ line }) => line))].join(':'));
  return { paths, count: chosen.length };
}

async function update(last: KeptRun, before: EndedRun, from: string): Promise<Updated> {
  const again = await keptRun(from);
  if ('problem' in again)
    throw new CodedError('RERUN_IMPOSSIBLE', `what was run again is lost:\n${again.problem}`);
  refuse(differences([last, again]));
  const now = new Date();
  const after = await judgeKept(keptOf(again), now);
  const scenarios = decidedAgain({ before: before.results, after: after.results, at: again.head.startedAt });
  const { folder } = last;
  const whole = wholeOf(last, again, scenarios, now);
  const { envelopes, problems } = joined([
    { ...last, envelopes: whole.envelopes },
    { ...again, envelopes: replaced(again, scenarios) },
  ]);
  refuse(problems);
  const kept = { head: whole.head, end: endOf(last, again, { before, scenarios }), envelopes };
  const ended = await judgeKept({ ...kept, otherUrls: [again.head.tenant.url] }, now);
  const { head, end } = kept;
  const where = { reportsDir: folder, failOn: head.failOn };
  const notes = await compareWithEarlierRuns(where, ended.report, {
    run: head.run,
    isShard: Boolean(head.selection?.shard),
    hasGaps: (end.missing ?? []).length > 0,
    again: true,
  });
  // Its place is about to be emptied.
  const earlier = setAside(folder, from);
  notes.push(...(await prepareReports(folder)));
  const unwritten = await writeAll({ ...kept, ended, folders: [earlier, from] }, folder);
  return {
    ended,
    unwritten,
    words: [
      ...notes.map(harmless),
      summary(ended, folder, unwritten),
      whatCame(scenarios.length, after.results.length - scenarios.length),
    ].join('\n'),
  };
}

function whatCame(decided: number, others: number): string {
  const stayed =
    others > 0 ? ` ${counted(others, 'scenario')} could not be decided again and stayed as before.` : '';
  if (decided === 0) return `Nothing was decided again.${stayed}`;
  return `${counted(decided, 'scenario was', 'scenarios were')} decided again, and the reports brought up to date.${stayed}`;
}

/** The last run without what was decided again, judged by the lists of today. */
function wholeOf(
  last: KeptRun,
  again: KeptRun,
  scenarios: readonly ReplacedScenario[],
  now: Date,
): { head: RunHead; envelopes: KeptRun['envelopes'] } {
  const cases = casesOf(last, scenarios);
  const rest = last.envelopes.filter(
    (one) =>
      !(one.testCase && cases.has(one.testCase.id)) &&
      // What went wrong around the scenarios has gone well since.
      !one.testRunHookStarted &&
      !one.testRunHookFinished &&
      !one.testRunFinished,
  );
  const { deviations, observed, failOn } = again.head;
  const lists = { deviations, observed };
  const isSame = isDeepStrictEqual(lists, { deviations: last.head.deviations, observed: last.head.observed });
  const envelopes = isSame ? rest : judgedAnew(rest, { ...lists, failOn, now }).envelopes;
  return { head: { ...last.head, ...lists }, envelopes };
}

function endOf(
  last: KeptRun,
  again: KeptRun,
  { before, scenarios }: { before: EndedRun; scenarios: readonly ReplacedScenario[] },
): RunEnd {
  const gone = placesOf(scenarios);
  const sent = before.results
    .filter(({ uri, line }) => gone.has(`${uri}:${line}`))
    .flatMap(({ record }) => record?.exchanges ?? []);
  const { end } = last;
  const stillGone = (end?.again ?? []).filter(({ uri, line }) => !gone.has(`${uri}:${line}`));
  const { stoppedBecause } = { ...end, ...again.end };
  return {
    // How long the run took is not changed by what came hours later.
    endedAt: end?.endedAt ?? lastMoment(last.envelopes),
    late: [
      ...(end?.late ?? []).filter(({ key }) => !sent.some(({ request }) => hasKey(request, key))),
      ...(again.end?.late ?? []),
    ],
    missing: end?.missing ?? [],
    again: [...stillGone, ...scenarios],
    ...(stoppedBecause ? { stoppedBecause } : {}),
  };
}

/** @returns where what the last run has kept is now */
function setAside(folder: string, from: string): string {
  const name = 'before';
  const earlier = path.join(from, name);
  mkdirSync(earlier, { recursive: true });
  // By another name, so that nobody takes it for a run of its own.
  const names = { [messageFileName]: 'last-run.ndjson.gz', [evidenceName]: evidenceName };
  for (const [file, then] of Object.entries(names)) {
    if (!existsSync(path.join(folder, file))) continue;
    noteMade(from, `${name}/${then}`);
    renameSync(path.join(folder, file), path.join(earlier, then));
  }
  return earlier;
}
