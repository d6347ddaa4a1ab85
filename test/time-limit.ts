// How long a test waits. No test has a shorter limit of its own: on a machine that is busy with something else, what takes
// a second elsewhere takes a minute, and that is not what a test is about.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * After how many milliseconds something that a test waits for counts as never: a process that ends, a text that it
 * prints, a request that arrives. The variable TEST_TIMEOUT_MS sets it, for a machine that is slower still; otherwise it is
 * three minutes. A test that holds never waits so long, so it costs nothing.
 */
export const timeLimit = Number(process.env.TEST_TIMEOUT_MS || 180_000);

/** What must not wait for something else is over by then; it is given something to wait for that takes longer. */
export const soon = timeLimit / 9;

/** Waits until something holds that nothing announces. */
export async function until(holds: () => boolean): Promise<void> {
  const started = performance.now();
  while (!holds()) {
    if (performance.now() - started > timeLimit) assert.fail(`${holds} did not hold within ${timeLimit} ms`);
    await sleep(2);
  }
}
