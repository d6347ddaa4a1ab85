// The dictionary of the steps, for people who write features: every sentence, and one that is in use.
import { readFile } from 'node:fs/promises';
import { loadConfiguration } from '@cucumber/cucumber/api';
import type { Envelope, ParameterType, Pickle, StepDefinition, TestCase } from '@cucumber/messages';
import { dryRun, stepsOf } from './dry-run.ts';

interface Vocabulary {
  definitions: StepDefinition[];
  parameterTypes: ParameterType[];
  /** A sentence in use, by the id of its definition. */
  examples: Map<string, string>;
}

/** Markdown of all sentences, by the file that defines them. @param banner first line */
export async function dictionary(banner: string): Promise<string> {
  const vocabulary = await readVocabulary();
  const files = [...new Set(vocabulary.definitions.map(fileOf))].sort();
  const chapters = await Promise.all(files.map((file) => chapter(file, vocabulary)));
  return [
    banner,
    '# Dictionary of the steps',
    'Words in braces stand for one of several; they are listed at the end. Words with a slash between them are',
    'alternatives.\n',
    ...chapters,
    '## Words in braces\n',
    '| word | is one of, or looks like |\n| --- | --- |',
    ...vocabulary.parameterTypes.map(
      (type) => `| {${type.name}} | \`${cell(type.regularExpressions.join(' '))}\` |`,
    ),
    '| {string} | a text in double quotes |\n',
  ].join('\n');
}

async function chapter(file: string, { definitions, examples }: Vocabulary): Promise<string> {
  const [title = ''] = (await readFile(file, 'utf8')).split('\n');
  const rows = definitions
    .filter((definition) => fileOf(definition) === file)
    .map(({ id, pattern }) => `| ${cell(pattern.source)} | ${cell(examples.get(id) ?? '')} |`);
  return `## ${title.replace(/^\/\/ /, '')}\n\n| sentence | for example |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function fileOf(definition: StepDefinition): string {
  return (definition.sourceReference.uri ?? '').replaceAll('\\', '/');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

async function readVocabulary(): Promise<Vocabulary> {
  const { runConfiguration } = await loadConfiguration();
  const definitions: StepDefinition[] = [];
  const parameterTypes: ParameterType[] = [];
  const pickles = new Map<string, Pickle>();
  const testCases: TestCase[] = [];
  const look = ({ stepDefinition, parameterType, pickle, testCase }: Envelope) => {
    if (stepDefinition) definitions.push(stepDefinition);
    if (parameterType) parameterTypes.push(parameterType);
    if (pickle) pickles.set(pickle.id, pickle);
    if (testCase) testCases.push(testCase);
  };
  await dryRun(runConfiguration, look);
  return { definitions, parameterTypes, examples: examplesOf(testCases, pickles) };
}

function examplesOf(testCases: TestCase[], pickles: Map<string, Pickle>): Map<string, string> {
  const examples = new Map<string, string>();
  for (const testCase of testCases) {
    for (const { step, definitions } of stepsOf(testCase, pickles.get(testCase.pickleId)!)) {
      const [id] = definitions;
      if (id && !examples.has(id)) examples.set(id, step.text);
    }
  }
  return examples;
}
