// What a sentence contributes to the decision on a requirement. The dry run compares it with the tags of each scenario.
import type { Evidence } from '../src/protocol/catalogue.ts';
import type { DecidingOptions } from '../src/run/deciding.ts';

/** The options of a sentence, for its definition: Then('…', decides('accepted'), async function …). */
export function decides(...evidence: Evidence[]): { wrapperOptions: DecidingOptions } {
  return { wrapperOptions: { decides: evidence } };
}
