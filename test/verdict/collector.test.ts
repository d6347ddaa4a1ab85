// The verdict on a scenario, read from cucumber's messages: a check that did not happen never looks like a pass.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { assertion, bug, check, inconclusive, must, Run, recordOf, type Step, should } from './sample-run.ts';

suite('A scenario', () => {
  test('that shows all of its claims is a pass, and has its file and line', () => {
    const record = recordOf([check('pass')]);
    const result = new Run().whole(['PASSED', 'PASSED'], record);
    assert.deepEqual(result, {
      name: 'A call is answered',
      uri: 'features/a.feature',
      line: 7,
      tags: [`@${must}`],
      feature: 'Answers',
      rule: 'Success is 200',
      verdict: 'pass',
      durationMs: 1500,
      record,
    });
  });

  test('whose assertion failed is a fail, with the finding as its reason', () => {
    const run = new Run();
    const result = run.whole(['PASSED', assertion, 'SKIPPED', 'PASSED'], recordOf([check('fail')], 'short'));
    assert.equal(result.verdict, 'fail');
    assert.equal(result.reason, 'HOOKS-RESP-01 (must)  the tenant answered 202');
  });

  test('that breaks a should is a warning, and says which', () => {
    const record = recordOf([check('pass'), check('warning', should, 'the answer has no message')]);
    const result = new Run().whole(['PASSED'], record);
    assert.equal(result.verdict, 'warning');
    assert.match(result.reason ?? '', /the answer has no message/);
  });

  test('whose transport failed is inconclusive', () => {
    const run = new Run();
    const result = run.whole([inconclusive, 'SKIPPED'], recordOf([check('inconclusive')], 'ENTRY: hang up'));
    assert.equal(result.verdict, 'inconclusive');
    assert.equal(result.reason, 'ENTRY: socket hang up');
  });

  test('whose settings are not declared is not applicable, and names them', () => {
    const record = recordOf([check('not-applicable')], 'not set: TENANT_ORG_ID');
    const result = new Run().whole(['PASSED', 'SKIPPED', 'SKIPPED', 'PASSED'], record);
    assert.equal(result.verdict, 'not-applicable');
    assert.equal(result.reason, 'not set: TENANT_ORG_ID');
  });

  test('that only observes is not applicable too when settings are missing', () => {
    const result = new Run().whole(['SKIPPED'], recordOf([], 'not set: TENANT_ORG_ID'));
    assert.equal(result.verdict, 'not-applicable');
  });

  test('that is skipped half-way because a setting is missing is not a pass', () => {
    const record = recordOf([check('pass'), check('not-applicable', should)], 'not set: TENANT_ORG_ID');
    assert.equal(new Run().whole(['PASSED', 'SKIPPED'], record).verdict, 'not-applicable');
  });

  test('that only observes is recorded', () => {
    const observation = {
      ambiguity: 'X-16' as const,
      question: 'a second end',
      answer: '200',
      verdict: 'recorded' as const,
    };
    const record = { ...recordOf([]), observations: [observation] };
    assert.equal(new Run().whole(['PASSED'], record).verdict, 'recorded');
  });

  test('that observes a change is a warning, and says which', () => {
    const observation = {
      ambiguity: 'X-16' as const,
      question: 'a second end',
      answer: '409',
      was: '200',
      verdict: 'warning' as const,
    };
    const result = new Run().whole(['PASSED'], { ...recordOf([]), observations: [observation] });
    assert.equal(result.verdict, 'warning');
    assert.equal(result.reason, 'on a second end the tenant used to answer 200, now 409');
  });

  test('with a known deviation says which, and why it is tolerated', () => {
    const known = check('known-deviation', must, 'the tenant answered 202');
    const deviation = {
      requirement: must,
      message: '202',
      reason: 'fixed in May',
      place: 'known-deviations.yaml:2',
    };
    const record = recordOf([{ ...known, outcome: 'broken, as is known', deviation }]);
    const result = new Run().whole(['PASSED'], record);
    assert.equal(result.verdict, 'known-deviation');
    assert.match(result.reason ?? '', /the tenant answered 202[\s\S]*known +fixed in May/);
  });

  test('whose claims were not all reached is not a pass, even when every step passed', () => {
    const missed = { ...check('inconclusive', should), outcome: 'not reached' as const };
    const record = recordOf([check('pass'), missed]);
    assert.equal(new Run().whole(['PASSED'], record).verdict, 'inconclusive');
  });

  test('with a failed check is a fail, even when every step passed', () => {
    assert.equal(new Run().whole(['PASSED'], recordOf([check('fail')])).verdict, 'fail');
  });
});

suite('The harness is at fault, not the tenant', () => {
  for (const status of ['UNDEFINED', 'AMBIGUOUS', 'PENDING', 'UNKNOWN'] as const) {
    test(`with a step that is ${status}`, () => {
      const run = new Run();
      const result = run.whole([status, 'SKIPPED'], recordOf([check('pass')]));
      assert.equal(result.verdict, 'harness-error');
    });
  }

  test('with any other error', () => {
    const result = new Run().whole([bug, 'SKIPPED'], recordOf([check('harness-error')]));
    assert.equal(result.verdict, 'harness-error');
    assert.equal(result.reason, 'x is not a function');
  });

  test('with an error that has no type', () => {
    const run = new Run();
    assert.equal(run.whole(['FAILED'], recordOf([check('pass')])).verdict, 'harness-error');
  });

  test('with a hook that fails after the steps have passed', () => {
    const hook: Step = { type: 'Error', message: 'The scenario shows less than it says' };
    const result = new Run().whole(['PASSED', hook], recordOf([check('pass')]));
    assert.equal(result.verdict, 'harness-error');
    assert.equal(result.reason, 'The scenario shows less than it says');
  });

  test('with a hook that fails before the steps, so that nothing is recorded', () => {
    assert.equal(new Run().whole([bug, 'SKIPPED', 'SKIPPED']).verdict, 'harness-error');
  });

  test('with a hook and a step that fail: the worse verdict counts, with its reason', () => {
    for (const step of [assertion, inconclusive]) {
      const result = new Run().whole([step, 'SKIPPED', bug], recordOf([check('fail')]));
      assert.equal(result.verdict, 'harness-error');
      assert.equal(result.reason, 'x is not a function');
    }
  });

  test('with a failed assertion but no failed check in the record', () => {
    assert.equal(new Run().whole([assertion], recordOf([check('harness-error')])).verdict, 'harness-error');
    assert.equal(new Run().whole([assertion]).verdict, 'harness-error');
  });

  test('with a scenario that passes but leaves no record, so that nothing shows what was sent', () => {
    const run = new Run();
    assert.equal(run.whole(['PASSED', 'PASSED']).verdict, 'harness-error');
    assert.equal(run.whole([]).verdict, 'harness-error');
  });
});
