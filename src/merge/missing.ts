// What is missing of runs that are parts of one, in sentences: shards that nobody has, that were killed, or that never began.
import { oneLine } from '../text/one-line.ts';
import { type Shard, shardOf } from './agreement.ts';
import type { KeptRun } from './kept-run.ts';

/** @param runs agree with each other */
export function missingParts(runs: readonly KeptRun[]): string[] {
  return [...runs.flatMap(incomplete), ...missingShards(runs)];
}

function incomplete({ head, end, folder }: KeptRun): string[] {
  const shard = head.selection?.shard;
  const name = `${shard ? `Shard ${shard}` : 'The run'} in ${oneLine(folder)}`;
  if (!end) return [`${name} has no end: it was killed, its disk was full, or it still goes on.`];
  const [trouble] = end.trouble?.split('\n') ?? [];
  return [...(trouble ? [`${name} did not begin: ${oneLine(trouble)}`] : []), ...(end.missing ?? [])];
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
