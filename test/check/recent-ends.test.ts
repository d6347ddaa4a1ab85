import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentEnds } from '../../src/check/recent-ends.ts';

test('the youngest are known, and how they were over; the oldest are forgotten', () => {
  const ends = new RecentEnds();
  ends.add('first', 'ended');
  for (let id = 0; id < 60_000; id += 1) ends.add(`c-${id}`, 'idle');
  assert.equal(ends.get('first'), 'ended');
  assert.equal(ends.get('c-59999'), 'idle');
  assert.equal(ends.get('never'), undefined);
  for (let id = 60_000; id < 120_000; id += 1) ends.add(`c-${id}`, 'idle');
  assert.equal(ends.get('first'), undefined);
  assert.equal(ends.get('c-119999'), 'idle');
});
