// The existing sentence that a misspelt one was probably meant to be.
import { closest } from 'fastest-levenshtein';

/** Examples of the parameters whose words are too many to be listed. */
const samples: Record<string, string> = {
  agent: 'Agent 1',
  locale: 'en',
  field: 'language',
  string: '"…"',
  int: '2',
};

/**
 * @param patterns cucumber expressions of the step definitions
 * @param parameters the regular expression of each parameter type, by its name
 */
export function nearestSentence(
  text: string,
  patterns: readonly string[],
  parameters: ReadonlyMap<string, string>,
): string | undefined {
  const sentences = patterns.map((pattern) =>
    pattern
      .replace(/\{([^}]*)\}/g, (_, name: string) => samples[name] ?? firstWord(parameters.get(name)) ?? name)
      .replace(/(\w+)(?:\/\w+)+/g, '$1'),
  );
  return sentences.length > 0 ? closest(text, sentences) : undefined;
}

/** Of alternatives, the first; undefined when that is not a plain text. */
function firstWord(expression: string | undefined): string | undefined {
  const [first] = expression?.split('|') ?? [];
  return first !== undefined && /^[\w ,'-]+$/.test(first) ? first : undefined;
}
