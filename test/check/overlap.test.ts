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

test('equal to the second is not equal to the millisecond: two nodes may have sent the same', () => {
  const twice = (precision: { timeInSeconds?: true }) => {
    const overlap = new Overlap();
    const record = { line: 1, time: 2000, body: {}, ...precision };
    for (const file of ['a', 'b']) overlap.has({ file, ...record });
    return [overlap.words, overlap.doubt];
  };
  assert.deepEqual(twice({}), ['1 record is in two logs, equal to the millisecond: counted once', undefined]);
  assert.deepEqual(twice({ timeInSeconds: true }), [
    '1 record is in two logs, equal to the second: counted once',
    '1 record is in two logs, equal to the second: with times in whole seconds it is not known whether it was sent once or twice',
  ]);
});
