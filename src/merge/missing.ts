// What is missing of runs that are parts of one, in sentences: shards that nobody has, that were killed, or that never began.
import { statSync } from 'node:fs';
import path from 'node:path';
import { evidenceName } from '../evidence/journal.ts';
import { oneLine } from '../text/one-line.ts';
import { recordOf, scenarioRecordType } from '../verdict/collector.ts';
import { type Shard, shardOf } from './agreement.ts';
import type { KeptRun } from './kept-run.ts';

/** @param runs agree with each other */
export function missingParts(runs: readonly KeptRun[]): string[] {
  return [...runs.flatMap(incomplete), ...missingShards(runs)];
}

function incomplete({ head, end, folder }: KeptRun): string[] {
  const name = nameOf({ head, folder });
  if (!end) return [`${name} has no end: it was killed, its disk was full, or it still goes on.`];
  const [trouble] = end.trouble?.split('\n') ?? [];
  return [...(trouble ? [`${name} did not begin: ${oneLine(trouble)}`] : []), ...(end.missing ?? [])];
}

/** Without it, nobody can look up what was sent and answered. */
export function missingEvidence(runs: readonly KeptRun[]): string[] {
  return runs
    .filter((run) => !hasContent(path.join(run.folder, evidenceName)) && hasExchanges(run))
    .map((run) => `${nameOf(run)} has no ${evidenceName}, or an empty one: keep the whole folder.`);
}

function hasContent(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return Boolean(found?.isFile() && found.size > 0);
}

function hasExchanges({ envelopes }: KeptRun): boolean {
  return envelopes.some(
    ({ attachment }) =>
      attachment?.mediaType === scenarioRecordType && recordOf(attachment).exchanges.length > 0,
  );
}

function nameOf({ head, folder }: Pick<KeptRun, 'head' | 'folder'>): string {
  const shard = head.selection?.shard;
  return `${shard ? `Shard ${shard}` : 'The run'} in ${oneLine(folder)}`;
}

function missingShards(runs: readonly KeptRun[]): string[] {
  const shards = runs.flatMap(({ head }): Shard | [] => shardOf(head) ?? []);
  const total = shards[0]?.total ?? 0;
  const there = new Set(shards.map(({ index }) => index));
  const all = Array.from({ length: total }, (_, at) => at + 1);
  return all
    .filter((index) => !there.has(index))
    .map((index) => `Shard ${index}/${total} is missing: none of the folders has it.`);
}
