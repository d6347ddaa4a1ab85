// How many records are remembered, to see whether logs overlap.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Overlap } from '../../src/check/overlap.ts';

test('records are remembered for a while: the two latest generations of them', () => {
  const overlap = new Overlap(2);
  const inOther = (time: number, file = 'b') => overlap.has({ file, line: 1, time, body: {} });
  for (const time of [1, 2, 3, 4]) assert.equal(inOther(time, 'a'), false);
  assert.deepEqual(
    [1, 2, 3, 4].map((time) => inOther(time)),
    [true, true, true, true],
  );
  assert.equal(inOther(5, 'a'), false);
  // What is new is remembered as well, so the old ones come last.
  assert.deepEqual(
    [3, 4, 5, 1].map((time) => inOther(time)),
    [true, true, true, false],
  );
  assert.equal(overlap.count, 7);
});
