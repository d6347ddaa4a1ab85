// The results of a run, read from cucumber's messages: missing, retried and parallel scenarios, and errors around the run.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import type { Verdict } from '../../src/verdict/policy.ts';
import { assertion, check, inconclusive, must, Run, recordOf, should } from './sample-run.ts';

suite('A scenario that did not run', () => {
  test('has no verdict when it was skipped without a reason (Ctrl-C)', () => {
    const result = new Run().whole(['PASSED', 'SKIPPED'], recordOf([check('inconclusive')]));
    assert.equal(result.verdict, undefined);
    assert.equal(new Run().whole(['SKIPPED', 'SKIPPED']).verdict, undefined);
  });

  test('is selected, but has no result, when it never started or never ended', () => {
    const run = new Run();
    run.select('never started');
    run.steps(run.start(run.select('never ended')), ['PASSED']);
    run.whole(['PASSED'], recordOf([check('pass')]));
    assert.equal(run.collector.selected, 3);
    assert.deepEqual(
      run.collector.results.map((result) => result.verdict),
      ['pass'],
    );
  });

  test('does not exist in a run without scenarios', () => {
    const { collector, requirements } = new Run();
    assert.equal(collector.selected, 0);
    assert.deepEqual(collector.results, []);
    assert.deepEqual(requirements, new Map());
  });
});

suite('An attempt that is retried', () => {
  test('counts once, with its last verdict', () => {
    const run = new Run();
    const testCase = run.select();
    const first = run.start(testCase, 0);
    run.steps(first, [inconclusive]);
    run.attach(first, recordOf([check('inconclusive')], 'ENTRY: hang up'));
    run.finish(first, true);
    assert.deepEqual(run.results, []);
    const second = run.start(testCase, 1);
    run.steps(second, ['PASSED']);
    run.attach(second, recordOf([check('pass')]));
    run.finish(second);
    assert.equal(run.collector.selected, 1);
    assert.deepEqual(
      run.results.map(({ verdict, reason, before }) => [verdict, reason, before]),
      [['pass', undefined, 'inconclusive']],
    );
    assert.deepEqual(run.requirements, new Map([[must, 'pass']]));
  });
});

suite('A requirement', () => {
  test('gets the worst verdict of its scenarios', () => {
    const run = new Run();
    run.whole(['PASSED'], recordOf([check('pass'), check('warning', should)]));
    run.whole([assertion], recordOf([check('pass'), check('fail'), check('pass', should)]));
    run.whole(['PASSED'], recordOf([check('pass')]));
    const expected = new Map<RequirementId, Verdict>([
      [must, 'fail'],
      [should, 'warning'],
    ]);
    assert.deepEqual(run.requirements, expected);
  });
});

suite('Scenarios that run at the same time', () => {
  test('do not get each other’s steps and records', () => {
    const run = new Run();
    const [left, right] = [run.start(run.select('left')), run.start(run.select('right'))];
    run.steps(left, ['PASSED']);
    run.steps(right, [assertion]);
    run.attach(right, recordOf([check('fail')]));
    run.attach(left, recordOf([check('pass')]));
    run.finish(right);
    run.finish(left);
    assert.deepEqual(
      run.results.map(({ name, verdict }) => [name, verdict]),
      [
        ['right', 'fail'],
        ['left', 'pass'],
      ],
    );
  });

  test('other attachments are not records', () => {
    const run = new Run();
    const attempt = run.start(run.select());
    run.steps(attempt, ['PASSED']);
    run.attach(attempt, recordOf([check('fail')]));
    run.attach(attempt, recordOf([check('pass')]), 'application/json');
    run.finish(attempt);
    assert.equal(run.results[0]?.verdict, 'fail');
  });
});

suite('An error around the run', () => {
  test('of a hook is kept', () => {
    const run = new Run();
    run.say({ testRunHookFinished: { result: { status: 'PASSED' } } });
    assert.equal(run.collector.exception, undefined);
    run.say({ testRunHookFinished: { result: { status: 'FAILED', message: 'ENOENT: evidence.ndjson' } } });
    assert.equal(run.collector.exception, 'ENOENT: evidence.ndjson');
  });

  test('of a worker is kept', () => {
    const run = new Run();
    run.say({
      testRunFinished: { success: false, exception: { type: 'Error', message: 'Worker 1 exited' } },
    });
    assert.equal(run.collector.exception, 'Worker 1 exited');
  });

  test('does not exist when the run ended well, or with failed scenarios only', () => {
    const run = new Run();
    run.say({ testRunFinished: { success: false } });
    assert.equal(run.collector.exception, undefined);
  });
});
