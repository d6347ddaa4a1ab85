// How many requests a run will send, and how long that takes: said before it begins, and while it goes on.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Forecast, TimeLeft } from '../../src/report/time-left.ts';

/** Scenarios with so many requests each. */
const expected = (...counts: number[]): Forecast['expected'] & object => ({
  byScenario: Object.fromEntries(counts.map((count, index) => [`${index + 1}`, count])),
});

suite('Before a run', () => {
  const announced: [string, Forecast, string | undefined][] = [
    ['nothing is known', {}, undefined],
    ['nothing is sent', { expected: expected(0, 0) }, undefined],
    ['it is over soon', { expected: expected(3, 4), latencyMs: 5 }, '2 scenarios with about 7 requests'],
    [
      'the limit decides',
      { expected: expected(900, 880), perMinute: 60, workers: 8, latencyMs: 100 },
      '2 scenarios with about 1,780 requests, about 30 min at 60 a minute, more if the tenant has defects',
    ],
    [
      'the tenant is slower than the limit',
      { expected: expected(1000), perMinute: 600, latencyMs: 496 },
      '1 scenario with about 1,000 requests, about 8 min 20 s at 496 ms an answer',
    ],
    [
      'workers share the waiting',
      { expected: expected(8000), workers: 8, latencyMs: 96 },
      '1 scenario with about 8,000 requests, about 1 min 40 s at 96 ms an answer',
    ],
    [
      'the limit is low',
      { expected: expected(1980), perMinute: 10 },
      '1 scenario with about 1,980 requests, about 3 h 18 min at 10 a minute, more if the tenant has defects',
    ],
    [
      'the last run has shown it',
      { expected: { ...expected(1404), asInTheLastRun: true }, perMinute: 60 },
      '1 scenario with about 1,404 requests as in the last run, about 23 min at 60 a minute',
    ],
    [
      'the tenant accepts anything',
      {
        expected: { ...expected(600, 400), factorIfAnythingIsTaken: 1.25 },
        takesAnything: true,
        perMinute: 60,
      },
      '2 scenarios with about 1,250 requests, as the tenant accepts what it should refuse, about 21 min at 60 a minute',
    ],
    [
      'the tenant accepts anything, which the last run has shown',
      {
        expected: { ...expected(1404), asInTheLastRun: true, factorIfAnythingIsTaken: 1.25 },
        takesAnything: true,
        perMinute: 60,
      },
      '1 scenario with about 1,404 requests as in the last run, about 23 min at 60 a minute',
    ],
    [
      'some of it is guessed',
      { expected: { byScenario: { 1: 5.26, 2: 40 } }, perMinute: 60 },
      '2 scenarios with about 45 requests, about 45 s at 60 a minute, more if the tenant has defects',
    ],
  ];
  for (const [name, forecast, said] of announced) {
    test(name, () => assert.equal(new TimeLeft(forecast).announcement(), said));
  }
});

suite('While it goes on', () => {
  test('what is left is by the pace that was announced at first, and then by that of the run', () => {
    const time = new TimeLeft({ expected: expected(10, 30, 120), perMinute: 60 });
    time.ended('1', 10);
    assert.equal(time.left(500), '2 min 30 s left');
    // Half as fast as allowed.
    time.ended('2', 30);
    assert.equal(time.left(80_000), '4 min 0 s left');
    time.ended('3', 120);
    assert.equal(time.left(320_000), '');
  });

  test('scenarios that send less than expected bring the end nearer', () => {
    const time = new TimeLeft({ expected: expected(100, 100), perMinute: 60 });
    time.ended('1', 20);
    assert.equal(time.left(20_000), '1 min 40 s left');
  });

  test('nothing is said of a few seconds, or when nothing is known', () => {
    assert.equal(new TimeLeft({ expected: expected(9), perMinute: 60 }).left(0), '');
    assert.equal(new TimeLeft({}).left(1000), '');
  });
});
