// The dictionary of the steps, for people who write features: every sentence, and one that is in use.
import { readFile } from 'node:fs/promises';
import type { StepDefinition } from '@cucumber/messages';
import { catalogue } from '../protocol/catalogue.ts';
import { cell } from '../text/markdown.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Markdown of all sentences, by the file that defines them. @param banner first line */
export async function dictionary(vocabulary: Vocabulary, banner: string): Promise<string> {
  const files = [...new Set(vocabulary.definitions.map(fileOf))].sort();
  const chapters = await Promise.all(files.map((file) => chapter(file, vocabulary)));
  return [
    banner,
    '# Dictionary of the steps',
    'Every sentence that a scenario can have, what it sends, what it can decide, and an example of it.\n',
    'Words in braces stand for one of several; they are listed at the end. Words with a slash between them are',
    'alternatives. A sentence whose second column is empty sends nothing. The third says what it contributes to a decision:',
    'each requirement needs what [the list at the end](#what-decides-a-requirement) has for it.\n',
    'The keywords around the sentences may be those of another language: a feature that begins with `# language: de` has',
    '*Funktionalität*, *Regel*, *Beispiel*, *Angenommen*, *Wenn* and *Dann*, and so on for each language of Gherkin; the sentences',
    'themselves stay English. Only near misses of the English keywords are guessed.\n',
    ...chapters,
    '## Words in braces\n',
    '| word | is one of, or looks like |\n| --- | --- |',
    ...vocabulary.parameterTypes.map(
      (type) => `| {${type.name}} | \`${cell(type.regularExpressions.join(' '))}\` |`,
    ),
    '| {string} | a text in double quotes |\n',
    '## What decides a requirement\n',
    'A scenario that is tagged with a requirement needs sentences that decide all of these.\n',
    '| decided by | requirements |\n| --- | --- |',
    ...decidedBy(),
    '',
  ].join('\n');
}

/** Of a sentence that only scenarios of `npm run explore` have. */
function exampleOf({ pattern }: StepDefinition): string {
  return pattern.source.replaceAll('{int}', '2');
}

/** The requirements by what they need. */
function decidedBy(): string[] {
  const judged = catalogue.filter((entry) => entry.decidedBy !== undefined);
  const groups = Map.groupBy(judged, (entry) => entry.decidedBy!.join(', '));
  return [...groups].map(([needs, some]) => `| ${needs} | ${some.map(({ id }) => id).join(', ')} |`);
}

async function chapter(file: string, { definitions, evidence, examples }: Vocabulary): Promise<string> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const rows = definitions
    .filter((definition) => fileOf(definition) === file)
    .map((definition) => {
      const example = examples.get(definition.id) ?? exampleOf(definition);
      const contributes = (evidence.get(definition.id) ?? []).join(', ');
      const cells = [definition.pattern.source, whatItSends(definition, lines), contributes, example];
      return `| ${cells.map(cell).join(' | ')} |`;
    });
  const heading = `## ${(lines[0] ?? '').replace(/^\/\/ /, '')}`;
  return `${heading}\n\n| sentence | sends | decides | for example |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** The comment before a step that sends something says what: Sends NA exit of the agent. */
function whatItSends({ sourceReference }: StepDefinition, lines: readonly string[]): string {
  const before = lines[(sourceReference.location?.line ?? 1) - 2] ?? '';
  return /^\/\*\* Sends (.*)\. \*\/$/.exec(before)?.[1] ?? '';
}

function fileOf(definition: StepDefinition): string {
  return (definition.sourceReference.uri ?? '').replaceAll('\\', '/');
}
