// How many requests the scenarios of a run will send: as many as against the reference tenant, which docs/requests.json has
// for each scenario. Of one that it does not know, as many as a scenario has on average.
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';
import type { Pickle, TestCase, TestStep } from '@cucumber/messages';
import figures from '../../docs/figures.json' with { type: 'json' };
import measured from '../../docs/requests.json' with { type: 'json' };
import { nameInProject } from '../system/project.ts';
import type { Settings } from '../tenant/settings.ts';
import { scenarioKey } from '../verdict/scenario-key.ts';

/** The settings that are missing for a sentence with these values. */
export type Needs = (settings: Settings, ...values: string[]) => readonly string[];

/** Cucumber keeps these with the definition of a sentence, and passes them to nobody. */
export interface NeedingOptions {
  needs: Needs;
}

/** What cucumber's library of steps holds besides what its types show. */
interface StepDefinitions {
  stepDefinitions: readonly { id: string; options: { wrapperOptions?: Partial<NeedingOptions> } }[];
}

/** A type, not an interface: the options of a formatter are JSON. */
export type ExpectedRequests = {
  /** By scenario: its file and its name. */
  byScenario: Record<string, number>;
  /** Whether it is what the last run has sent: a tenant with defects gets more than the reference tenant. */
  asInTheLastRun?: boolean;
  /** How many times as many a tenant gets that accepts whatever is JSON. */
  factorIfAnythingIsTaken?: number;
};

/** How many requests each scenario sends to the reference tenant, by its file and its name. */
export type RequestsByScenario = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const known: RequestsByScenario = measured;
const counts = Object.values(known).flatMap((scenarios) => Object.values(scenarios));
const average = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);

const places = new Map(
  Object.entries(known)
    .flatMap(([file, scenarios]) => Object.keys(scenarios).map((name) => `${file} ${name}`))
    .map((key, place) => [key, place]),
);

/** Among all scenarios of the suite; undefined of one that docs/requests.json does not know. */
export function placeInTheSuite({ uri, name }: Pick<Pickle, 'uri' | 'name'>): number | undefined {
  return places.get(`${nameInProject(uri)} ${name}`);
}

/** @param settings undefined for the embedded sandbox, whose profile declares everything */
export function expectedRequests(
  testCases: readonly TestCase[],
  pickles: ReadonlyMap<string, Pickle>,
  support: ISupportCodeLibrary,
  settings: Settings | undefined,
): ExpectedRequests {
  const needs = needsBySentence(support);
  const byScenario: Record<string, number> = {};
  for (const { pickleId, testSteps } of testCases) {
    const pickle = pickles.get(pickleId)!;
    const isSkipped = settings && testSteps.some((step) => isMissing(step, needs, settings));
    const count = known[nameInProject(pickle.uri)]?.[pickle.name];
    byScenario[scenarioKey(pickle)] = isSkipped ? 0 : (count ?? average);
  }
  const factorIfAnythingIsTaken = figures.requestsIfAnythingIsTaken / figures.requests;
  return { byScenario, factorIfAnythingIsTaken };
}

/** @param before how many requests the last run of the same scenarios against the same tenant has sent */
export function asInTheLastRun(expected: ExpectedRequests, before: number | undefined): ExpectedRequests {
  const total = totalOf(expected);
  if (before === undefined || total === 0) return expected;
  const byScenario = Object.entries(expected.byScenario).map(([key, count]) => [
    key,
    (count * before) / total,
  ]);
  return { byScenario: Object.fromEntries(byScenario), asInTheLastRun: true };
}

export function totalOf({ byScenario }: ExpectedRequests): number {
  return Object.values(byScenario).reduce((sum, count) => sum + count, 0);
}

export function needsBySentence(support: ISupportCodeLibrary): Map<string, Needs> {
  const { stepDefinitions } = support as ISupportCodeLibrary & StepDefinitions;
  return new Map(
    stepDefinitions.flatMap(({ id, options }) => {
      const { needs } = options.wrapperOptions ?? {};
      return needs ? [[id, needs]] : [];
    }),
  );
}

function isMissing(step: TestStep, needs: ReadonlyMap<string, Needs>, settings: Settings): boolean {
  const needed = needs.get(step.stepDefinitionIds?.[0] ?? '');
  if (!needed) return false;
  const [match] = step.stepMatchArgumentsLists ?? [];
  const values = (match?.stepMatchArguments ?? []).map(
    // Of a text in quotation marks, what is between them.
    ({ group }) => group.children?.find(({ value }) => value !== undefined)?.value ?? group.value ?? '',
  );
  return needed(settings, ...values).length > 0;
}
