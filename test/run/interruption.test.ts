// What a step has done is forgotten once it is done, however long the run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { announceInterrupt, listenForInterrupt } from '../../src/run/interrupt.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('work that is done leaves nothing with the interruption', async () => {
  const interruption = listenForInterrupt();
  const done = async () => {
    const result = { scenario: 'x'.repeat(100) };
    assert.equal(await interruption.orSkipped(Promise.resolve(result)), result);
    return new WeakRef(result);
  };
  const failed = async () => {
    const error = new Error('no');
    await assert.rejects(interruption.orSkipped(Promise.reject(error)), error);
    return new WeakRef(error);
  };
  const results = [await done(), await failed()];
  await setImmediate();
  collectGarbage();
  assert.deepEqual(
    results.map((result) => result.deref()),
    [undefined, undefined],
  );
  interruption.close();
});

test('work that is not done is skipped once the run is interrupted', async () => {
  const interruption = listenForInterrupt();
  const never = Promise.withResolvers<void>();
  const [one, other] = [1, 2].map(() => interruption.orSkipped(never.promise));
  assert.equal(interruption.interrupted, false);
  // The channel alone keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  announceInterrupt();
  assert.deepEqual(await Promise.all([one, other]), ['skipped', 'skipped']);
  clearInterval(alive);
  assert.equal(interruption.interrupted, true);
  interruption.close();
});
