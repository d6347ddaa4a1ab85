// The position of a scenario in its file, and what its tags claim.
import type { ITestCaseHookParameter } from '@cucumber/cucumber';
import {
  type AmbiguityId,
  isAmbiguityId,
  isRequirementId,
  type RequirementId,
} from '../src/protocol/catalogue.ts';
import { brokenBy } from '../src/run/tags.ts';

type Pickle = ITestCaseHookParameter['pickle'];

export interface ScenarioTags {
  scenario: { name: string; uri: string; line: number };
  claims: RequirementId[];
  /** The rules of a sender that its events break on purpose. */
  breaks: RequirementId[];
  ambiguities: AmbiguityId[];
}

export function readScenarioTags(pickle: Pickle): ScenarioTags {
  const tags = pickle.tags.map((tag) => tag.name.slice(1));
  return {
    scenario: { name: pickle.name, uri: pickle.uri.replaceAll('\\', '/'), line: pickle.location?.line ?? 0 },
    claims: [...new Set(tags.filter(isRequirementId))],
    breaks: [...new Set(tags.flatMap(brokenBy))],
    ambiguities: tags.filter(isAmbiguityId),
  };
}
