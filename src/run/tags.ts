// Tags of scenarios: a requirement or an ambiguity that does not exist is a misspelling.
import type { Pickle } from '@cucumber/messages';
import { closest, distance } from 'fastest-levenshtein';
import { ambiguityIds, catalogue, isAmbiguityId, isRequirementId } from '../protocol/catalogue.ts';

const known = [...catalogue.map((entry) => entry.id), ...ambiguityIds, 'observe'].map((name) => `@${name}`);

export function tagProblems(pickle: Pickle): string[] {
  const at = `${pickle.uri}:${pickle.location?.line ?? 0}`;
  const tags = pickle.tags.map((tag) => tag.name);
  const problems = tags.filter(isMisspelt).map((tag) => {
    return `  ${at}  tag ${tag} is no requirement of the catalogue; did you mean ${closest(tag, known)}?`;
  });
  const claims = tags.filter((tag) => isRequirementId(tag.slice(1)));
  if (problems.length === 0 && claims.length === 0 && !isObservation(tags)) {
    problems.push(
      `  ${at}  "${pickle.name}" is tagged neither with a requirement, nor with @observe and an ambiguity like @X-16`,
    );
  }
  return problems;
}

function isObservation(tags: string[]): boolean {
  return tags.includes('@observe') && tags.some((tag) => isAmbiguityId(tag.slice(1)));
}

/** Teams may have tags of their own, as long as they do not look like one of ours. */
function isMisspelt(tag: string): boolean {
  if (known.includes(tag)) return false;
  return (
    /^@[A-Z]+-[\w-]*\d/.test(tag) || known.some((one) => distance(tag.toUpperCase(), one.toUpperCase()) <= 2)
  );
}
