// Where a scenario stands, and what its tags claim.
import type { ITestCaseHookParameter } from '@cucumber/cucumber';
import {
  type AmbiguityId,
  isAmbiguityId,
  isRequirementId,
  type RequirementId,
} from '../src/protocol/catalogue.ts';

type Pickle = ITestCaseHookParameter['pickle'];

export interface Place {
  scenario: { name: string; uri: string; line: number };
  claims: RequirementId[];
  ambiguities: AmbiguityId[];
}

export function placeOf(pickle: Pickle): Place {
  const tags = pickle.tags.map((tag) => tag.name.slice(1));
  return {
    scenario: { name: pickle.name, uri: pickle.uri.replaceAll('\\', '/'), line: pickle.location?.line ?? 0 },
    claims: [...new Set(tags.filter(isRequirementId))],
    ambiguities: tags.filter(isAmbiguityId),
  };
}
