import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Over, type Past, RecentEnds } from '../../src/check/recent-ends.ts';

const past = (over: Over): Past => ({ over, verdict: 'pass', until: undefined });

test('the youngest are known, and how they were over; the oldest are forgotten', () => {
  const ends = new RecentEnds();
  ends.add('first', past('ended'));
  for (let id = 0; id < 60_000; id += 1) ends.add(`c-${id}`, past('idle'));
  assert.equal(ends.get('first')?.over, 'ended');
  assert.equal(ends.get('c-59999')?.over, 'idle');
  assert.equal(ends.get('never'), undefined);
  for (let id = 60_000; id < 120_000; id += 1) ends.add(`c-${id}`, past('idle'));
  assert.equal(ends.get('first'), undefined);
  assert.equal(ends.get('c-119999')?.over, 'idle');
});
