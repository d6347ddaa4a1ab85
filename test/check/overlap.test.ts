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
  const twice = (time: number, others: readonly number[] = []) => {
    const overlap = new Overlap();
    for (const other of others) overlap.has({ file: 'a', line: 1, time: other, body: {} });
    for (const file of ['a', 'b']) overlap.has({ file, line: 1, time, body: {} });
    return [overlap.words, ...overlap.doubts];
  };
  const once = ['1 record is in two logs, equal to the millisecond: counted once'];
  assert.deepEqual(twice(2001), once);
  // A clock that counts milliseconds comes to a whole second as well.
  const manyOthers = Array.from({ length: 50 }, (_, index) => index + 1);
  assert.deepEqual(twice(2000, manyOthers), once);
  assert.deepEqual(twice(2000), [
    '1 record is in two logs, equal to the second: counted once',
    '1 record is in two logs, equal to the second: with times in whole seconds it is not known whether it was sent once or twice',
  ]);
});

test('under one id within a second, another log may be that of another hop, or the request was sent again', () => {
  const twice = (others: object, ms = 3) => {
    const overlap = new Overlap();
    const first = {
      file: 'client',
      line: 1,
      time: 2001,
      requestId: 'r-1',
      status: 200,
      body: { query: 'a' },
    };
    overlap.has(first);
    const isTold = overlap.has({ ...first, file: 'proxy', time: first.time + ms, ...others });
    return [isTold, ...overlap.doubts];
  };
  const [isTold, doubt, ...more] = twice({});
  assert.deepEqual([isTold, more], [true, []]);
  assert.match(
    doubt as string,
    /^1 request is in two logs under one id, less than a second apart: it is not known/,
  );
  for (const others of [
    { file: 'client' },
    { requestId: 'r-2' },
    { requestId: undefined },
    { body: { query: 'b' } },
    { status: 503 },
  ])
    assert.deepEqual(twice(others), [false], JSON.stringify(others));
  assert.deepEqual(twice({}, 1000), [false]);
});

test('three hops are one after the other; what one of them has again was sent again', () => {
  const told = (...seen: [file: string, ms: number][]) => {
    const overlap = new Overlap();
    const request = { line: 1, requestId: 'r-1', status: 200, body: { query: 'a' } };
    return seen.map(([file, ms]) => overlap.has({ ...request, file, time: 2001 + ms }));
  };
  assert.deepEqual(told(['client', 0], ['proxy', 700], ['gateway', 1200]), [false, true, true]);
  assert.deepEqual(told(['gateway', 1200], ['proxy', 700], ['client', 0]), [false, true, true]);
  assert.deepEqual(told(['client', 0], ['proxy', 700], ['client', 1200], ['proxy', 1900]), [
    ...[false, true],
    ...[false, true],
  ]);
  assert.deepEqual(told(['client', 0], ['proxy', 700], ['gateway', 1700]), [false, true, false]);
});
