// The table of the design, written out again by hand, so that nobody changes the policy by accident.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { exitCodes } from '../../src/system/exit-codes.ts';
import {
  type Outcome,
  type RunVerdict,
  requirementVerdict,
  runVerdict,
  scenarioVerdict,
  severity,
  type Verdict,
  verdictOf,
  worst,
} from '../../src/verdict/policy.ts';

type Row = [outcome: Outcome, must: Verdict, should: Verdict, may: Verdict];

const asDesigned: Row[] = [
  ['holds', 'pass', 'pass', 'pass'],
  ['broken', 'fail', 'warning', 'recorded'],
  ['broken, as is known', 'known-deviation', 'known-deviation', 'recorded'],
  ['holds, though listed as broken', 'unexpected-pass', 'unexpected-pass', 'recorded'],
  ['transport failed', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['the answer shows nothing', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['not reached', 'inconclusive', 'inconclusive', 'inconclusive'],
  ['not declared', 'not-applicable', 'not-applicable', 'not-applicable'],
  ['observed', 'recorded', 'recorded', 'recorded'],
  ['observed to have changed', 'warning', 'warning', 'warning'],
  ['the harness threw', 'harness-error', 'harness-error', 'harness-error'],
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
  'harness-error',
  'fail',
  'unexpected-pass',
  'inconclusive',
  'warning',
  'known-deviation',
  'recorded',
  'pass',
  'not-applicable',
];

suite('The worst of some verdicts', () => {
  test('has an order that contains every verdict once', () => {
    assert.deepEqual(severity, worstFirst);
    const possible = new Set(asDesigned.flatMap(([, ...verdicts]) => verdicts));
    assert.deepEqual(new Set(severity), possible);
  });
  for (const [index, worse] of worstFirst.entries()) {
    test(`${worse} is not hidden by a better verdict`, () => {
      for (const better of worstFirst.slice(index)) {
        assert.equal(worst([better, worse]), worse);
        assert.equal(worst([worse, better, better]), worse);
      }
    });
  }
  test('of no verdicts is undefined', () => assert.equal(worst([]), undefined));
});

suite('The verdict on a scenario', () => {
  type Case = [
    name: string,
    checks: [Outcome, Verdict][],
    observed: Verdict[],
    expected: Verdict | undefined,
  ];
  const cases: Case[] = [
    ['of no checks is undefined', [], [], undefined],
    [
      'is the worst of its checks',
      [
        ['holds', 'pass'],
        ['broken', 'warning'],
      ],
      [],
      'warning',
    ],
    [
      'is inconclusive when something was not reached',
      [
        ['holds', 'pass'],
        ['not reached', 'inconclusive'],
      ],
      [],
      'inconclusive',
    ],
    [
      'is a fail, whatever else was not reached',
      [
        ['broken', 'fail'],
        ['not reached', 'inconclusive'],
      ],
      [],
      'fail',
    ],
    [
      'is a warning, though the warning ended it',
      [
        ['broken', 'warning'],
        ['not reached', 'inconclusive'],
      ],
      [],
      'warning',
    ],
    [
      'is a known deviation, though the deviation ended it',
      [
        ['broken, as is known', 'known-deviation'],
        ['not reached', 'inconclusive'],
      ],
      [],
      'known-deviation',
    ],
    [
      'is inconclusive when transport failed after a warning',
      [
        ['broken', 'warning'],
        ['transport failed', 'inconclusive'],
      ],
      [],
      'inconclusive',
    ],
    ['is that of its observations when it checks nothing', [], ['recorded', 'warning'], 'warning'],
    ['counts an observation besides its checks', [['holds', 'pass']], ['warning'], 'warning'],
  ];
  for (const [name, checks, observed, expected] of cases) {
    test(name, () => {
      const shown = checks.map(([outcome, verdict]) => ({ outcome, verdict }));
      assert.equal(scenarioVerdict(shown, observed), expected);
      assert.equal(scenarioVerdict(shown.toReversed(), observed), expected);
    });
  }
});

suite('The verdict on a requirement over several scenarios', () => {
  type Given = [outcome: Outcome, verdict: Verdict, tolerated?: boolean];
  const cases: [name: string, given: Given[], expected: Verdict | undefined][] = [
    ['of no checks is undefined', [], undefined],
    [
      'is the worst',
      [
        ['holds', 'pass'],
        ['broken', 'fail'],
      ],
      'fail',
    ],
    [
      'is inconclusive when transport failed once',
      [
        ['holds', 'pass'],
        ['transport failed', 'inconclusive'],
      ],
      'inconclusive',
    ],
    [
      'is inconclusive where another requirement failed first',
      [
        ['holds', 'pass'],
        ['not reached', 'inconclusive'],
      ],
      'inconclusive',
    ],
    [
      'is a pass where a tolerated breach came first, but others decided',
      [
        ['not reached', 'inconclusive', true],
        ['holds', 'pass'],
      ],
      'pass',
    ],
    [
      'is inconclusive where a tolerated breach came first each time',
      [['not reached', 'inconclusive', true]],
      'inconclusive',
    ],
    [
      'is inconclusive where a tolerated breach came first, and others were not applicable',
      [
        ['not reached', 'inconclusive', true],
        ['not declared', 'not-applicable'],
      ],
      'inconclusive',
    ],
    ['is not applicable where every scenario is', [['not declared', 'not-applicable']], 'not-applicable'],
  ];
  for (const [name, given, expected] of cases) {
    test(name, () => {
      const all = given.map(([outcome, verdict, tolerated = false]) => ({ outcome, verdict, tolerated }));
      assert.equal(requirementVerdict(all), expected);
    });
  }
});

suite('The verdict on a run', () => {
  const nothingElse = { whole: true, notRun: 0, stoppedOnPurpose: false, error: false, usedWrongly: false };
  const of = (...verdicts: Verdict[]) =>
    runVerdict({ ...nothingElse, scenarios: verdicts, requirements: verdicts });

  test('is conformant when something was decided, and nothing is worse than a warning', () => {
    for (let mask = 0; mask < 2 ** worstFirst.length; mask++) {
      const mixture = worstFirst.filter((_, bit) => mask & (1 << bit));
      const bad = mixture.some((one) =>
        ['harness-error', 'fail', 'unexpected-pass', 'inconclusive'].includes(one),
      );
      const decided = mixture.some((one) => ['pass', 'warning', 'recorded', 'known-deviation'].includes(one));
      assert.equal(of(...mixture) === 'conformant', decided && !bad, mixture.join(', '));
    }
  });

  const cases: [Verdict[], RunVerdict][] = [
    [[], 'inconclusive'],
    [['not-applicable'], 'inconclusive'],
    [['pass', 'not-applicable'], 'conformant'],
    [['known-deviation'], 'conformant'],
    [['pass', 'fail', 'inconclusive'], 'non-conformant'],
    [['pass', 'unexpected-pass'], 'list-needs-tidying'],
    [['fail', 'unexpected-pass'], 'non-conformant'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['fail', 'harness-error'], 'error'],
  ];
  for (const [verdicts, expected] of cases) {
    test(`of ${verdicts.join(', ') || 'nothing at all'} is ${expected}`, () =>
      assert.equal(of(...verdicts), expected));
  }

  test('is partial, never conformant, when only a part of the suite was selected', () => {
    const part = { ...nothingElse, whole: false };
    assert.equal(runVerdict({ ...part, scenarios: ['pass'], requirements: ['pass'] }), 'partial');
    assert.equal(runVerdict({ ...part, scenarios: ['pass'], requirements: [] }), 'inconclusive');
    assert.equal(runVerdict({ ...part, scenarios: ['fail'], requirements: ['fail'] }), 'non-conformant');
  });
  test('is inconclusive when scenarios only recorded, and no requirement was decided', () => {
    assert.equal(runVerdict({ ...nothingElse, scenarios: ['recorded'], requirements: [] }), 'inconclusive');
  });
  test('is inconclusive when a requirement was only ever inconclusive', () => {
    const figures = { ...nothingElse, scenarios: ['pass' as const], requirements: ['inconclusive' as const] };
    assert.equal(runVerdict(figures), 'inconclusive');
  });
  test('is an error when fewer scenarios ran than were selected, unless the tenant fails', () => {
    const short = { ...nothingElse, notRun: 1, requirements: ['pass' as const] };
    assert.equal(runVerdict({ ...short, scenarios: ['pass'] }), 'error');
    assert.equal(runVerdict({ ...short, scenarios: ['fail'] }), 'non-conformant');
  });
  test('is inconclusive when it was interrupted', () => {
    const short = { ...nothingElse, notRun: 1, stoppedOnPurpose: true, requirements: ['pass' as const] };
    assert.equal(runVerdict({ ...short, scenarios: ['pass'] }), 'inconclusive');
  });
  test('is an error when the harness failed around it', () => {
    const broken = { ...nothingElse, error: true, requirements: ['fail' as const] };
    assert.equal(runVerdict({ ...broken, scenarios: ['fail'] }), 'error');
  });
  test('is an error when the list of known deviations has to be corrected, unless the tenant fails', () => {
    const wrong = { ...nothingElse, usedWrongly: true, requirements: ['pass' as const] };
    assert.equal(runVerdict({ ...wrong, scenarios: ['pass'] }), 'error');
    assert.equal(runVerdict({ ...wrong, scenarios: ['pass', 'fail'] }), 'non-conformant');
  });
  test('has an exit code', () => {
    const codes: Record<RunVerdict, number> = {
      conformant: 0,
      partial: 0,
      'non-conformant': 1,
      'list-needs-tidying': 1,
      error: 2,
      inconclusive: 3,
    };
    assert.deepEqual(exitCodes, codes);
  });
});
