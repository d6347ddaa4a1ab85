// Which scenarios of the suite the quick form runs against a tenant: those that could notice its behaviour, and a sample of
// the others. Against a variation the sample looks for false alarms. Against a fault it only shows what else fails with it,
// and there are ten times as many faults, so that one is smaller.
import type { JudgedScenario } from './judged-run.ts';

/** Of how many scenarios one is in the sample. Primes, so that it does not always take the same row of tables of equal length. */
const everyNth = { fault: 97, variation: 31 };

/**
 * @param tenant what is wrong with it, if anything
 * @param requirements selects the scenarios that are tagged with one of these
 * @param all the scenarios of the suite, from the run against the sandbox without a fault
 * @returns arguments for `npm test`: file:line:line…
 */
export function scenariosAbout(
  tenant: keyof typeof everyNth,
  requirements: readonly string[],
  all: readonly JudgedScenario[],
): string[] {
  const nth = everyNth[tenant];
  const chosen = all.filter((scenario, index) => isTagged(scenario, requirements) || index % nth === 0);
  const files = Map.groupBy(chosen, ({ uri }) => uri);
  return [...files].map(([uri, scenarios]) => [uri, ...scenarios.map(({ line }) => line)].join(':'));
}

export function isTagged({ tags }: JudgedScenario, requirements: readonly string[]): boolean {
  return requirements.some((id) => tags.includes(`@${id}`));
}
