// What happens before and after a scenario, and in each worker. Reports show the hooks, so they have names and are few.
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setWorldConstructor,
} from '@cucumber/cucumber';
import { listenForInterrupt } from '../src/run/interrupt.ts';
import { openSession, type Session } from '../src/run/session.ts';
import { scenarioRecordType } from '../src/verdict/collector.ts';
import { judgeEndings } from './refused-endings.ts';
import { readScenarioTags } from './scenario-tags.ts';
import { TidyingUp } from './tidying-up.ts';
import { ConformanceWorld } from './world.ts';

setWorldConstructor(ConformanceWorld);
// The transport and the callback listener have time-outs of their own, whose messages say what did not happen.
setDefaultTimeout(-1);

/** One of each for each worker: cucumber has no other place for what outlives a scenario. */
let session: Session | undefined;
let tidyingUp = new TidyingUp();

BeforeAll({ name: 'connect to the tenant' }, async () => {
  // Anew for each run of this process: what is known of one tenant says nothing about the next.
  tidyingUp = new TidyingUp();
  session = await openSession(process.env);
});

AfterAll({ name: 'disconnect from the tenant' }, async function disconnect() {
  await session?.close();
});

Before({ name: 'begin' }, function (this: ConformanceWorld, { pickle }) {
  this.begin(session!, readScenarioTags(pickle));
});

After({ name: 'evidence' }, async function evidence(this: ConformanceWorld, { result }) {
  // An interrupted run skips the hook that begins the scenario.
  if (!this.scenario) return;
  const passed = result?.status === 'PASSED';
  const { endsConversations } = this.session.settings;
  let error: unknown;
  if (endsConversations && !interruption.interrupted) {
    await interruption.orSkipped(tidyUp(this, passed).catch((thrown) => (error = thrown)));
  }
  this.end();
  this.attach(JSON.stringify(this.scenario.record(result?.status === 'FAILED')), scenarioRecordType);
  if (!passed) return;
  if (error) throw error;
  const unproven = this.scenario.unprovenClaim() ?? this.ownFlows.unusedAnnouncement();
  if (unproven) throw new Error(`The scenario proves less than it claims: ${unproven}`);
});

/** @throws AssertionError when the tenant refuses a documented ending */
async function tidyUp(world: ConformanceWorld, isJudged: boolean): Promise<void> {
  const unfinished = await tidyingUp.after(world);
  if (!isJudged) return;
  try {
    await judgeEndings(world, unfinished);
  } finally {
    await tidyingUp.afterControls(world);
  }
}

const interruption = listenForInterrupt();

/** Ctrl-C abandons the current step and skips the later ones; the evidence and the clean-up still run. */
setDefinitionFunctionWrapper((code: (...values: unknown[]) => unknown) => {
  if (['evidence', 'disconnect'].includes(code.name)) return code;
  return function (this: unknown, ...values: unknown[]) {
    if (interruption.interrupted) return 'skipped';
    // There is no scenario yet in the hook that begins it.
    if (this instanceof ConformanceWorld) this.scenario?.nextStep();
    const result = code.apply(this, values);
    return result instanceof Promise ? interruption.orSkipped(result) : result;
  };
});
