// Which scenarios of the suite are tried on one tenant in the quick form: those that could see what it does, and a few
// of all the others, which show what else goes down with it.
import type { JudgedScenario } from './judged-run.ts';

/** Prime, so that the sample does not always hit the same row of equally long tables. */
const everyNth = 31;

/**
 * @param all the scenarios of the suite, as the run against the unfaulted sandbox has them
 * @param requirements that the scenarios are to be tagged with
 * @returns arguments of `npm test`: file:line:line…
 */
export function scenariosThatShow(requirements: readonly string[], all: readonly JudgedScenario[]): string[] {
  const wanted = all.filter((scenario, index) => isTagged(scenario, requirements) || index % everyNth === 0);
  const files = Map.groupBy(wanted, ({ uri }) => uri);
  return [...files].map(([uri, scenarios]) => [uri, ...scenarios.map(({ line }) => line)].join(':'));
}

export function isTagged({ tags }: JudgedScenario, requirements: readonly string[]): boolean {
  return requirements.some((id) => tags.includes(`@${id}`));
}
