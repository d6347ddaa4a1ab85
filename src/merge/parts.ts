// Which of the runs that were found are parts of one. What merge and judge have written may be in the same folders, and holds
// again what the shards hold.
import { CodedError } from '../errors/coded-error.ts';
import { oneLine } from '../text/one-line.ts';
import { namesOf } from './agreement.ts';
import type { KeptRun } from './kept-run.ts';

export interface Parts {
  parts: KeptRun[];
  /** What was left out, a sentence each. */
  notes: string[];
}

/**
 * The runs themselves; those that were judged again only when nothing else was found.
 * @throws CodedError when there are none
 */
export function partsOf(runs: readonly KeptRun[]): Parts {
  const unmerged = runs.filter(({ head }) => head.madeBy !== 'merge' && head.madeBy !== 'rerun');
  const original = unmerged.filter(({ head }) => head.madeBy === undefined);
  const parts = original.length > 0 ? original : unmerged;
  if (parts.length === 0) {
    throw new CodedError(
      'RUNS_UNREADABLE',
      `${namesOf(runs)}: npm run merge has written that, so it is not a part of a run. Name the folders of the shards`,
    );
  }
  const others = runs.filter((run) => !parts.includes(run));
  return {
    parts,
    notes: others.map(
      ({ folder, head }) =>
        `${oneLine(folder)} was left out: ${head.madeBy === 'rerun' ? 'npm test -- --rerun' : `npm run ${head.madeBy}`} has written it, so it is not a shard`,
    ),
  };
}
