// A run made by hand of messages in cucumber's order.
import type { Envelope } from '@cucumber/messages';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { requirementVerdicts } from '../../src/verdict/checks-by-requirement.ts';
import { RunCollector, type ScenarioResult, scenarioRecordType } from '../../src/verdict/collector.ts';
import type { Verdict } from '../../src/verdict/policy.ts';
import type { Check, ScenarioRecord } from '../../src/verdict/scenario-record.ts';

export type Status = 'PASSED' | 'FAILED' | 'SKIPPED' | 'UNDEFINED' | 'AMBIGUOUS' | 'PENDING' | 'UNKNOWN';
export type Step = Status | { type: string; message: string };

export const must: RequirementId = 'HOOKS-RESP-01';
export const should: RequirementId = 'HOOKS-ERR-02';

export function check(verdict: Verdict, requirement: RequirementId = must, message = ''): Check {
  const outcomes: Partial<Record<Verdict, Check['outcome']>> = {
    pass: 'holds',
    'not-applicable': 'not declared',
  };
  const finding = { requirement, level: 'must' as const, message, expected: 'HTTP 200', actual: '500' };
  return { requirement, outcome: outcomes[verdict] ?? 'broken', verdict, ...(message ? { finding } : {}) };
}

export function recordOf(checks: Check[], reason?: string): ScenarioRecord {
  return { checks, observations: [], exchanges: [], ...(reason ? { reason } : {}) };
}

/** Sends the messages of a run to a collector, in cucumber's order. */
export class Run {
  readonly collector = new RunCollector();
  readonly results: ScenarioResult[] = [];
  #id = 0;

  constructor() {
    this.collector.onResult = (result) => this.results.push(result);
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
    return this.results.at(-1)!;
  }

  get requirements(): Map<RequirementId, Verdict> {
    return requirementVerdicts(this.collector.results);
  }
}

export const assertion: Step = {
  type: 'AssertionError',
  message: 'HOOKS-RESP-01 (must)  the tenant answered 202',
};
export const inconclusive: Step = { type: 'Inconclusive', message: 'inconclusive: ENTRY: socket hang up' };
export const bug: Step = { type: 'TypeError', message: 'x is not a function' };
