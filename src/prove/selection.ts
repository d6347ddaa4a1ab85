// Which scenarios of the suite the quick form runs against a tenant: those that could notice its behaviour, and a sample of
// the others, which shows what else fails with them.
import type { JudgedScenario } from './judged-run.ts';

/** A prime, so that the sample does not always take the same row of tables of equal length. */
const everyNth = 31;

/**
 * @param requirements selects the scenarios that are tagged with one of these
 * @param all the scenarios of the suite, from the run against the sandbox without a fault
 * @returns arguments for `npm test`: file:line:line…
 */
export function scenariosAbout(requirements: readonly string[], all: readonly JudgedScenario[]): string[] {
  const chosen = all.filter((scenario, index) => isTagged(scenario, requirements) || index % everyNth === 0);
  const files = Map.groupBy(chosen, ({ uri }) => uri);
  return [...files].map(([uri, scenarios]) => [uri, ...scenarios.map(({ line }) => line)].join(':'));
}

export function isTagged({ tags }: JudgedScenario, requirements: readonly string[]): boolean {
  return requirements.some((id) => tags.includes(`@${id}`));
}
