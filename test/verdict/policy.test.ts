// The table of the design, written out again by hand: a change of the policy has to be made twice, knowingly.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  exitCode,
  type Outcome,
  severity,
  type Verdict,
  verdictOf,
  worst,
} from '../../src/verdict/policy.ts';

type Row = [outcome: Outcome, must: Verdict, should: Verdict, may: Verdict];

const asDesigned: Row[] = [
  ['holds', 'pass', 'pass', 'pass'],
  ['broken', 'fail', 'warning', 'recorded'],
  ['the way failed', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['the twin was not accepted', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['not reached', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['not declared', 'not applicable', 'not applicable', 'not applicable'],
  ['the harness threw', 'harness error', 'harness error', 'harness error'],
];

suite('The verdict on a requirement', () => {
  for (const [outcome, must, should, may] of asDesigned) {
    test(outcome, () => {
      assert.equal(verdictOf(outcome, 'must', 'must'), must);
      assert.equal(verdictOf(outcome, 'should', 'must'), should);
      assert.equal(verdictOf(outcome, 'may', 'must'), may);
    });
    test(`${outcome}, with FAIL_ON=should`, () => {
      assert.equal(verdictOf(outcome, 'must', 'should'), must);
      assert.equal(verdictOf(outcome, 'should', 'should'), outcome === 'broken' ? 'fail' : should);
      assert.equal(verdictOf(outcome, 'may', 'should'), may, 'a may never fails');
    });
  }
});

const worstFirst: Verdict[] = [
  'harness error',
  'fail',
  'inconclusive',
  'warning',
  'recorded',
  'pass',
  'not applicable',
];

suite('The worst of some verdicts', () => {
  test('has an order in which every verdict stands once', () => {
    assert.deepEqual(severity, worstFirst);
    const possible = new Set(asDesigned.flatMap(([, ...verdicts]) => verdicts));
    assert.deepEqual(new Set(severity), possible);
  });
  for (const [index, worse] of worstFirst.entries()) {
    test(`${worse} is not hidden by what is better`, () => {
      for (const better of worstFirst.slice(index)) {
        assert.equal(worst([better, worse]), worse);
        assert.equal(worst([worse, better, better]), worse);
      }
    });
  }
  test('of none is none', () => assert.equal(worst([]), undefined));
});

suite('The exit code', () => {
  type Case = [verdicts: Verdict[], code: number];
  const cases: Case[] = [
    [[], 3],
    [['not applicable'], 3],
    [['not applicable', 'not applicable'], 3],
    [['pass'], 0],
    [['warning'], 0],
    [['recorded'], 0],
    [['pass', 'not applicable'], 0],
    [['pass', 'warning', 'recorded', 'not applicable'], 0],
    [['fail'], 1],
    [['pass', 'fail', 'pass'], 1],
    [['fail', 'inconclusive'], 1],
    [['inconclusive', 'fail'], 1],
    [['inconclusive'], 3],
    [['pass', 'inconclusive'], 3],
    [['warning', 'inconclusive', 'not applicable'], 3],
    [['harness error'], 2],
    [['pass', 'harness error'], 2],
    [['fail', 'harness error'], 2],
    [['harness error', 'fail', 'inconclusive'], 2],
    [['inconclusive', 'harness error'], 2],
  ];
  for (const [verdicts, code] of cases) {
    test(`of ${verdicts.join(', ') || 'nothing at all'} is ${code}`, () =>
      assert.equal(exitCode(verdicts), code));
  }

  test('is 0 for no mixture that holds a fail, a harness error or an inconclusive one', () => {
    for (let mask = 0; mask < 2 ** worstFirst.length; mask++) {
      const mixture = worstFirst.filter((_, bit) => mask & (1 << bit));
      const bad = mixture.some((verdict) => ['harness error', 'fail', 'inconclusive'].includes(verdict));
      const judged = mixture.some((verdict) => ['pass', 'warning', 'recorded'].includes(verdict));
      assert.equal(exitCode(mixture) === 0, judged && !bad, mixture.join(', '));
    }
  });
});
