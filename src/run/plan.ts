// Looks a run over before anything is sent: a dry run, whose messages show what cucumber itself would pass over.
import { PassThrough } from 'node:stream';
import {
  type IRunConfiguration,
  type IRunEnvironment,
  type ISupportCodeLibrary,
  runCucumber,
} from '@cucumber/cucumber/api';
import type { Envelope, GherkinDocument, Pickle, PickleStep, TestCase } from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';
import { RunError } from './run-error.ts';
import { strayText } from './stray-text.ts';
import { tagProblems } from './tags.ts';

export interface Plan {
  /** How many scenarios are to be run. */
  selected: number;
  /** The loaded steps, so that the run need not load them again. */
  support: ISupportCodeLibrary;
}

interface Seen {
  parseErrors: string[];
  documents: GherkinDocument[];
  pickles: Map<string, Pickle>;
  testCases: TestCase[];
}

/** @throws RunError with all problems: misspelt keywords, tags and steps, empty scenarios, nothing selected */
export async function plan(configuration: IRunConfiguration, environment: IRunEnvironment): Promise<Plan> {
  const seen: Seen = { parseErrors: [], documents: [], pickles: new Map(), testCases: [] };
  const silent = { ...environment, stdout: new PassThrough().resume(), stderr: new PassThrough().resume() };
  const dry: IRunConfiguration = {
    ...configuration,
    runtime: { ...configuration.runtime, dryRun: true, parallel: 0 },
    formats: { ...configuration.formats, stdout: 'summary', files: {}, publish: false },
    plugins: { specifiers: [], options: {} },
  };
  const { support } = await runCucumber(dry, silent, (envelope) => look(envelope, seen));
  const problems = [...new Set([...seen.parseErrors, ...scenarioProblems(seen)])];
  if (problems.length > 0) {
    throw new RunError(2, `The features are not in order, so nothing was sent:\n${problems.join('\n')}`);
  }
  if (seen.testCases.length === 0) throw new RunError(2, nothingSelected(configuration, seen.pickles.size));
  return { selected: seen.testCases.length, support: support as ISupportCodeLibrary };
}

function look(envelope: Envelope, seen: Seen): void {
  const { parseError, gherkinDocument, pickle, testCase } = envelope;
  if (parseError) {
    const { source, message } = parseError;
    seen.parseErrors.push(
      `  ${source.uri}:${source.location?.line ?? 0}  ${message.replace(/^\(\d+:\d+\): /, '')}`,
    );
  }
  if (gherkinDocument) seen.documents.push(gherkinDocument);
  if (pickle) seen.pickles.set(pickle.id, pickle);
  if (testCase) seen.testCases.push(testCase);
}

function scenarioProblems({ documents, pickles, testCases }: Seen): string[] {
  const selected = testCases.map((testCase) => ({ testCase, pickle: pickles.get(testCase.pickleId)! }));
  const sentences = sentencesInUse(selected);
  return [
    ...documents.flatMap(strayText),
    ...[...pickles.values()].flatMap(tagProblems),
    ...[...pickles.values()]
      .filter((pickle) => pickle.steps.length === 0)
      .map((pickle) => `  ${at(pickle)}  "${pickle.name}" has no steps, so it would show nothing`),
    ...selected.flatMap(({ testCase, pickle }) => stepProblems(testCase, pickle, sentences)),
  ];
}

function stepProblems(testCase: TestCase, pickle: Pickle, sentences: Set<string>): string[] {
  return stepsOf(testCase, pickle).flatMap(({ step, definitions }) => {
    if (definitions > 1) return [`  ${at(pickle)}  "${step.text}" matches ${definitions} step definitions`];
    if (definitions === 1) return [];
    const nearest = nearestOf(step.text, sentences);
    return [
      `  ${at(pickle)}  no step matches "${step.text}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
    ];
  });
}

/** Sentences that some step definition matches: what a misspelt one is compared with. */
function sentencesInUse(selected: { testCase: TestCase; pickle: Pickle }[]): Set<string> {
  const defined = selected.flatMap(({ testCase, pickle }) => stepsOf(testCase, pickle));
  return new Set(defined.filter(({ definitions }) => definitions === 1).map(({ step }) => step.text));
}

function stepsOf(testCase: TestCase, pickle: Pickle): { step: PickleStep; definitions: number }[] {
  return testCase.testSteps.flatMap((testStep) => {
    const step = pickle.steps.find((one) => one.id === testStep.pickleStepId);
    return step ? [{ step, definitions: testStep.stepDefinitionIds?.length ?? 0 }] : [];
  });
}

function nearestOf(text: string, sentences: Set<string>): string | undefined {
  const ranked = [...sentences].map((sentence) => ({ sentence, far: distance(text, sentence) }));
  ranked.sort((a, b) => a.far - b.far);
  return ranked[0]?.sentence;
}

function at(pickle: Pickle): string {
  return `${pickle.uri}:${pickle.location?.line ?? 0}`;
}

function nothingSelected({ sources }: IRunConfiguration, found: number): string {
  const filters = [
    sources.paths.length > 0 ? `paths ${sources.paths.join(', ')}` : '',
    sources.tagExpression ? `--tags "${sources.tagExpression}"` : '',
    sources.names.length > 0 ? `--name ${sources.names.map((name) => `"${name}"`).join(', ')}` : '',
    sources.shard ? `--shard ${sources.shard}` : '',
  ].filter((filter) => filter !== '');
  const where =
    found === 0 ? 'No feature file was found' : `${found} scenarios were found, none of them is selected`;
  return `No scenario would run, and that is never green. ${where}.\n  selection: ${filters.join('; ') || 'all features'}`;
}
