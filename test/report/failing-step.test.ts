// A failure is shown at the step whose request the tenant answered wrongly, not at the step that judges the answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { FailingSteps } from '../../src/report/failing-step.ts';
import { scenarioRecordType } from '../../src/verdict/collector.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { check } from '../verdict/sample-run.ts';

const duration = { seconds: 0, nanos: 5 };
const failed = { status: 'FAILED', message: 'AssertionError: 400', exception: { type: 'AssertionError' } };

/** A hook, then four steps: the last one judges. @returns status and message of each as they are shown */
function shown(record: ScenarioRecord | undefined, last: object = failed): string[] {
  const steps = new FailingSteps();
  const ids = ['hook', 'given', 'when', 'and', 'then'];
  const testSteps = ids.map((id) => (id === 'hook' ? { id, hookId: 'h' } : { id, pickleStepId: id }));
  const messages: unknown[] = [
    { testCase: { id: 'case', pickleId: 'p', testSteps } },
    { testCaseStarted: { id: 'attempt', testCaseId: 'case' } },
    ...ids.map((id) => ({
      testStepFinished: {
        testCaseStartedId: 'attempt',
        testStepId: id,
        testStepResult: { duration, ...(id === 'then' ? last : { status: 'PASSED' }) },
      },
    })),
    ...(record
      ? [
          {
            attachment: {
              testCaseStartedId: 'attempt',
              mediaType: scenarioRecordType,
              body: JSON.stringify(record),
            },
          },
        ]
      : []),
  ];
  const before = messages.flatMap((message) => steps.take(message as Envelope));
  assert.equal(before.length, 1, 'nothing of a scenario is shown before it has ended');
  const after = steps.take({
    testCaseFinished: { testCaseStartedId: 'attempt', timestamp: duration, willBeRetried: false },
  });
  assert.equal(after.length, messages.length, 'nothing is left out');
  return after.flatMap(({ testStepFinished: one }) =>
    one
      ? [`${one.testStepId} ${one.testStepResult.status} ${one.testStepResult.message ?? ''}`.trimEnd()]
      : [],
  );
}

function record(step: number, more: object = {}): ScenarioRecord {
  const broken = check('fail', undefined, 'the tenant answered 400');
  broken.finding!.exchange = 0;
  const exchange = { label: 'NA entry', step, ...more } as ScenarioRecord['exchanges'][number];
  return { checks: [broken], observations: [], exchanges: [exchange] };
}

const asItCame = [
  'hook PASSED',
  'given PASSED',
  'when PASSED',
  'and PASSED',
  'then FAILED AssertionError: 400',
];

test('the step that sent the request fails, and what comes after it is skipped', () => {
  assert.deepEqual(shown(record(2)), [
    'hook PASSED',
    'given PASSED',
    'when FAILED AssertionError: 400',
    'and SKIPPED',
    'then SKIPPED',
  ]);
});

test('a request that is to be refused fails where its refusal is expected', () => {
  assert.deepEqual(shown(record(2, { due: 'refusal' })), asItCame);
});

test('a failure stays where it is when nothing says which step it belongs to', () => {
  assert.deepEqual(shown(undefined), asItCame);
  assert.deepEqual(shown(record(4)), asItCame);
  assert.deepEqual(shown({ checks: [check('fail')], observations: [], exchanges: [] }), asItCame);
});

test('a scenario that passes is shown as it came', () => {
  assert.deepEqual(shown(record(2), { status: 'PASSED' }).at(-1), 'then PASSED');
});

test('what belongs to no scenario is passed on at once', () => {
  const message = { testRunStarted: { timestamp: duration } } as Envelope;
  assert.deepEqual(new FailingSteps().take(message), [message]);
});
