// The newest conversations, without a look at the others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSenderProfile } from '../../src/protocol/sent-request.ts';
import { LiveCheck } from '../../src/recorder/live/live-check.ts';
import { Recency } from '../../src/recorder/live/recency.ts';
import { entryOfExchange } from '../../src/recorder/record/to-log-entry.ts';
import { entry, path } from './wire-sender.ts';

test('the latest request counts, and what is deleted is gone', () => {
  const recency = new Recency();
  for (const id of ['a', 'b', 'c', 'a', 'a', 'b', 'd']) recency.touch(id);
  assert.deepEqual([...recency.ids()], ['d', 'b', 'a', 'c']);
  for (const id of recency.ids()) if (id !== 'a') recency.delete(id);
  recency.delete('never');
  assert.deepEqual([[...recency.ids()], recency.size], [['a'], 1]);
  recency.touch('e');
  assert.deepEqual([...recency.ids()], ['e', 'a']);
});

test('one of 20,000 conversations costs what one costs', () => {
  const check = new LiveCheck({
    profile: defaultSenderProfile,
    idleMs: 1e9,
    onOver: () => {},
    onLoose: () => {},
  });
  const count = 20_000;
  for (let number = 0; number < count; number += 1) {
    const request = {
      method: 'POST',
      url: `http://r${path}`,
      headers: {},
      body: entry.replace('"c"', `"c-${number}"`),
    };
    const answer = { status: 200, headers: {}, body: 'OK' };
    const exchange = { request, answer, startedAt: 1e12 + number, durationMs: 1, attempts: 1 };
    check.take(entryOfExchange(exchange, { file: 'x', line: number + 1 }));
  }
  const timed = (act: () => unknown) => {
    const started = performance.now();
    act();
    return performance.now() - started;
  };
  const all = timed(() => assert.equal([...check.newest()].length, count));
  const hundred = timed(() => {
    for (let time = 0; time < 100; time += 1) {
      assert.equal(check.newest().next().value!.checked.conversationId, `c-${count - 1}`);
    }
  });
  assert.ok(hundred < all, `a hundred times one: ${hundred} ms; all: ${all} ms`);
});
