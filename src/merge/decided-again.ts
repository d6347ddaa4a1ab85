// Which scenarios of a run another one has decided again, and what is left of its messages.
import type { RunEnd } from '../run/run-head.ts';
import type { ScenarioResult } from '../verdict/collector.ts';
import { isDecided } from '../verdict/policy.ts';
import type { KeptRun } from './kept-run.ts';

export type ReplacedScenario = NonNullable<RunEnd['again']>[number];

interface Scenario {
  uri: string;
  line: number;
  /** uri:line, with slashes. */
  place: string;
  /** The id of its test case. */
  testCase: string;
}

/** Those that were selected, whether they ran or not. */
export function scenariosOf({ envelopes }: Pick<KeptRun, 'envelopes'>): Scenario[] {
  const pickles = new Map(envelopes.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle] as const] : [])));
  return envelopes.flatMap(({ testCase }) => {
    const pickle = testCase && pickles.get(testCase.pickleId);
    if (!pickle) return [];
    const uri = pickle.uri.replaceAll('\\', '/');
    const line = pickle.location?.line ?? 0;
    return [{ uri, line, place: `${uri}:${line}`, testCase: testCase.id }];
  });
}

interface TwoRuns {
  before: readonly ScenarioResult[];
  after: readonly ScenarioResult[];
  /** When the second one began. */
  at: string;
}

/** What was decided is not replaced by what a lost connection has left open; an error of the harness has to be seen. */
export function decidedAgain({ before, after, at }: TwoRuns): ReplacedScenario[] {
  const verdicts = new Map(before.map(({ uri, line, verdict }) => [`${uri}:${line}`, verdict]));
  return after.flatMap(({ uri, line, name, verdict }) => {
    const was = verdicts.get(`${uri}:${line}`);
    const counts = isDecided(verdict) || verdict === 'harness-error' || (verdict && !isDecided(was));
    return counts ? [{ uri, line, name, was: was ?? 'not-run', at }] : [];
  });
}

/** uri:line, with slashes. */
export function placesOf(scenarios: readonly ReplacedScenario[]): Set<string> {
  return new Set(scenarios.map(({ uri, line }) => `${uri}:${line}`));
}

/** The ids of their test cases in a run. */
export function casesOf(run: KeptRun, scenarios: readonly ReplacedScenario[]): Set<string> {
  const places = placesOf(scenarios);
  return new Set(scenariosOf(run).flatMap(({ place, testCase }) => (places.has(place) ? [testCase] : [])));
}

/** The messages of a run without those of scenarios that do not count. */
export function replaced(run: KeptRun, scenarios: readonly ReplacedScenario[]): KeptRun['envelopes'] {
  const cases = casesOf(run, scenarios);
  return run.envelopes.filter(({ testCase }) => !testCase || cases.has(testCase.id));
}
