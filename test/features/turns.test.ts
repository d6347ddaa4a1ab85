// What is sent to explain a refusal is on its way alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { Turns } from '../../steps/turns.ts';

test('a turn that is alone waits for those on their way, and holds the next ones back', async () => {
  const turns = new Turns();
  const [refused, other] = [await turns.begin(), await turns.begin()];
  const log: string[] = [];
  const alone = refused.alone().then(() => log.push('alone'));
  const next = turns.begin().then((turn) => {
    log.push('next');
    return turn;
  });
  await soon();
  assert.deepEqual(log, []);
  other.end();
  await alone;
  await soon();
  assert.deepEqual(log, ['alone']);
  refused.end();
  assert.equal((await next).isShared, false);
  assert.deepEqual(log, ['alone', 'next']);
  assert.equal(refused.isShared, true);
});

test('two that want to be alone follow each other', async () => {
  const turns = new Turns();
  const both = [await turns.begin(), await turns.begin()];
  let atOnce = 0;
  await Promise.all(
    both.map(async (turn) => {
      await turn.alone();
      atOnce += 1;
      assert.equal(atOnce, 1);
      await soon();
      atOnce -= 1;
      turn.end();
    }),
  );
  assert.deepEqual(
    both.map(({ isShared }) => isShared),
    [true, true],
  );
  assert.equal(turns.number, 0);
});
