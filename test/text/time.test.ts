import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration, formatInstant } from '../../src/text/time.ts';

test('an instant in words, in UTC', () => {
  assert.equal(formatInstant('2026-07-01T05:00:59+02:00'), '2026-07-01 03:00 UTC');
  assert.equal(formatInstant('yesterday'), 'yesterday');
});

test('a duration in seconds, from a minute on in minutes', () => {
  assert.deepEqual([0, 5149, 59_949, 59_950, 754_000].map(formatDuration), [
    '0.0 s',
    '5.1 s',
    '59.9 s',
    '1 min 0 s',
    '12 min 34 s',
  ]);
});
