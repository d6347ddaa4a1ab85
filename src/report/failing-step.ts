// Shows a failure at the step whose request the tenant answered wrongly. A scenario judges its answers in its last step, so
// cucumber reports that one as failed, and the step that hands a call over as passed although the handover was refused.
import type { Envelope, TestStepFinished, TestStepResult } from '@cucumber/messages';
import { recordOf, scenarioRecordType } from '../verdict/collector.ts';
import type { ScenarioRecord } from '../verdict/scenario-record.ts';

interface Attempt {
  testCaseId: string;
  /** Its messages so far. */
  held: Envelope[];
  record?: ScenarioRecord;
}

/** Holds the messages of a scenario back until it has ended. */
export class FailingSteps {
  /** The ids of the steps of each scenario, without hooks. */
  readonly #steps = new Map<string, string[]>();
  readonly #attempts = new Map<string, Attempt>();

  /** @returns what can be shown now */
  take(envelope: Envelope): Envelope[] {
    const { testCase, testCaseStarted, attachment, testCaseFinished } = envelope;
    if (testCase) {
      const own = testCase.testSteps.filter(({ pickleStepId }) => pickleStepId !== undefined);
      this.#steps.set(
        testCase.id,
        own.map(({ id }) => id),
      );
    }
    if (testCaseStarted) {
      const { id, testCaseId } = testCaseStarted;
      this.#attempts.set(id, { testCaseId, held: [envelope] });
      return [];
    }
    const attempt = this.#attempts.get(attemptOf(envelope) ?? '');
    if (!attempt) return [envelope];
    attempt.held.push(envelope);
    if (attachment?.mediaType === scenarioRecordType) attempt.record = recordOf(attachment);
    if (!testCaseFinished) return [];
    this.#attempts.delete(testCaseFinished.testCaseStartedId);
    return this.#shown(attempt);
  }

  #shown({ testCaseId, held, record }: Attempt): Envelope[] {
    const steps = this.#steps.get(testCaseId) ?? [];
    const finished = held.flatMap(({ testStepFinished: one }) => one ?? []);
    const thrown = finished.find(({ testStepResult }) => testStepResult.status === 'FAILED');
    if (!thrown) return held;
    const [at, from] = [steps.indexOf(thrown.testStepId), (stepOfFailure(record) ?? 0) - 1];
    const moves = from >= 0 && from < at;
    return held.map((envelope) => {
      const step = envelope.testStepFinished;
      const index = step ? steps.indexOf(step.testStepId) : -1;
      if (!step || !moves || index < from || index > at) return envelope;
      return { testStepFinished: index === from ? failedAs(step, thrown) : skipped(step) };
    });
  }
}

function attemptOf(envelope: Envelope): string | undefined {
  const { testStepStarted, testStepFinished, attachment, testCaseFinished } = envelope;
  return (testStepStarted ?? testStepFinished ?? attachment ?? testCaseFinished)?.testCaseStartedId;
}

/** The number of the step that sent what fails the scenario. A defect on purpose fails where its refusal is expected. */
function stepOfFailure(record: ScenarioRecord | undefined): number | undefined {
  const found = record?.checks.find(({ verdict, finding }) => verdict === 'fail' && finding)?.finding;
  const exchange = found?.exchange === undefined ? undefined : record?.exchanges[found.exchange];
  return exchange?.due === 'refusal' ? undefined : exchange?.step;
}

function failedAs(step: TestStepFinished, { testStepResult }: TestStepFinished): TestStepFinished {
  return { ...step, testStepResult: { ...testStepResult, duration: step.testStepResult.duration } };
}

function skipped(step: TestStepFinished): TestStepFinished {
  const testStepResult = { status: 'SKIPPED', duration: step.testStepResult.duration } as TestStepResult;
  return { ...step, testStepResult };
}
