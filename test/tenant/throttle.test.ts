// No more requests per minute than allowed.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Throttle } from '../../src/tenant/throttle.ts';
import { timeLimit } from '../time-limit.ts';
import { inWorker } from './worker.ts';

const open: Throttle[] = [];
afterEach(() => {
  for (const throttle of open.splice(0)) throttle.close();
});

function opened(perMinute: number): Throttle {
  const throttle = new Throttle(perMinute);
  open.push(throttle);
  return throttle;
}

/** Shorter than the pause between two requests at one per minute: the test must not wait for that. */
const noPause = { timeout: 55_000 };

const throttleUrl = JSON.stringify(new URL('../../src/tenant/throttle.ts', import.meta.url).href);
const now = () => performance.now();

/**
 * Counted from the first request, so that a busy machine cannot break it: its slots come later, never earlier.
 * Timers may be early by a millisecond.
 */
function assertSpaced(askedAt: number, times: number[], spacingMs: number): void {
  const after = times.map((time) => time - askedAt).toSorted((a, b) => a - b);
  const early = after.filter((time, index) => time < index * (spacingMs - 2));
  assert.deepEqual(early, [], `slots ${after.map(Math.round).join(', ')} ms after the first asking`);
}

async function slots(throttle: Throttle, count: number): Promise<number[]> {
  const asked = Array.from({ length: count }, () => throttle.ready().then(now));
  return Promise.all(asked);
}

suite('A throttle', () => {
  test('without a limit waits for nobody', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => new Throttle().ready()));
  });

  test('spaces the requests', async () => {
    const throttle = opened(1200);
    const askedAt = now();
    assertSpaced(askedAt, await slots(throttle, 6), 50);
  });

  test('does not save up slots while nobody asks', async () => {
    const throttle = opened(1200);
    await throttle.ready();
    await sleep(300);
    const askedAt = now();
    assertSpaced(askedAt, await slots(throttle, 4), 50);
  });

  test('gives the first request its slot at once', noPause, async () => {
    await opened(1).ready();
  });

  test('gives slots in the order of asking', async () => {
    const throttle = opened(6000);
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3].map((index) => throttle.ready().then(() => order.push(index))));
    assert.deepEqual(order, [0, 1, 2, 3]);
  });

  test('that is closed leaves nobody waiting', async () => {
    const throttle = opened(1);
    await throttle.ready();
    const waiting = assert.rejects(throttle.ready(), /throttle was closed/);
    throttle.close();
    await waiting;
    await assert.rejects(throttle.ready(), /throttle was closed/);
  });

  test('keeps a process alive only while somebody waits for a slot', { timeout: timeLimit }, async () => {
    const { done } = inWorker(`
      import { parentPort } from 'node:worker_threads';
      import { Throttle } from ${throttleUrl};
      const throttle = new Throttle(300);
      await throttle.ready();
      await throttle.ready();
      parentPort.postMessage('through');`);
    assert.deepEqual(await done, ['through']);
  });
});
