// The dictionary of the steps, for people who write features: every sentence, and one that is in use.
import { readFile } from 'node:fs/promises';
import type { StepDefinition } from '@cucumber/messages';
import { cell } from '../text/markdown.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Markdown of all sentences, by the file that defines them. @param banner first line */
export async function dictionary(vocabulary: Vocabulary, banner: string): Promise<string> {
  const files = [...new Set(vocabulary.definitions.map(fileOf))].sort();
  const chapters = await Promise.all(files.map((file) => chapter(file, vocabulary)));
  return [
    banner,
    '# Dictionary of the steps',
    'Words in braces stand for one of several; they are listed at the end. Words with a slash between them are',
    'alternatives. A sentence whose second column is empty sends nothing. The third says what it contributes to a decision:',
    'each requirement needs what its `decidedBy` in spec/requirements.yaml lists.\n',
    ...chapters,
    '## Words in braces\n',
    '| word | is one of, or looks like |\n| --- | --- |',
    ...vocabulary.parameterTypes.map(
      (type) => `| {${type.name}} | \`${cell(type.regularExpressions.join(' '))}\` |`,
    ),
    '| {string} | a text in double quotes |\n',
  ].join('\n');
}

async function chapter(file: string, { definitions, evidence, examples }: Vocabulary): Promise<string> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const rows = definitions
    .filter((definition) => fileOf(definition) === file)
    .map((definition) => {
      const example = examples.get(definition.id) ?? '';
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
