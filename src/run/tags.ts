// Tags of scenarios: a requirement or an ambiguity that does not exist is a misspelling.
import type { Pickle } from '@cucumber/messages';
import { closest, distance } from 'fastest-levenshtein';
import {
  ambiguityIds,
  catalogue,
  isAmbiguityId,
  isRequirementId,
  type RequirementId,
  requirement,
  senderRequirements,
} from '../protocol/catalogue.ts';
import type { Locate } from './locations.ts';

/** Before the id of a requirement: the events of the scenario break it on purpose. */
const breaks = 'breaks-';

const known = [
  ...catalogue.map((entry) => entry.id),
  ...senderRequirements.map((entry) => breaks + entry.id),
  ...ambiguityIds,
  'observe',
  'smoke',
].map((name) => `@${name}`);

/** The requirement that the scenario breaks, by one of its tags. @param tag without its @ */
export function brokenBy(tag: string): RequirementId[] {
  const id = tag.slice(breaks.length);
  return tag.startsWith(breaks) && isRequirementId(id) ? [id] : [];
}

export function tagProblems(pickle: Pickle, at: Locate): string[] {
  const misspelt = pickle.tags.filter((tag) => isMisspelt(tag.name));
  if (misspelt.length > 0) return misspelt.map((tag) => `  ${at(pickle, tag.astNodeId)}  ${guess(tag.name)}`);
  const tags = pickle.tags.map((tag) => tag.name);
  if (tags.some((tag) => isRequirementId(tag.slice(1))) || isObservation(tags)) return [];
  return [
    `  ${at(pickle)}  "${pickle.name}" is tagged neither with a requirement, nor with @observe and an ambiguity like @X-16`,
  ];
}

/** Misspelt tags of --tags: an expression that names one selects less than it says. */
export function expressionProblems(expression: string): string[] {
  const words = expression.match(/[^\s()]+/g) ?? [];
  return words.flatMap((word) => {
    if (known.includes(`@${word}`)) return [`--tags: ${word} has no @; did you mean @${word}?`];
    return word.startsWith('@') && isMisspelt(word) ? [`--tags: ${guess(word)}`] : [];
  });
}

function guess(tag: string): string {
  const [id] = brokenBy(tag.slice(1));
  if (id && requirement(id).binds === 'tenant')
    return `${tag}: ${id} binds the tenant, so no event that is sent can break it`;
  return `${tag} is not a requirement of the catalogue; did you mean ${closest(tag, known)}?`;
}

function isObservation(tags: string[]): boolean {
  return tags.includes('@observe') && tags.some((tag) => isAmbiguityId(tag.slice(1)));
}

/** Teams may have tags of their own, as long as they do not look like one of ours. */
function isMisspelt(tag: string): boolean {
  if (known.includes(tag)) return false;
  return (
    /^@([A-Z]+-[\w-]*\d|breaks-)/.test(tag) ||
    known.some((one) => distance(tag.toUpperCase(), one.toUpperCase()) <= 2)
  );
}
