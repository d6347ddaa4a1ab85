// The proof: runs the suite against the documented sandbox, against each of its faults and each conformant variation.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Proof } from '../protocol/generated/schema-types.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { startSandbox } from '../sandbox/server.ts';
import { startVariation, type Variation } from '../sandbox/variations/variation.ts';
import type { JudgedScenario, SuiteResult } from './judged-run.ts';
import { lanes } from './lanes.ts';
import {
  type ConformantResult,
  conformantResult,
  type FaultResult,
  faultResult,
  type VariationResult,
} from './outcome.ts';
import { proofOf } from './proof.ts';
import { scenariosAbout } from './selection.ts';
import { SuiteRuns } from './suite-runs.ts';

export interface ProofOptions {
  faults: readonly Fault[];
  variations: readonly Variation[];
  /** The names that were selected; null for everything. */
  selection: readonly string[] | null;
  /** The features of the suite, as arguments of `npm test`; all of them when empty. */
  features: readonly string[];
  /** Runs the whole suite against each, not only the scenarios that could notice it. */
  full: boolean;
  /** The number of runs at a time. */
  parallel: number;
}

/** Gets each result as soon as it is known. */
export interface Listener {
  unfaulted(result: ConformantResult): void;
  variation(result: VariationResult): void;
  fault(result: FaultResult): void;
}

/** Runs the suite against a tenant; `only` names the scenarios, all of the suite when left out. */
type Attempt = (settings: Record<string, string>, only?: readonly string[]) => Promise<SuiteResult>;

/** @param signal aborts the runs in progress */
export async function prove(options: ProofOptions, listener: Listener, signal?: AbortSignal): Promise<Proof> {
  const startedAt = Date.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'prove-'));
  const runs = new SuiteRuns(signal);
  let count = 0;
  const attempt: Attempt = (settings, only = options.features) => {
    const reports = path.join(folder, String(++count));
    const common = { CALLBACK_TIMEOUT_MS: '2000', REPORTS_DIR: reports };
    return runs
      .run({ settings: { ...common, ...settings }, scenarios: only })
      .finally(() => rm(reports, { recursive: true, force: true, maxRetries: 3 }));
  };
  try {
    const { result: unfaulted, scenarios } = await tryUnfaulted(attempt);
    listener.unfaulted(unfaulted);
    const suite = { attempt, scenarios, full: options.full, listener };
    // A suite that is not green even here would prove nothing against the others.
    const green = unfaulted.outcome === 'green';
    const inLane = lanes(options.parallel);
    const [variations, faults] = await Promise.all([
      Promise.all((green ? options.variations : []).map((one) => inLane(() => tryVariation(one, suite)))),
      Promise.all((green ? options.faults : []).map((one) => inLane(() => tryFault(one, suite)))),
    ]);
    const { selection, full } = options;
    return proofOf({ startedAt, selection, full, unfaulted, faults, variations });
  } finally {
    runs.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function tryUnfaulted(
  attempt: Attempt,
): Promise<{ result: ConformantResult; scenarios: readonly JudgedScenario[] }> {
  const stopwatch = started();
  const sandbox = await startSandbox();
  try {
    const ran = await attempt(sandbox.settings);
    const scenarios = 'trouble' in ran ? [] : ran.scenarios;
    return { result: conformantResult(ran, stopwatch()), scenarios };
  } finally {
    await sandbox.close();
  }
}

interface Suite {
  attempt: Attempt;
  scenarios: readonly JudgedScenario[];
  full: boolean;
  listener: Listener;
}

async function tryVariation(variation: Variation, suite: Suite): Promise<VariationResult> {
  const stopwatch = started();
  const { name, description: says, seenBy } = variation;
  const tenant = await startVariation(variation);
  try {
    const only = suite.full ? undefined : scenariosAbout('variation', seenBy, suite.scenarios);
    const ran = await suite.attempt(tenant.settings, only);
    const result = { name, says, ...conformantResult(ran, stopwatch(), variation.warned) };
    suite.listener.variation(result);
    return result;
  } finally {
    await tenant.close();
  }
}

/**
 * A fault that the scenarios of its requirement do not notice is tried on the whole suite before it counts as survived:
 * some requirements are checked in every scenario.
 */
async function tryFault(fault: Fault, suite: Suite): Promise<FaultResult> {
  const stopwatch = started();
  const run = async (only?: readonly string[]) => {
    const sandbox = await startSandbox({ behaviour: fault.behaviour() });
    try {
      // Some faults make the tenant refuse every event, which the gate would take for a wrong set-up.
      const ran = await suite.attempt({ ...sandbox.settings, CONFORMANCE_GATE: 'off' }, only);
      return faultResult(fault, ran, { wholeSuite: only === undefined, seconds: stopwatch() });
    } finally {
      await sandbox.close();
    }
  };
  let result = await run(
    suite.full
      ? undefined
      : scenariosAbout('fault', [fault.breaks, ...(fault.seenBy ?? [])], suite.scenarios),
  );
  if (!suite.full && ['survived', 'killed by another'].includes(result.outcome)) result = await run();
  suite.listener.fault(result);
  return result;
}

/** Starts a stopwatch. @returns a function that reads it, in seconds with one decimal */
function started(): () => number {
  const at = performance.now();
  return () => Math.round((performance.now() - at) / 100) / 10;
}
