// Messages that can be read and still cannot be judged: the folder is named, as the fault is there.
import { CodedError } from '../errors/coded-error.ts';
import { oneLine } from '../text/one-line.ts';
import { joined } from './join.ts';
import { judgeKept } from './judge-kept.ts';
import type { KeptRun } from './kept-run.ts';

/**
 * Does something with runs.
 * @throws CodedError with the runs that cannot be judged even by themselves; else what it has thrown
 */
export async function namingUnusable<Result>(
  runs: readonly KeptRun[],
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const problems = (await Promise.all(runs.map(unusable))).flat();
    if (problems.length === 0) throw error;
    throw new CodedError(
      'RUNS_UNREADABLE',
      `these do not hold a run that can be judged:\n${problems.join('\n')}`,
    );
  }
}

async function unusable(run: KeptRun): Promise<string[]> {
  const { folder, head } = run;
  try {
    const { envelopes } = joined([run]);
    await judgeKept({ head, end: run.end ?? { endedAt: head.startedAt, late: [] }, envelopes }, new Date());
    return [];
  } catch (error) {
    return [
      `  ${oneLine(folder)}  has messages that cannot be judged: ${oneLine((error as Error).message, 150)}`,
    ];
  }
}
