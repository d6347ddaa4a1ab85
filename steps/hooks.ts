// The life of a worker and of a scenario. Hooks have names, since reports show them; there are as few as can be.
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
import { readScenarioTags } from './scenario-tags.ts';
import { ConformanceWorld } from './world.ts';

setWorldConstructor(ConformanceWorld);
// The transport and the callback listener have time-outs of their own, which say what was waited for.
setDefaultTimeout(-1);

/** One a worker: cucumber offers no other place for what outlives a scenario. */
let session: Session | undefined;

BeforeAll({ name: 'connect to the tenant' }, async () => {
  session = await openSession(process.env);
});

AfterAll({ name: 'disconnect from the tenant' }, async function disconnect() {
  await session?.close();
});

Before({ name: 'begin' }, function (this: ConformanceWorld, { pickle }) {
  this.begin(session!, readScenarioTags(pickle));
});

After({ name: 'evidence' }, function evidence(this: ConformanceWorld, { result }) {
  // An interrupted run skips the hook that begins.
  if (!this.scenario) return;
  const failed = result?.status === 'FAILED';
  this.attach(JSON.stringify(this.scenario.record(failed)), scenarioRecordType);
  if (result?.status !== 'PASSED') return;
  const nothing = this.scenario.unprovenClaim() ?? this.ownFlows.unusedAnnouncement();
  if (nothing) throw new Error(`The scenario shows less than it says: ${nothing}`);
});

const interruption = listenForInterrupt();

/** After Ctrl-C the step in hand is let go and every later one is skipped; evidence and clean-up go on. */
setDefinitionFunctionWrapper((code: (...values: unknown[]) => unknown) => {
  if (['evidence', 'disconnect'].includes(code.name)) return code;
  return function (this: unknown, ...values: unknown[]) {
    if (interruption.interrupted) return 'skipped';
    const result = code.apply(this, values);
    return result instanceof Promise ? Promise.race([result, interruption.whenInterrupted]) : result;
  };
});
