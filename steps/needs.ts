// What a sentence needs of the profile. Without it the scenario is not applicable, so a run does not count on its requests.
import type { NeedingOptions, Needs } from '../src/run/expected-requests.ts';

/** The options of a sentence, for its definition: Given('…', needs(…), function …). */
export function needs(missing: Needs): { wrapperOptions: NeedingOptions } {
  return { wrapperOptions: { needs: missing } };
}
