// What a run came to, read from cucumber's messages: nothing that did not happen may look like a pass.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { RunCollector, type ScenarioResult, scenarioRecordType } from '../../src/verdict/collector.ts';
import { exitCode, type Verdict } from '../../src/verdict/policy.ts';
import type { Check, ScenarioRecord } from '../../src/verdict/scenario.ts';

type Status = 'PASSED' | 'FAILED' | 'SKIPPED' | 'UNDEFINED' | 'AMBIGUOUS' | 'PENDING' | 'UNKNOWN';
type Step = Status | { type: string; message: string };

const must: RequirementId = 'HOOKS-RESP-01';
const should: RequirementId = 'HOOKS-ERR-02';

function check(verdict: Verdict, requirement: RequirementId = must, message = ''): Check {
  const outcomes: Partial<Record<Verdict, Check['outcome']>> = {
    pass: 'holds',
    'not applicable': 'not declared',
  };
  const finding = { requirement, level: 'must' as const, message, expected: 'HTTP 200', actual: '500' };
  return { requirement, outcome: outcomes[verdict] ?? 'broken', verdict, ...(message ? { finding } : {}) };
}

function recordOf(checks: Check[], reason?: string): ScenarioRecord {
  return { checks, observations: [], exchanges: [], ...(reason ? { reason } : {}) };
}

/** A collector that is told of a run by hand, in the order in which cucumber tells it. */
class Run {
  readonly collector = new RunCollector();
  readonly told: ScenarioResult[] = [];
  #id = 0;

  constructor() {
    this.collector.onResult = (result) => this.told.push(result);
  }

  say(envelope: unknown): void {
    this.collector.add(envelope as Envelope);
  }

  /** @returns the id of the test case */
  select(name = 'A call is answered', tags: string[] = [`@${must}`]): string {
    const id = `${++this.#id}`;
    this.say({
      gherkinDocument: {
        uri: 'features/a.feature',
        feature: {
          name: 'Answers',
          children: [{ rule: { name: 'Success is 200', children: [{ scenario: { id: `node-${id}` } }] } }],
        },
      },
    });
    this.say({
      pickle: {
        id: `pickle-${id}`,
        uri: 'features/a.feature',
        name,
        astNodeIds: [`node-${id}`],
        tags: tags.map((tag) => ({ name: tag, astNodeId: 'x' })),
        steps: [],
        location: { line: 7, column: 3 },
      },
    });
    this.say({ testCase: { id: `case-${id}`, pickleId: `pickle-${id}`, testSteps: [] } });
    return `case-${id}`;
  }

  /** @returns the id of the attempt */
  start(testCaseId: string, attempt = 0): string {
    const id = `${testCaseId}-attempt-${attempt}`;
    const timestamp = { seconds: 100, nanos: 0 };
    this.say({ testCaseStarted: { id, testCaseId, attempt, timestamp } });
    return id;
  }

  steps(testCaseStartedId: string, steps: Step[]): void {
    for (const step of steps) {
      const failed =
        typeof step === 'string' ? {} : { exception: step, message: `${step.type}: ${step.message}` };
      const status = typeof step === 'string' ? step : 'FAILED';
      const testStepResult = { status, duration: { seconds: 0, nanos: 0 }, ...failed };
      this.say({ testStepFinished: { testCaseStartedId, testStepId: 's', testStepResult } });
    }
  }

  attach(testCaseStartedId: string, record: ScenarioRecord, mediaType = scenarioRecordType): void {
    this.say({ attachment: { testCaseStartedId, mediaType, body: JSON.stringify(record) } });
  }

  finish(testCaseStartedId: string, willBeRetried = false): void {
    const timestamp = { seconds: 101, nanos: 500_000_000 };
    this.say({ testCaseFinished: { testCaseStartedId, willBeRetried, timestamp } });
  }

  /** One scenario from its selection to its end. */
  whole(steps: Step[], record?: ScenarioRecord, name?: string): ScenarioResult {
    const attempt = this.start(this.select(name));
    this.steps(attempt, steps);
    if (record) this.attach(attempt, record);
    this.finish(attempt);
    return this.told.at(-1)!;
  }

  get code(): number {
    return exitCode(this.collector.results.flatMap(({ verdict }) => verdict ?? []));
  }
}

const assertion: Step = { type: 'AssertionError', message: 'HOOKS-RESP-01 (must)  the tenant answered 202' };
const inconclusive: Step = { type: 'Inconclusive', message: 'inconclusive: ENTRY: socket hang up' };
const bug: Step = { type: 'TypeError', message: 'x is not a function' };

suite('A scenario', () => {
  test('that shows what it says is a pass, with where it stands', () => {
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
    assert.equal(run.code, 1);
  });

  test('that breaks a should is a warning, and says which', () => {
    const record = recordOf([check('pass'), check('warning', should, 'the answer has no message')]);
    const result = new Run().whole(['PASSED'], record);
    assert.equal(result.verdict, 'warning');
    assert.match(result.reason ?? '', /the answer has no message/);
  });

  test('whose way failed is inconclusive', () => {
    const run = new Run();
    const result = run.whole([inconclusive, 'SKIPPED'], recordOf([check('inconclusive')], 'ENTRY: hang up'));
    assert.equal(result.verdict, 'inconclusive');
    assert.equal(result.reason, 'ENTRY: socket hang up');
    assert.equal(run.code, 3);
  });

  test('whose settings are not declared is not applicable, and names them', () => {
    const record = recordOf([check('not applicable')], 'not set: TENANT_ORG_ID');
    const result = new Run().whole(['PASSED', 'SKIPPED', 'SKIPPED', 'PASSED'], record);
    assert.equal(result.verdict, 'not applicable');
    assert.equal(result.reason, 'not set: TENANT_ORG_ID');
  });

  test('that only observes is not applicable too when settings are missing', () => {
    const result = new Run().whole(['SKIPPED'], recordOf([], 'not set: TENANT_ORG_ID'));
    assert.equal(result.verdict, 'not applicable');
  });

  test('that is skipped half-way for want of a setting is no pass', () => {
    const record = recordOf([check('pass'), check('not applicable', should)], 'not set: TENANT_ORG_ID');
    assert.equal(new Run().whole(['PASSED', 'SKIPPED'], record).verdict, 'not applicable');
  });

  test('that only observes is recorded', () => {
    assert.equal(new Run().whole(['PASSED'], recordOf([])).verdict, 'recorded');
  });

  test('whose claims were not all reached is no pass, even when every step passed', () => {
    const record = recordOf([check('pass'), check('inconclusive', should)]);
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
      assert.equal(result.verdict, 'harness error');
      assert.equal(run.code, 2);
    });
  }

  test('with any other error', () => {
    const result = new Run().whole([bug, 'SKIPPED'], recordOf([check('harness error')]));
    assert.equal(result.verdict, 'harness error');
    assert.equal(result.reason, 'x is not a function');
  });

  test('with an error that has no type', () => {
    const run = new Run();
    assert.equal(run.whole(['FAILED'], recordOf([check('pass')])).verdict, 'harness error');
  });

  test('with a hook that fails after the steps have passed', () => {
    const hook: Step = { type: 'Error', message: 'The scenario shows less than it says' };
    const result = new Run().whole(['PASSED', hook], recordOf([check('pass')]));
    assert.equal(result.verdict, 'harness error');
    assert.equal(result.reason, 'The scenario shows less than it says');
  });

  test('with a hook that fails before the steps, so that nothing is recorded', () => {
    assert.equal(new Run().whole([bug, 'SKIPPED', 'SKIPPED']).verdict, 'harness error');
  });

  test('with a hook that fails beside a step: the worse counts, and is the reason', () => {
    for (const step of [assertion, inconclusive]) {
      const result = new Run().whole([step, 'SKIPPED', bug], recordOf([check('fail')]));
      assert.equal(result.verdict, 'harness error');
      assert.equal(result.reason, 'x is not a function');
    }
  });

  test('with an assertion that no check of the record knows', () => {
    assert.equal(new Run().whole([assertion], recordOf([check('harness error')])).verdict, 'harness error');
    assert.equal(new Run().whole([assertion]).verdict, 'harness error');
  });

  test('with a scenario that passes but leaves no record: nothing shows that anything was sent', () => {
    const run = new Run();
    assert.equal(run.whole(['PASSED', 'PASSED']).verdict, 'harness error');
    assert.equal(run.whole([]).verdict, 'harness error');
    assert.equal(run.code, 2);
  });
});

suite('What was not run', () => {
  test('has no verdict when it was skipped without a word (Ctrl-C)', () => {
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

  test('of a run of nothing is nothing', () => {
    const { collector } = new Run();
    assert.equal(collector.selected, 0);
    assert.deepEqual(collector.results, []);
    assert.deepEqual(collector.requirementVerdicts(), new Map());
  });
});

suite('An attempt that is retried', () => {
  test('counts once, as its last', () => {
    const run = new Run();
    const testCase = run.select();
    const first = run.start(testCase, 0);
    run.steps(first, [inconclusive]);
    run.attach(first, recordOf([check('inconclusive')], 'ENTRY: hang up'));
    run.finish(first, true);
    assert.deepEqual(run.told, []);
    const second = run.start(testCase, 1);
    run.steps(second, ['PASSED']);
    run.attach(second, recordOf([check('pass')]));
    run.finish(second);
    assert.equal(run.collector.selected, 1);
    assert.deepEqual(
      run.told.map(({ verdict, reason }) => [verdict, reason]),
      [['pass', undefined]],
    );
    assert.deepEqual(run.collector.requirementVerdicts(), new Map([[must, 'pass']]));
  });
});

suite('A requirement', () => {
  test('is as bad as the worst that any scenario has shown of it', () => {
    const run = new Run();
    run.whole(['PASSED'], recordOf([check('pass'), check('warning', should)]));
    run.whole([assertion], recordOf([check('pass'), check('fail'), check('pass', should)]));
    run.whole(['PASSED'], recordOf([check('pass')]));
    const expected = new Map<RequirementId, Verdict>([
      [must, 'fail'],
      [should, 'warning'],
    ]);
    assert.deepEqual(run.collector.requirementVerdicts(), expected);
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
      run.told.map(({ name, verdict }) => [name, verdict]),
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
    assert.equal(run.told[0]?.verdict, 'fail');
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

  test('is none when the run has ended well, or with failed scenarios only', () => {
    const run = new Run();
    run.say({ testRunFinished: { success: false } });
    assert.equal(run.collector.exception, undefined);
  });
});
