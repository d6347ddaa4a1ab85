// What a run says of a tenant that limits the rate: the number that gets through, and the setting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { rateLimitInWords } from '../../src/verdict/rate-limit.ts';

interface Sent {
  /** Seconds. */
  at: number;
  rateLimited?: number;
  failed?: true;
}

function said(...sent: Sent[]): string[] {
  const exchanges = sent.map(({ at, rateLimited, failed }) => ({
    startedAt: at * 1000,
    durationMs: 0,
    ...(rateLimited === undefined ? {} : { rateLimited }),
    ...(failed ? { failure: {} } : {}),
  }));
  return rateLimitInWords([{ record: { exchanges } }, {}] as unknown as ScenarioResult[]);
}

const everySecond = (from: number, to: number): Sent[] =>
  Array.from({ length: to - from }, (_, index) => ({ at: from + index }));

test('nothing, when no request was answered 429', () => assert.deepEqual(said(...everySecond(0, 100)), []));

test('how many a minute got through after the first 429', () => {
  assert.deepEqual(said(...everySecond(0, 60), { at: 60, rateLimited: 2 }, ...everySecond(61, 361)), [
    'The tenant limits the rate: it answered 429 2 times. About 60 a minute get through: MAX_REQUESTS_PER_MINUTE=60 keeps a run below the limit.',
  ]);
});

test('how many came in the minute before, when the run was over soon', () => {
  const [words] = said({ at: 1 }, ...everySecond(100, 130), { at: 130, rateLimited: 1, failed: true });
  assert.match(words!, /it answered 429 once\. About 30 a minute get through: MAX_REQUESTS_PER_MINUTE=30 /);
});

test('only the setting, when nothing got through', () => {
  const [words] = said({ at: 1, rateLimited: 7, failed: true });
  assert.equal(
    words,
    'The tenant limits the rate: it answered 429 7 times. MAX_REQUESTS_PER_MINUTE keeps a run below a limit.',
  );
});

test('of a shard, what all of them together may send', () => {
  const exchanges = [...everySecond(0, 60), { at: 60, rateLimited: 1 }, ...everySecond(61, 361)].map(
    (one) => ({
      ...one,
      startedAt: one.at * 1000,
      durationMs: 0,
    }),
  );
  const [words] = rateLimitInWords([{ record: { exchanges } }] as unknown as ScenarioResult[], 4);
  assert.match(words!, /MAX_REQUESTS_PER_MINUTE=240 /);
});
