// Whether the sentences of a scenario can decide the requirements that it is tagged with.
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';
import type { Pickle } from '@cucumber/messages';
import { type Evidence, isRequirementId, requirement, whyUntestable } from '../protocol/catalogue.ts';
import type { Locate } from './locations.ts';

/** Cucumber keeps these with the definition of a sentence, and passes them to nobody. */
export interface DecidingOptions {
  decides: readonly Evidence[];
}

/** What cucumber's library of steps holds besides what its types show. */
interface StepDefinitions {
  stepDefinitions: readonly { id: string; options: { wrapperOptions?: Partial<DecidingOptions> } }[];
}

/** What each sentence contributes, by the id of its definition. */
export function evidenceBySentence(support: ISupportCodeLibrary): Map<string, readonly Evidence[]> {
  const { stepDefinitions } = support as ISupportCodeLibrary & StepDefinitions;
  return new Map(stepDefinitions.map(({ id, options }) => [id, options.wrapperOptions?.decides ?? []]));
}

/** @param given what the sentences of the scenario contribute */
export function undecidedTags(pickle: Pickle, given: ReadonlySet<Evidence>, at: Locate): string[] {
  return pickle.tags.flatMap(({ name, astNodeId }) => {
    const why = whyUndecided(name.slice(1), given);
    return why ? [`  ${at(pickle, astNodeId)}  ${why}`] : [];
  });
}

function whyUndecided(id: string, given: ReadonlySet<Evidence>): string | undefined {
  if (!isRequirementId(id)) return undefined;
  const entry = requirement(id);
  if (!entry.decidedBy) return `@${id}: no scenario can decide it, for ${whyUntestable(entry)}`;
  const missing = entry.decidedBy.filter((one) => !given.has(one));
  if (missing.length === 0) return undefined;
  return `@${id}: no sentence of the scenario decides it. Missing: ${missing.join(', ')} (docs/steps.md says which sentence gives what)`;
}
