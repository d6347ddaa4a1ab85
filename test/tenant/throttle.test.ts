// No more requests per minute than allowed, whatever the number of threads that send them.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startThrottle, Throttle } from '../../src/tenant/throttle.ts';
import { timeLimit } from '../time-limit.ts';
import { inWorker } from './worker.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const end of open.splice(0)) end.close();
});

function opened<T extends { close(): void }>(end: T): T {
  open.push(end);
  return end;
}

/** Shorter than the pause between two requests at one per minute: the test must not wait for that. */
const noPause = { timeout: 55_000 };

const throttleUrl = JSON.stringify(new URL('../../src/tenant/throttle.ts', import.meta.url).href);

function withThrottle(code: string) {
  return inWorker(`
    import { parentPort } from 'node:worker_threads';
    import { startThrottle, Throttle } from ${throttleUrl};
    ${code}`);
}

/** One clock for all threads, in milliseconds. */
const clock = 'Number(process.hrtime.bigint()) / 1e6';
const now = () => Number(process.hrtime.bigint()) / 1e6;

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

  test('spaces the requests of one thread', async () => {
    opened(startThrottle(1200));
    const throttle = opened(new Throttle(1200));
    const askedAt = now();
    assertSpaced(askedAt, await slots(throttle, 6), 50);
  });

  test('does not save up slots while nobody asks', async () => {
    opened(startThrottle(1200));
    const throttle = opened(new Throttle(1200));
    await throttle.ready();
    await sleep(300);
    const askedAt = now();
    assertSpaced(askedAt, await slots(throttle, 4), 50);
  });

  test('gives the first request its slot at once', noPause, async () => {
    opened(startThrottle(1));
    await opened(new Throttle(1)).ready();
  });

  test('spaces the requests of two worker threads together', { timeout: timeLimit }, async () => {
    opened(startThrottle(600));
    const code = `
      const throttle = new Throttle(600);
      for (let n = 0; n < 5; n++) {
        const askedAt = ${clock};
        await throttle.ready();
        parentPort.postMessage([askedAt, ${clock}]);
      }`;
    // Neither closes its throttle: an open one must not keep a thread alive.
    const workers = await Promise.all([withThrottle(code).done, withThrottle(code).done]);
    const times = workers.flat() as [number, number][];
    assert.equal(times.length, 10);
    assertSpaced(
      Math.min(...times.map(([askedAt]) => askedAt)),
      times.map(([, slotAt]) => slotAt),
      100,
    );
  });

  test('gives slots in the order of asking', async () => {
    opened(startThrottle(6000));
    const [one, two] = [opened(new Throttle(6000)), opened(new Throttle(6000))];
    const order: string[] = [];
    await Promise.all(
      [one, two, one, two].map(async (throttle, index) => {
        await throttle.ready();
        order.push(`${index}`);
      }),
    );
    assert.deepEqual(order, ['0', '1', '2', '3']);
  });

  test('that is closed leaves nobody waiting', async () => {
    const main = startThrottle(1);
    const throttle = opened(new Throttle(1));
    await throttle.ready();
    const waiting = assert.rejects(throttle.ready(), /throttle was closed/);
    main.close();
    await waiting;
  });

  test('keeps no process alive by itself', noPause, async () => {
    const { done } = withThrottle(`
      startThrottle(1);
      const throttle = new Throttle(1);
      await throttle.ready();
      // Its slot would come in a minute.
      throttle.ready().catch(() => parentPort.postMessage('given up'));
      setTimeout(() => throttle.close(), 100);`);
    assert.deepEqual(await done, ['given up']);
  });

  test('keeps a thread alive that waits for its slot', { timeout: timeLimit }, async () => {
    opened(startThrottle(300));
    const { done } = withThrottle(`
      const throttle = new Throttle(300);
      await throttle.ready();
      await throttle.ready();
      parentPort.postMessage('through');`);
    assert.deepEqual(await done, ['through']);
  });
});
