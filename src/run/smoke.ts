// The selection @smoke: the scenarios that together decide every requirement of the tenant with as few requests as possible.
// Their tag stands in the feature files, where people see it; which of them have it follows from docs/requests.json.
import type { Examples, GherkinDocument, Pickle, Scenario } from '@cucumber/messages';
import { decidedByTheAnswer } from '../protocol/answers.ts';
import {
  isRequirementId,
  type RequirementId,
  requirement,
  tenantRequirements,
  whyUntestable,
} from '../protocol/catalogue.ts';
import { type Candidate, smallestCover } from './cover.ts';
import type { RequestsByScenario } from './expected-requests.ts';

export const smokeTag = '@smoke';

/** What a tag can be written above, with the scenarios that it then selects. */
interface Taggable extends Candidate {
  uri: string;
  node: Scenario | Examples;
  pickles: Pickle[];
  requests: number;
}

export interface Suite {
  documents: readonly GherkinDocument[];
  scenarios: readonly Pickle[];
  /** The scenarios that a tenant's profile may not declare what they need for. */
  needing: ReadonlySet<Pickle>;
}

export interface Smoke {
  scenarios: number;
  requests: number;
  /** Of each feature file, by its path, the nodes that have the tag. */
  tagged: Map<string, (Scenario | Examples)[]>;
  /** The requirements of the tenant that no scenario decides which `npm run figures` has counted. */
  undecided: RequirementId[];
}

/** More than all requests of a suite: what every profile declares is preferred. */
const perNeed = 10_000;

export function smokeOf({ documents, scenarios, needing }: Suite, counts: RequestsByScenario): Smoke {
  const all = documents.flatMap((document) => taggables(document, scenarios)).flatMap(withCost);
  const chosen = smallestCover(all);
  const decided = new Set(chosen.flatMap(({ decides }) => [...decides]));
  const missing = tenantRequirements.filter((entry) => !whyUntestable(entry) && !decided.has(entry.id));
  const tagged = Map.groupBy(chosen, ({ uri }) => uri);
  return {
    scenarios: chosen.reduce((sum, { pickles }) => sum + pickles.length, 0),
    requests: chosen.reduce((sum, { requests }) => sum + requests, 0),
    tagged: new Map([...tagged].map(([uri, some]) => [uri, some.map(({ node }) => node)])),
    undecided: missing.map(({ id }) => id),
  };

  function withCost(one: Omit<Taggable, 'cost' | 'requests'>): Taggable[] {
    const each = one.pickles.map(({ uri, name }) => counts[uri.replaceAll('\\', '/')]?.[name]);
    if (each.length === 0 || each.includes(undefined)) return [];
    const requests = each.reduce<number>((sum, count) => sum + count!, 0);
    const needs = one.pickles.filter((pickle) => needing.has(pickle)).length;
    return [{ ...one, requests, cost: requests + needs * perNeed }];
  }
}

/** An outline has its tag above its examples when it has several tables of them. */
function taggables(
  { feature, uri = '' }: GherkinDocument,
  pickles: readonly Pickle[],
): Omit<Taggable, 'cost' | 'requests'>[] {
  return scenariosOf(feature).flatMap((scenario) => {
    const own = pickles.filter(({ astNodeIds }) => astNodeIds[0] === scenario.id);
    const tables = scenario.examples.length > 1 ? scenario.examples : [];
    const nodes =
      tables.length === 0
        ? [{ node: scenario, pickles: own }]
        : tables.map((node) => ({
            node,
            pickles: own.filter(({ astNodeIds }) => node.tableBody.some(({ id }) => id === astNodeIds[1])),
          }));
    return nodes.map((one) => ({ ...one, uri, decides: new Set(one.pickles.flatMap(decidedBy)) }));
  });
}

function scenariosOf(feature: GherkinDocument['feature']): Scenario[] {
  return (feature?.children ?? []).flatMap(({ scenario, rule }) => [
    ...(scenario ? [scenario] : []),
    ...(rule?.children ?? []).flatMap((child) => child.scenario ?? []),
  ]);
}

/** What it is tagged with; where events are accepted, also what each answer decides. */
function decidedBy({ tags }: Pickle): string[] {
  const claims = tags.map(({ name }) => name.slice(1)).filter(isRequirementId);
  const accepts = claims.some((id) => requirement(id).decidedBy?.some((one) => one === 'accepted'));
  return [...claims, ...(accepts ? decidedByTheAnswer : [])];
}

/** The text of a feature file in which these nodes have the tag, and no other. @param document of that text */
export function withSmokeTags(
  text: string,
  { feature }: GherkinDocument,
  tagged: readonly (Scenario | Examples)[],
): string {
  const lines = text.split('\n');
  const nodes = scenariosOf(feature).flatMap((scenario) => [scenario, ...scenario.examples]);
  // From the last line to the first, so that no line is moved before its turn.
  for (const node of nodes.toSorted((one, other) => other.location.line - one.location.line)) {
    const wanted = tagged.includes(node);
    const present = node.tags.find(({ name }) => name === smokeTag);
    if (wanted === (present !== undefined)) continue;
    const at = node.location.line - 1;
    const line = (present ?? node.tags.at(-1))?.location.line;
    if (present) {
      const rest = lines[line! - 1]!.replace(/\s*@smoke(?=\s|$)/, '');
      lines.splice(line! - 1, 1, ...(rest.trim() === '' ? [] : [rest]));
    } else if (line) lines[line - 1] += ` ${smokeTag}`;
    else lines.splice(at, 0, `${' '.repeat((node.location.column ?? 1) - 1)}${smokeTag}`);
  }
  return lines.join('\n');
}
