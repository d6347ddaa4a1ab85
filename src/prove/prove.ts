// The proof: the suite against the sandbox as documented, against each fault of it, and against each conformant variation.
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
import { scenariosThatShow } from './selection.ts';
import { SuiteRuns } from './suite-runs.ts';

export interface Wanted {
  faults: readonly Fault[];
  variations: readonly Variation[];
  /** Names that were asked for, when it is not everything. */
  selection: readonly string[] | null;
  /** The whole suite against each, in place of the scenarios that could see it. */
  full: boolean;
  /** How many runs at a time. */
  parallel: number;
}

/** Told of each result as it is known. */
export interface Listener {
  unfaulted(result: ConformantResult): void;
  variation(result: VariationResult): void;
  fault(result: FaultResult): void;
}

/** What is tried on a tenant; `only` are the scenarios, all of them when it is left out. */
type Try = (settings: Record<string, string>, only?: readonly string[]) => Promise<SuiteResult>;

/** @param signal ends the runs that are under way */
export async function prove(wanted: Wanted, listener: Listener, signal?: AbortSignal): Promise<Proof> {
  const startedAt = Date.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'prove-'));
  const runs = new SuiteRuns(signal);
  let count = 0;
  const attempt: Try = (settings, only = []) => {
    const own = path.join(folder, String(++count));
    const common = { CALLBACK_TIMEOUT_MS: '1000', REPORTS_DIR: own };
    return runs
      .run({ settings: { ...common, ...settings }, scenarios: only })
      .finally(() => rm(own, { recursive: true, force: true, maxRetries: 3 }));
  };
  try {
    const { result: unfaulted, scenarios } = await tryUnfaulted(attempt);
    listener.unfaulted(unfaulted);
    const suite = { attempt, scenarios, full: wanted.full, listener };
    // Of a suite that is not even green here, nothing else would say anything.
    const green = unfaulted.outcome === 'green';
    const inLane = lanes(wanted.parallel);
    const [variations, faults] = await Promise.all([
      Promise.all((green ? wanted.variations : []).map((one) => inLane(() => tryVariation(one, suite)))),
      Promise.all((green ? wanted.faults : []).map((one) => inLane(() => tryFault(one, suite)))),
    ]);
    const { selection, full } = wanted;
    return proofOf({ startedAt, selection, full, unfaulted, faults, variations });
  } finally {
    runs.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function tryUnfaulted(
  attempt: Try,
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
  attempt: Try;
  scenarios: readonly JudgedScenario[];
  full: boolean;
  listener: Listener;
}

async function tryVariation(variation: Variation, suite: Suite): Promise<VariationResult> {
  const stopwatch = started();
  const { name, description: says, seenBy } = variation;
  const tenant = await startVariation(variation);
  try {
    const only = suite.full ? undefined : scenariosThatShow(seenBy, suite.scenarios);
    const ran = await suite.attempt(tenant.settings, only);
    const result = { name, says, ...conformantResult(ran, stopwatch()) };
    suite.listener.variation(result);
    return result;
  } finally {
    await tenant.close();
  }
}

/**
 * A fault that the scenarios of its requirement do not see is given the whole suite before it has survived: some
 * requirements are looked at in every scenario.
 */
async function tryFault(fault: Fault, suite: Suite): Promise<FaultResult> {
  const stopwatch = started();
  const run = async (only?: readonly string[]) => {
    const sandbox = await startSandbox({ behaviour: fault.behaviour() });
    try {
      const ran = await suite.attempt(sandbox.settings, only);
      return faultResult(fault, ran, { wholeSuite: only === undefined, seconds: stopwatch() });
    } finally {
      await sandbox.close();
    }
  };
  let result = await run(suite.full ? undefined : scenariosThatShow([fault.breaks], suite.scenarios));
  if (!suite.full && ['survived', 'killed by another'].includes(result.outcome)) result = await run();
  suite.listener.fault(result);
  return result;
}

/** @returns seconds since then, to a tenth */
function started(): () => number {
  const at = performance.now();
  return () => Math.round((performance.now() - at) / 100) / 10;
}
