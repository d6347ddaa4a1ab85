// What each scenario of a run judges: a requirement, by a refusal or by what is accepted.
import { catalogue, type RequirementId } from '../../src/protocol/catalogue.ts';
import { refusalCheck } from '../../src/protocol/refusals.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import type { Run } from './harness.ts';

/** The requirements that ask for a refusal. */
const negative = new Set(catalogue.map(({ id }) => id).filter(asksForRefusal));

function asksForRefusal(id: RequirementId): boolean {
  try {
    return refusalCheck([id]).id === id;
  } catch {
    return false;
  }
}

export interface Judging {
  id: RequirementId;
  /** Whether it says that the tenant refuses something; a requirement may have scenarios of both kinds. */
  refuses: boolean;
  result: ScenarioResult;
}

/** The scenarios that judge, each with what it is tagged with. */
export function judging({ collected, messages }: Run): Judging[] {
  const refusing = new Set(
    messages.flatMap(({ pickle }) =>
      pickle?.steps.some(({ text }) => text.startsWith('the tenant refuses '))
        ? [`${pickle.uri}:${pickle.location?.line}`]
        : [],
    ),
  );
  return collected.results
    .filter(({ tags }) => !tags.includes('@observe'))
    .map((result) => {
      const ids = result.tags.map((tag) => tag.slice(1) as RequirementId);
      const refuses = refusing.has(`${result.uri}:${result.line}`);
      return { id: (refuses && ids.find((one) => negative.has(one))) || ids[0]!, refuses, result };
    });
}

export function placeOf({ uri, line, name }: ScenarioResult): string {
  return `${uri}:${line} ${name}`;
}
