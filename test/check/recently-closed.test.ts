import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CloseReason, type Past, RecentlyClosed } from '../../src/check/recently-closed.ts';

const past = (reason: CloseReason): Past => ({ reason, verdict: 'pass', latestTime: undefined });

test('the latest are known, and why they were closed; the oldest are forgotten', () => {
  const closed = new RecentlyClosed();
  closed.set('first', past('ended'));
  for (let id = 0; id < 60_000; id += 1) closed.set(`c-${id}`, past('idle'));
  assert.equal(closed.get('first')?.reason, 'ended');
  assert.equal(closed.get('c-59999')?.reason, 'idle');
  assert.equal(closed.get('never'), undefined);
  for (let id = 60_000; id < 120_000; id += 1) closed.set(`c-${id}`, past('idle'));
  assert.equal(closed.get('first'), undefined);
  assert.equal(closed.get('c-119999')?.reason, 'idle');
});
