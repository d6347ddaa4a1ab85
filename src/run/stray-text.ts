// Gherkin reads a line that it does not know as a description: a misspelt keyword silently loses a step, or a whole
// scenario. This finds such lines.
import type { FeatureChild, GherkinDocument, RuleChild } from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';

const headings = ['Feature', 'Rule', 'Background', 'Scenario', 'Scenario Outline', 'Example', 'Examples'];
const stepWords = ['Given', 'When', 'Then', 'And', 'But'];

interface Described {
  location: { line: number };
  keyword: string;
  description: string;
  steps: boolean;
}

/** @param source the text of the file */
export function strayText(document: GherkinDocument, source: string): string[] {
  const feature = document.feature;
  if (!feature) return [`  ${document.uri}:1  no Feature: is the keyword misspelt, or the file empty?`];
  const all = [{ ...feature, steps: false }, ...feature.children.flatMap(described)];
  const lines = source.split('\n').map((line) => line.trim());
  return all.flatMap((one) => {
    return misspelt(one).map((text) => {
      // A line of a description stands below its heading.
      const line = lines.indexOf(text, one.location.line) + 1 || one.location.line;
      return `  ${document.uri}:${line}  ${problem(one, text)}`;
    });
  });
}

function described(child: FeatureChild | RuleChild): Described[] {
  const { scenario, background } = child;
  if ('rule' in child && child.rule) {
    return [{ ...child.rule, steps: false }, ...child.rule.children.flatMap(described)];
  }
  const own = scenario ?? background;
  const examples = scenario?.examples.map((table) => ({ ...table, steps: false })) ?? [];
  return own ? [{ ...own, steps: true }, ...examples] : [];
}

function misspelt({ description, steps }: Described): string[] {
  return description
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => isHeading(line) || isStep(line, steps));
}

function isHeading(line: string): boolean {
  const word = /^([A-Za-z]+(?: [A-Za-z]+)?)\s*:/.exec(line)?.[1];
  return word !== undefined && headings.some((heading) => distance(word, heading) <= 2);
}

/** Above the first step every word counts that is nearly a keyword; elsewhere only the keyword itself. */
function isStep(line: string, nearlyCounts: boolean): boolean {
  const word = /^([A-Za-z]+)\s/.exec(line)?.[1];
  if (!word) return false;
  if (stepWords.includes(word)) return true;
  return nearlyCounts && !/^(The|They|An?|All|Any)$/.test(word) && stepWords.some((one) => near(word, one));
}

function near(word: string, keyword: string): boolean {
  return distance(word.toLowerCase(), keyword.toLowerCase()) <= (keyword.length > 3 ? 2 : 1);
}

function problem({ keyword }: Described, line: string): string {
  return `"${line}" is read as a description of the ${keyword} above it: is its keyword misspelt?`;
}
