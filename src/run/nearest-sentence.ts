// The existing sentence that a misspelt one was probably meant to be.
import { closest } from 'fastest-levenshtein';

/** What a parameter looks like in a sentence, so that an expression can be compared with one. */
const samples: Record<string, string> = {
  agent: 'Agent 1',
  experience: 'voice',
  transfer: 'cold',
  transition: 'exit',
  locale: 'en',
  request: 'an entry event',
  field: 'language',
  token: 'no token',
  part: 'envelope',
  length: 'conversation',
  target: 'agent',
  string: '"…"',
};

/** @param patterns cucumber expressions of the step definitions */
export function nearestSentence(text: string, patterns: string[]): string | undefined {
  const sentences = patterns.map((pattern) =>
    pattern
      .replace(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? name)
      .replace(/(\w+)(?:\/\w+)+/g, '$1'),
  );
  return sentences.length > 0 ? closest(text, sentences) : undefined;
}
