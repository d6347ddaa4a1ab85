// Writes Allure results with the Allure adapter. The adapter gets the messages of the run without the scenario records and
// without the hooks that pass. This formatter then adds the harness's own verdict and the evidence to each result.

import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { Formatter, type IFormatterOptions } from '@cucumber/cucumber';
import type { Envelope } from '@cucumber/messages';
import * as adapter from 'allure-cucumberjs/reporter';
import { type Label, Severity, Stage, Status, type TestResult } from 'allure-js-commons';
import categories from '../../reports/allure/categories.json' with { type: 'json' };
import { isRequirementId, type Level, requirement } from '../protocol/catalogue.ts';
import { RunCollector, type ScenarioResult, scenarioRecordType } from '../verdict/collector.ts';
import { endedRun } from '../verdict/ended-run.ts';
import type { Verdict } from '../verdict/policy.ts';
import { verdictLabel } from '../verdict/verdict-label.ts';
import { beforeByPlace } from './again-in-words.ts';
import { evidenceSteps } from './allure-evidence.ts';
import { environmentInfo, executor } from './allure-surroundings.ts';
import { AllureWriter } from './allure-writer.ts';
import { brief, briefReason } from './brief-reason.ts';
import { FailingSteps } from './failing-step.ts';
import { noteReport } from './report-files.ts';
import { lateCases, type RunCase, runAsAWhole, runCases } from './run-as-a-whole.ts';

/** The package's types describe its CommonJS form, where the class is one level deeper. */
const AllureCucumberReporter = adapter.default as unknown as new (options: IFormatterOptions) => Formatter;

const statuses: Record<Verdict, Status> = {
  'harness-error': Status.BROKEN,
  fail: Status.FAILED,
  'unexpected-pass': Status.BROKEN,
  inconclusive: Status.BROKEN,
  warning: Status.PASSED,
  'known-deviation': Status.PASSED,
  recorded: Status.PASSED,
  pass: Status.PASSED,
  'not-applicable': Status.SKIPPED,
};

const severities: Record<Level, Severity> = {
  must: Severity.CRITICAL,
  should: Severity.NORMAL,
  may: Severity.MINOR,
};

export default class AllureFormatter extends Formatter {
  readonly #messages = new EventEmitter();
  readonly #run = new RunCollector();
  readonly #writer: AllureWriter;
  readonly #steps = new FailingSteps();
  readonly #hooks = new Set<string>();
  /** The start of a hook, held back until the hook has failed. */
  #heldBack: Envelope | undefined;
  #ended: ScenarioResult | undefined;

  constructor(options: IFormatterOptions) {
    super(options);
    // The target of this formatter is reports/.allure; the results go into a folder beside it.
    const target = (options.stream as { path?: string | Buffer }).path ?? 'reports/.allure';
    this.#writer = new AllureWriter(path.join(path.dirname(String(target)), 'allure-results'));
    this.#writer.writeExecutor(executor(process.env));
    const adapterOptions = {
      writer: this.#writer,
      categories,
      environmentInfo: environmentInfo(process.env),
      listeners: [{ beforeTestResultWrite: (result: TestResult) => this.#finish(result) }],
    };
    new AllureCucumberReporter({
      ...options,
      eventBroadcaster: this.#messages,
      // The verdict covers the hooks around the run; the adapter would replace their code.
      supportCodeLibrary: {
        ...options.supportCodeLibrary,
        beforeTestRunHookDefinitions: [],
        afterTestRunHookDefinitions: [],
      },
      parsedArgvOptions: adapterOptions as unknown as IFormatterOptions['parsedArgvOptions'],
    });
    this.#run.onResult = (result) => {
      this.#ended = result;
    };
    options.eventBroadcaster.on('envelope', (envelope: Envelope) => {
      this.#run.add(envelope);
      for (const one of this.#steps.take(envelope)) this.#pass(one);
    });
  }

  override async finished(): Promise<void> {
    const ended = endedRun();
    for (const one of ended ? [...lateCases(ended), ...runCases(ended)] : [])
      this.#writer.writeResult(resultOf(one, Date.now()));
    const written = this.#writer.finished();
    noteReport('allure-results', written);
    await written.catch(() => {});
    await super.finished();
  }

  #pass(envelope: Envelope): void {
    const { testCase, testStepStarted, testStepFinished, attachment } = envelope;
    for (const step of testCase?.testSteps ?? []) if (step.hookId) this.#hooks.add(step.id);
    if (testStepStarted && this.#hooks.has(testStepStarted.testStepId)) {
      this.#heldBack = envelope;
      return;
    }
    if (testStepFinished && this.#hooks.has(testStepFinished.testStepId)) {
      if (testStepFinished.testStepResult.status !== 'FAILED') return;
      this.#emit(this.#heldBack!);
    }
    if (attachment?.mediaType !== scenarioRecordType) this.#emit(envelope);
  }

  #emit(envelope: Envelope): void {
    this.#messages.emit('envelope', envelope);
  }

  /** The adapter calls this while it handles the end of a scenario, so the last ended scenario is the result's. */
  #finish(result: TestResult): void {
    const ended = this.#ended;
    if (!ended) return;
    result.status = ended.verdict ? statuses[ended.verdict] : Status.SKIPPED;
    const word = verdictLabel(ended.verdict ?? 'not-run');
    if (ended.reason) {
      result.statusDetails = {
        ...result.statusDetails,
        // Allure groups by the message, and shows the trace with each result.
        message: `${word}: ${briefReason(ended)}`,
        trace: ended.reason,
      };
    }
    result.labels.push(...labels(ended), ...runAgain(ended));
    if (!ended.record) return;
    const write = (name: string, content: string) => this.#writer.writeAttachment(name, content);
    result.steps.push(...evidenceSteps(ended.record, write));
  }
}

/** A result of the run as a whole, which does not belong to a scenario. */
function resultOf({ name, verdict, reason }: RunCase, now: number): TestResult {
  return {
    uuid: randomUUID(),
    historyId: `${runAsAWhole}: ${name}`,
    name,
    fullName: `${runAsAWhole}: ${name}`,
    status: statuses[verdict],
    statusDetails: { message: `${verdictLabel(verdict)}: ${brief(reason.split('\n')[0]!)}`, trace: reason },
    stage: Stage.FINISHED,
    start: now,
    stop: now,
    labels: [
      ...['epic', 'parentSuite', 'suite'].map((label) => ({ name: label, value: runAsAWhole })),
      { name: 'verdict', value: verdictLabel(verdict) },
    ],
    links: [],
    parameters: [],
    steps: [],
    attachments: [],
  };
}

function labels(ended: ScenarioResult): Label[] {
  const levels = ended.tags
    .map((tag) => tag.slice(1))
    .filter(isRequirementId)
    .map((id) => requirement(id).level);
  const level = (['must', 'should', 'may'] as const).find((one) => levels.includes(one)) ?? 'may';
  return [
    { name: 'epic', value: area(ended.uri) },
    { name: 'parentSuite', value: area(ended.uri) },
    { name: 'suite', value: ended.feature },
    ...(ended.rule ? ['story', 'subSuite'].map((name) => ({ name, value: ended.rule! })) : []),
    { name: 'severity', value: severities[level] },
    ...(ended.verdict ? [{ name: 'verdict', value: verdictLabel(ended.verdict) }] : []),
  ];
}

/** Of results that are written again when the run has been judged. */
function runAgain({ uri, line }: ScenarioResult): Label[] {
  const before = beforeByPlace(endedRun()?.report ?? {}).get(`${uri}:${line}`);
  return before ? [{ name: 'tag', value: `run again, before: ${before}` }] : [];
}

/** features/conversation-events/… is the area "Conversation events". */
function area(uri: string): string {
  const folder = path.posix.basename(path.posix.dirname(uri)).replaceAll('-', ' ');
  return folder.charAt(0).toUpperCase() + folder.slice(1);
}
