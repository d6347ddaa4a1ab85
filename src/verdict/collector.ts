// Listens to the messages of a run and keeps the result of each scenario.
import type { Attachment, Envelope, Pickle, TestStepResult } from '@cucumber/messages';
import type { KnownDeviation } from './deviations.ts';
import { scenarioVerdict, type Verdict, worst } from './policy.ts';
import { findingBlock } from './scenario.ts';
import type { Check, ScenarioRecord } from './scenario-record.ts';

/** Media type of the attachment in which a scenario leaves its ScenarioRecord. */
export const scenarioRecordType = 'application/vnd.agent-ai-conformance.scenario+json';

let last: { attachment: Attachment; record: ScenarioRecord } | undefined;

/** The record of an attachment. Several listeners ask for the same one in a row, so the last is kept. */
export function recordOf(attachment: Attachment): ScenarioRecord {
  if (last?.attachment !== attachment) last = { attachment, record: JSON.parse(attachment.body) };
  return last.record;
}

export interface ScenarioResult {
  name: string;
  uri: string;
  line: number;
  tags: string[];
  feature: string;
  /** The Rule that the scenario belongs to. */
  rule?: string;
  /** undefined when the scenario was selected but did not run to its end. */
  verdict: Verdict | undefined;
  /** Why the verdict is not a pass, as a line or a block. */
  reason?: string;
  record?: ScenarioRecord;
  durationMs: number;
  /** The worst verdict of the earlier attempts (--retry). */
  before?: Verdict;
  /** Checks that were made when the scenarios were over; they are in the record, too. */
  late?: readonly Check[];
}

interface Attempt {
  pickle: Pickle;
  results: TestStepResult[];
  record?: ScenarioRecord;
  startedAt: number;
}

export class RunCollector {
  readonly #pickles = new Map<string, Pickle>();
  readonly #features = new Map<string, string>();
  readonly #rules = new Map<string, string>();
  readonly #testCases = new Map<string, Pickle>();
  readonly #selectedIn = new Map<string, number>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #before = new Map<string, Verdict>();
  readonly #results: ScenarioResult[] = [];
  /** An error of the run as a whole: a hook around it, or a worker that died. */
  exception: string | undefined;
  /** Called as each scenario ends. */
  onResult: ((result: ScenarioResult) => void) | undefined;

  readonly add = (envelope: Envelope): void => {
    const { pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished } = envelope;
    const { gherkinDocument: document } = envelope;
    if (document?.uri && document.feature) this.#features.set(document.uri, document.feature.name);
    for (const { rule } of document?.feature?.children ?? []) {
      for (const { scenario } of rule?.children ?? []) if (scenario) this.#rules.set(scenario.id, rule!.name);
    }
    if (pickle) this.#pickles.set(pickle.id, pickle);
    if (testCase) this.#select(testCase.id, this.#pickles.get(testCase.pickleId)!);
    if (testCaseStarted) {
      const found = this.#testCases.get(testCaseStarted.testCaseId)!;
      const startedAt = milliseconds(testCaseStarted.timestamp);
      this.#attempts.set(testCaseStarted.id, { pickle: found, results: [], startedAt });
    }
    if (attachment?.mediaType === scenarioRecordType && attachment.testCaseStartedId) {
      const attempt = this.#attempts.get(attachment.testCaseStartedId);
      if (attempt) attempt.record = recordOf(attachment);
    }
    if (testStepFinished) {
      this.#attempts.get(testStepFinished.testCaseStartedId)?.results.push(testStepFinished.testStepResult);
    }
    if (testCaseFinished) {
      const attempt = this.#attempts.get(testCaseFinished.testCaseStartedId);
      this.#attempts.delete(testCaseFinished.testCaseStartedId);
      if (attempt && testCaseFinished.willBeRetried) this.#setAside(attempt);
      else if (attempt) this.#keep(attempt, milliseconds(testCaseFinished.timestamp));
    }
    const hook = envelope.testRunHookFinished?.result;
    if (hook?.status === 'FAILED')
      this.exception = withoutStack(hook.message ?? 'a hook around the run failed');
    const exception = envelope.testRunFinished?.exception;
    if (exception) this.exception = withoutStack(exception.message ?? exception.type);
  };

  /** How many scenarios were selected. */
  get selected(): number {
    return this.#testCases.size;
  }

  /** How many scenarios the feature files hold, selected or not. */
  get found(): number {
    return this.#pickles.size;
  }

  /** How many selected scenarios are in one feature file. */
  selectedIn(uri: string): number {
    return this.#selectedIn.get(uri) ?? 0;
  }

  get results(): readonly ScenarioResult[] {
    return this.#results;
  }

  #select(id: string, pickle: Pickle): void {
    this.#testCases.set(id, pickle);
    const uri = posix(pickle.uri);
    this.#selectedIn.set(uri, (this.#selectedIn.get(uri) ?? 0) + 1);
  }

  #setAside(attempt: Attempt): void {
    const { id } = attempt.pickle;
    const verdicts = [this.#before.get(id), verdictOfScenario(attempt)].flatMap((one) => one ?? []);
    const verdict = worst(verdicts);
    if (verdict) this.#before.set(id, verdict);
  }

  #keep(attempt: Attempt, finishedAt: number): void {
    const { pickle, record } = attempt;
    const verdict = verdictOfScenario(attempt);
    const reason = reasonOf(attempt, verdict);
    const before = this.#before.get(pickle.id);
    const rule = this.#rules.get(pickle.astNodeIds[0] ?? '');
    const result: ScenarioResult = {
      name: pickle.name,
      uri: posix(pickle.uri),
      line: pickle.location?.line ?? 0,
      tags: pickle.tags.map((tag) => tag.name),
      feature: this.#features.get(pickle.uri) ?? '',
      ...(rule ? { rule } : {}),
      verdict,
      durationMs: finishedAt - attempt.startedAt,
      ...(reason ? { reason } : {}),
      ...(before ? { before } : {}),
      ...(record ? { record } : {}),
    };
    this.#results.push(result);
    this.onResult?.(result);
  }
}

function verdictOfScenario({ results, record }: Attempt): Verdict | undefined {
  const statuses = new Set<string>(results.map((result) => result.status));
  if (['UNDEFINED', 'AMBIGUOUS', 'PENDING', 'UNKNOWN'].some((status) => statuses.has(status)))
    return 'harness-error';
  const shown = shownBy(record);
  if (statuses.has('FAILED'))
    return worst(failures(results).map((failed) => verdictOfFailure(failed, shown)));
  if (statuses.has('SKIPPED')) {
    // A step that found a setting missing leaves a reason; an interrupted scenario does not.
    if (!record?.reason) return undefined;
    return shown === undefined || shown === 'pass' ? 'not-applicable' : shown;
  }
  return shown ?? 'harness-error';
}

function shownBy(record: ScenarioRecord | undefined): Verdict | undefined {
  const observed = (record?.observations ?? []).map((observation) => observation.verdict);
  return scenarioVerdict(record?.checks ?? [], observed);
}

function failures(results: TestStepResult[]): TestStepResult[] {
  return results.filter((result) => result.status === 'FAILED');
}

/** The tenant fails only if the record shows a fail: an assertion can fail within the harness too. */
function verdictOfFailure({ exception }: TestStepResult, shown: Verdict | undefined): Verdict {
  if (exception?.type === 'AssertionError' && shown === 'fail') return 'fail';
  return exception?.type === 'Inconclusive' ? 'inconclusive' : 'harness-error';
}

function reasonOf({ results, record }: Attempt, verdict: Verdict | undefined): string | undefined {
  const shown = shownBy(record);
  const failed = failures(results).find((result) => verdictOfFailure(result, shown) === verdict);
  if (failed) return (failed.exception?.message ?? failed.message)?.replace(/^inconclusive: /, '');
  const noted = record?.checks.find((check) => check.finding && check.verdict === verdict);
  if (noted?.finding) return findingBlock(noted.finding) + tolerated(noted.deviation);
  const changed = record?.observations.find(
    (observation) => observation.verdict === verdict && observation.was,
  );
  return changed ? changeOf(changed) : record?.reason;
}

function tolerated(deviation: KnownDeviation | undefined): string {
  if (!deviation) return '';
  return `\n  known     ${deviation.reason}${deviation.link ? ` (${deviation.link})` : ''}`;
}

/** A changed observation, in a sentence. */
export function changeOf({
  question,
  was,
  answer,
}: {
  question: string;
  was?: string;
  answer: string;
}): string {
  return `on ${question} the tenant used to answer ${was}, now ${answer}`;
}

/** On Windows, cucumber's file names have backslashes. */
function posix(uri: string): string {
  return uri.replaceAll('\\', '/');
}

function milliseconds(timestamp: { seconds: number; nanos: number }): number {
  return timestamp.seconds * 1000 + Math.floor(timestamp.nanos / 1e6);
}

/** Where the harness noticed helps nobody who reads a report. */
function withoutStack(message: string): string {
  return message.replaceAll(/\n\s+at .*/g, '');
}
