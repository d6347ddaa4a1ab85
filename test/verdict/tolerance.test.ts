// A tolerated breach ends a scenario without failing it; checks that it did not reach may be decided by other scenarios.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { verdictOfChecks } from '../../src/verdict/checks-by-requirement.ts';
import {
  isDecided,
  isTolerated,
  type Outcome,
  scenarioVerdict,
  type Verdict,
} from '../../src/verdict/policy.ts';
import { check, must, Run, recordOf } from './sample-run.ts';

type Shown = [outcome: Outcome, verdict: Verdict];
const shown = (all: Shown[]) => all.map(([outcome, verdict]) => ({ outcome, verdict }));

suite('A scenario is tolerated', () => {
  const holds: Shown = ['holds', 'pass'];
  const warned: Shown = ['broken', 'warning'];
  const known: Shown = ['broken, as is known', 'known-deviation'];
  const failed: Shown = ['broken', 'fail'];
  const cases: [name: string, checks: Shown[], tolerated: boolean][] = [
    ['without checks', [], false],
    ['when all holds', [holds], false],
    ['with a warning', [holds, warned], true],
    ['with a known deviation', [known, holds], true],
    ['with a fail', [failed], false],
    ['with a fail besides tolerated breaches', [warned, failed, known], false],
    ['when transport failed', [['transport failed', 'inconclusive']], false],
  ];
  for (const [name, checks, tolerated] of cases) {
    test(`${name}: ${tolerated ? 'yes' : 'no'}`, () => assert.equal(isTolerated(shown(checks)), tolerated));
  }
});

test('a breach is not hidden by checks that were not reached', () => {
  const checks: Shown[] = [
    ['holds', 'pass'],
    ['broken, as is known', 'known-deviation'],
    ['not reached', 'inconclusive'],
  ];
  assert.equal(scenarioVerdict(shown(checks)), 'known-deviation');
  assert.equal(
    scenarioVerdict(
      shown([
        ['holds', 'pass'],
        ['not reached', 'inconclusive'],
      ]),
    ),
    'inconclusive',
  );
  assert.equal(scenarioVerdict([]), undefined);
});

test('a verdict is decided when it says how the tenant behaves', () => {
  const decided: Verdict[] = ['pass', 'fail', 'warning', 'recorded', 'known-deviation', 'unexpected-pass'];
  for (const verdict of decided) assert.ok(isDecided(verdict), verdict);
  const undecided: (Verdict | undefined)[] = ['inconclusive', 'not-applicable', 'harness-error', undefined];
  for (const verdict of undecided) assert.ok(!isDecided(verdict), verdict);
});

test('a check that a tolerated scenario did not reach does not outweigh what another scenario has shown', () => {
  const missed = { requirement: must, outcome: 'not reached', verdict: 'inconclusive' } as const;
  const verdictWith = (before: Verdict) => {
    const run = new Run();
    const first = run.whole(['PASSED'], recordOf([check(before, 'HOOKS-ERR-02', 'answered 202'), missed]));
    const second = run.whole(['PASSED'], recordOf([check('pass')]));
    return verdictOfChecks([
      { check: missed, result: first },
      { check: check('pass'), result: second },
    ]);
  };
  assert.equal(verdictWith('warning'), 'pass');
  assert.equal(verdictWith('fail'), 'inconclusive');
});
