// The messages of several runs as those of one. Each run has read the same feature files and steps, and has given them ids of
// its own: those of the first one stand for all.
import type { Envelope, Hook, Pickle, StepDefinition, TestCase, TestStep } from '@cucumber/messages';
import { Query } from '@cucumber/query';
import { oneLine } from '../text/one-line.ts';
import type { KeptRun } from './kept-run.ts';

export interface Joined {
  envelopes: Envelope[];
  /** Scenarios that two runs have, or that one does not know; a line each. */
  problems: string[];
}

/** What a run has said about one of its scenarios. */
interface ScenarioMessages {
  pickle: Pickle;
  folder: string;
  testCase: TestCase;
  /** After its test case. */
  rest: Envelope[];
}

/** Scenarios come in the order of the features, whatever run had them. */
export function joined(runs: readonly KeptRun[]): Joined {
  const first = runs.find(({ envelopes }) => envelopes.some(({ pickle }) => pickle)) ?? runs[0]!;
  const common = new Common(first.envelopes);
  const problems: string[] = [];
  const around: Envelope[] = [];
  const scenarios: ScenarioMessages[] = [];
  for (const run of runs) {
    const own = new OwnIds(run, common);
    scenarios.push(...own.scenarios(problems));
    around.push(...own.hooksOfRun());
  }
  problems.push(...twice(scenarios));
  const inOrder = scenarios.sort((a, b) => common.place(a.pickle) - common.place(b.pickle));
  return {
    problems,
    envelopes: [
      ...common.envelopes,
      ...around,
      ...inOrder.map(({ testCase }): Envelope => ({ testCase })),
      ...inOrder.flatMap(({ rest }) => rest),
      ...ends(runs, common.runId),
    ],
  };
}

const ofOneRun = ['testCase', 'testCaseStarted', 'testStepStarted', 'testStepFinished'] as const;
const alsoOfOneRun = ['testCaseFinished', 'attachment', 'testRunHookStarted', 'testRunHookFinished'] as const;

/** What the runs have in common, with the ids of one of them. */
class Common {
  readonly envelopes: Envelope[];
  readonly runId: string;
  readonly #pickles = new Map<string, Pickle>();
  readonly #places = new Map<string, number>();
  readonly #definitions = new Map<string, string>();
  readonly #hooks = new Map<string, string>();

  constructor(envelopes: readonly Envelope[]) {
    const own = new Set<string>([...ofOneRun, ...alsoOfOneRun, 'testRunFinished', 'suggestion']);
    this.envelopes = envelopes.filter((one) => !own.has(Object.keys(one)[0] ?? ''));
    this.runId = envelopes.find(({ testRunStarted }) => testRunStarted)?.testRunStarted?.id ?? '';
    for (const { pickle, stepDefinition, hook } of envelopes) {
      if (stepDefinition) this.#definitions.set(definitionKey(stepDefinition), stepDefinition.id);
      if (hook) this.#hooks.set(hookKey(hook), hook.id);
      if (!pickle) continue;
      this.#pickles.set(pickleKey(pickle), pickle);
      this.#places.set(pickle.id, this.#places.size);
    }
  }

  pickle(own: Pickle): Pickle | undefined {
    return this.#pickles.get(pickleKey(own));
  }

  place({ id }: Pickle): number {
    return this.#places.get(id)!;
  }

  definition(own: StepDefinition): string {
    return this.#definitions.get(definitionKey(own)) ?? own.id;
  }

  hook(own: Hook): string {
    return this.#hooks.get(hookKey(own)) ?? own.id;
  }
}

/** The messages of one run, with the common ids in place of its own. */
class OwnIds {
  readonly #run: KeptRun;
  readonly #common: Common;
  readonly #query = new Query();
  readonly #pickles = new Map<string, Pickle>();

  constructor(run: KeptRun, common: Common) {
    this.#run = run;
    this.#common = common;
    for (const envelope of run.envelopes) {
      this.#query.update(envelope);
      if (envelope.pickle) this.#pickles.set(envelope.pickle.id, envelope.pickle);
    }
  }

  scenarios(problems: string[]): ScenarioMessages[] {
    const scenarios = new Map<string, ScenarioMessages>();
    const attempts = new Map<string, ScenarioMessages>();
    for (const envelope of this.#run.envelopes) {
      const { testCase, testCaseStarted } = envelope;
      if (testCase) {
        const own = this.#pickles.get(testCase.pickleId)!;
        const pickle = this.#common.pickle(own);
        if (pickle) scenarios.set(testCase.id, this.#messagesOf(testCase, own, pickle));
        else problems.push(`  ${nameOf(own)} of ${oneLine(this.#run.folder)} is not in the other runs`);
        continue;
      }
      const owner = testCaseStarted
        ? scenarios.get(testCaseStarted.testCaseId)
        : attempts.get(attemptOf(envelope) ?? '');
      if (testCaseStarted && owner) attempts.set(testCaseStarted.id, owner);
      owner?.rest.push(envelope);
    }
    return [...scenarios.values()];
  }

  hooksOfRun(): Envelope[] {
    const { runId } = this.#common;
    return this.#run.envelopes.flatMap((envelope): Envelope[] => {
      const { testRunHookStarted: started, testRunHookFinished } = envelope;
      if (testRunHookFinished) return [envelope];
      if (!started) return [];
      const hook = this.#query.findHookBy(started);
      const hookId = hook ? this.#common.hook(hook) : started.hookId;
      return [{ testRunHookStarted: { ...started, testRunStartedId: runId, hookId } }];
    });
  }

  #messagesOf(testCase: TestCase, own: Pickle, pickle: Pickle): ScenarioMessages {
    const steps = new Map(own.steps.map(({ id }, index) => [id, pickle.steps[index]?.id ?? id]));
    return {
      pickle,
      folder: this.#run.folder,
      rest: [],
      testCase: {
        ...testCase,
        testRunStartedId: this.#common.runId,
        pickleId: pickle.id,
        testSteps: testCase.testSteps.map((step) => this.#step(step, steps)),
      },
    };
  }

  #step(step: TestStep, steps: ReadonlyMap<string, string>): TestStep {
    const hook = this.#query.findHookBy(step);
    const definitions = this.#query.findStepDefinitionsBy(step).map((one) => this.#common.definition(one));
    const { pickleStepId } = step;
    return {
      ...step,
      ...(hook ? { hookId: this.#common.hook(hook) } : {}),
      ...(pickleStepId ? { pickleStepId: steps.get(pickleStepId) ?? pickleStepId } : {}),
      ...(step.stepDefinitionIds ? { stepDefinitionIds: definitions } : {}),
    };
  }
}

function attemptOf(envelope: Envelope): string | undefined {
  const { testStepStarted, testStepFinished, attachment, testCaseFinished } = envelope;
  return (testStepStarted ?? testStepFinished ?? attachment ?? testCaseFinished)?.testCaseStartedId;
}

function twice(scenarios: readonly ScenarioMessages[]): string[] {
  const byScenario = Map.groupBy(scenarios, ({ pickle }) => pickle);
  return [...byScenario].flatMap(([pickle, those]) => {
    const folders = those.map(({ folder }) => oneLine(folder));
    return those.length > 1 ? [`  ${nameOf(pickle)} is in ${folders.join(' and ')}`] : [];
  });
}

/** One end for all: the last, with whatever went wrong in any of them. */
function ends(runs: readonly KeptRun[], testRunStartedId: string): Envelope[] {
  const all = runs.flatMap(({ envelopes }) =>
    envelopes.flatMap(({ testRunFinished }) => testRunFinished ?? []),
  );
  const last = all.toSorted((a, b) => a.timestamp.seconds - b.timestamp.seconds).at(-1);
  if (!last) return [];
  const exception = all.find((one) => one.exception)?.exception;
  const success = all.every((one) => one.success);
  return [
    {
      testRunFinished: {
        testRunStartedId,
        timestamp: last.timestamp,
        success,
        ...(exception ? { exception } : {}),
      },
    },
  ];
}

function pickleKey({ uri, location, name }: Pickle): string {
  return `${uri.replaceAll('\\', '/')}:${location?.line ?? 0} ${name}`;
}

function nameOf({ name, uri, location }: Pickle): string {
  return `"${oneLine(name, 100)}" (${uri.replaceAll('\\', '/')}:${location?.line ?? 0})`;
}

function definitionKey({ pattern, sourceReference }: StepDefinition): string {
  return `${pattern.source} ${placeOf(sourceReference)}`;
}

function hookKey({ name, type, sourceReference }: Hook): string {
  return `${type} ${name} ${placeOf(sourceReference)}`;
}

function placeOf({ uri, location }: StepDefinition['sourceReference']): string {
  return `${(uri ?? '').replaceAll('\\', '/')}:${location?.line ?? 0}`;
}
