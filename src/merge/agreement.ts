// Whether several runs are parts of one: the same suite, the same tenant, read in the same way, the same selection, each shard
// once, all of one night. Everything that does not fit is named, with the folders.

import { isDeepStrictEqual } from 'node:util';
import type { RunHead } from '../run/run-head.ts';
import { allSelected } from '../run/selection.ts';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import { truncate } from '../text/truncate.ts';
import type { KeptRun } from './kept-run.ts';

/** Shards of one night begin at about the same time; a folder that is left from the night before began a day earlier. */
const maxHoursApart = 12;

const nothing = 'none';

/** What puts the runs together. */
export interface Own extends Required<Pick<RunHead, 'specRevision' | 'ownRequirements'>> {
  /** null when it is not known, as in a package. */
  commit: string | null;
  version: string;
}

/** What is wrong, a line each. */
export function disagreements(runs: readonly KeptRun[], own: Own): string[] {
  const unknown = runs.filter(({ head }) => head.selection === null);
  if (unknown.length > 0) {
    return [
      `  ${namesOf(unknown)}: cucumber-js was called itself, so it is not known what was selected: use npm test`,
    ];
  }
  return [
    ...differences(runs),
    ...listDifference('known deviations', runs, ({ head }) => head.deviations),
    ...listDifference('observed behaviour', runs, ({ head }) => head.observed),
    ...ofAnotherSuite(runs, own),
    ...farApart(runs),
    ...shardProblems(runs),
  ];
}

type Headed = Pick<KeptRun, 'folder' | 'head'>;

/** Of suite, tenant, dialect and selection. @param runs whose selections are known */
export function differences(runs: readonly Headed[]): string[] {
  const dialects = Object.keys(runs[0]!.head.dialect);
  const shown: [name: string, value: (run: Headed) => string | null][] = [
    ['the commit of the suite', ({ head }) => head.suite.commit],
    ['the version of the suite', ({ head }) => head.suite.version],
    ['the requirements (spec/requirements.yaml)', ({ head }) => head.specRevision],
    ['the tenant', tenantInWords],
    ['the profile (--tenant)', ({ head }) => head.tenant.profile],
    ...dialects.map((name): [string, (run: Headed) => string] => [name, ({ head }) => head.dialect[name]!]),
    ['the selection', ({ head }) => head.selection!.words || allSelected],
    ['--requirements', ({ head }) => head.selection!.requirements ?? 'those of now'],
    ['the number of shards', ({ head }) => shardOf(head)?.total.toString() ?? 'not a shard'],
    ['--seed', ({ head }) => String(head.suite.seed ?? 'plain values')],
  ];
  return shown.flatMap(([name, value]) => difference(name, runs, value));
}

function difference(name: string, runs: readonly Headed[], value: (run: Headed) => string | null): string[] {
  const groups = Map.groupBy(runs, (run) => value(run) || nothing);
  if (groups.size < 2) return [];
  const each = [...groups].map(([text, those]) => `${oneLine(truncate(text, 80, '…'))} in ${namesOf(those)}`);
  return [`  ${name}: ${each.join('; ')}`];
}

function listDifference(name: string, runs: readonly KeptRun[], list: (run: KeptRun) => unknown): string[] {
  const first = runs[0]!;
  const others = runs.filter((run) => !isDeepStrictEqual(list(run), list(first)));
  if (others.length === 0) return [];
  return [`  the list of ${name}: ${namesOf([first])} was judged by another than ${namesOf(others)}`];
}

/** The embedded sandbox has another port, and another bot, in each run. */
function tenantInWords({ head: { tenant } }: Headed): string {
  return tenant.embedded ? 'the embedded sandbox' : `${tenant.url}, bot ${tenant.botId}`;
}

/** One line says it of the suite: with another commit, the rest differs too. */
export function ofAnotherSuite(runs: readonly KeptRun[], own: Own): string[] {
  const requirements = otherRequirements(runs, own);
  const [line] = [
    otherThan('commit', runs, ({ head }) => head.suite.commit, own.commit),
    otherThan('version', runs, ({ head }) => head.suite.version, own.version),
    requirements.length > 0
      ? undefined
      : otherThan('requirements', runs, ({ head }) => head.specRevision, own.specRevision),
  ].flatMap((one) => one ?? []);
  return [...(line ? [line] : []), ...requirements];
}

/** That the runs differ from each other is said elsewhere. */
function otherThan(
  name: string,
  runs: readonly KeptRun[],
  value: (run: KeptRun) => string | null,
  own: string | null,
): string | undefined {
  const values = new Set(runs.map(value));
  const [theirs] = values;
  if (values.size > 1 || !own || !theirs || theirs === own) return undefined;
  return `  the runs are of ${name} ${oneLine(theirs, 80)}, and this is ${own}: merge with the suite that ran, or use npm run judge to judge by this one`;
}

/** Of a team: what only one of the two has is judged by nobody. */
function otherRequirements(runs: readonly KeptRun[], own: Own): string[] {
  const known = runs.filter(({ head }) => head.ownRequirements);
  const all = known.flatMap(({ head }) => [
    ...Object.keys(head.ownRequirements!),
    ...Object.keys(own.ownRequirements),
  ]);
  return [...new Set(all)].flatMap((id) => {
    const here = own.ownRequirements[id] ?? nothing;
    const others = known.filter(({ head }) => (head.ownRequirements![id] ?? nothing) !== here);
    if (others.length === 0) return [];
    const there = others.map(({ head }) => head.ownRequirements![id] ?? nothing);
    return [
      `  ${oneLine(id, 80)} (requirements.yaml): ${[...new Set(there)].join(' and ')} in ${namesOf(others)}; ${here} here: merge where the requirements are those of the runs`,
    ];
  });
}

function farApart(runs: readonly KeptRun[]): string[] {
  const inOrder = [...runs].sort((a, b) => a.head.startedAt.localeCompare(b.head.startedAt));
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];
  const hours = (Date.parse(last.head.startedAt) - Date.parse(first.head.startedAt)) / 3_600_000;
  if (hours <= maxHoursApart) return [];
  return [
    `  ${namesOf([first])} began ${counted(Math.round(hours), 'hour')} before ${namesOf([last])} (${first.head.startedAt}): is it left from another night?`,
  ];
}

function shardProblems(runs: readonly KeptRun[]): string[] {
  const byShard = Map.groupBy(runs, ({ head }) => head.selection!.shard ?? 'the whole selection');
  return [...byShard].flatMap(([shard, those]) => {
    const name = shard === 'the whole selection' ? shard : `shard ${shard}`;
    return those.length > 1 ? [`  ${name} is there ${counted(those.length, 'time')}: ${namesOf(those)}`] : [];
  });
}

export interface Shard {
  index: number;
  total: number;
}

export function shardOf({ selection }: KeptRun['head']): Shard | undefined {
  const [index, total] = selection?.shard?.split('/').map(Number) ?? [];
  return index && total ? { index, total } : undefined;
}

export function namesOf(runs: readonly Pick<KeptRun, 'folder'>[]): string {
  return runs.map(({ folder }) => oneLine(folder)).join(', ');
}
