// Several conversations go on at the same time: each to its end, and no more than that many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inLanes } from '../../steps/lanes.ts';

test('all items are dealt with, at most that many at a time', async () => {
  let active = 0;
  let most = 0;
  const done: number[] = [];
  await inLanes(3, [1, 2, 3, 4, 5, 6, 7], async (item) => {
    most = Math.max(most, ++active);
    await sleep(2);
    active -= 1;
    done.push(item);
  });
  assert.deepEqual(done.toSorted(), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(most, 3);
});

test('one that fails stops no other; the first error is thrown at the end', async () => {
  const done: number[] = [];
  const act = async (item: number) => {
    await sleep(1);
    if (item < 3) throw new Error(`item ${item}`);
    done.push(item);
  };
  await assert.rejects(inLanes(2, [1, 2, 3, 4], act), /item 1/);
  assert.deepEqual(done, [3, 4]);
});
