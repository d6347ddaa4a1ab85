import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationMs } from '../../src/check/duration.ts';

test('a number and its unit', () => {
  const cases: [string, number][] = [
    ['500ms', 500],
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1.5h', 5_400_000],
    ['1d', 86_400_000],
  ];
  for (const [text, ms] of cases) assert.equal(durationMs(text), ms, text);
});

test('anything else is not a duration', () => {
  for (const text of ['', '30', 'm', '0s', '-5m', '5 minutes', '1e3s', '30M', 'Infinitys']) {
    assert.equal(durationMs(text), undefined, text);
  }
});
