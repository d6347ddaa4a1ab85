// Checks a run before anything is sent: a dry run, whose messages show what cucumber itself would ignore.
import type { IRunConfiguration, ISupportCodeLibrary } from '@cucumber/cucumber/api';
import type { Envelope, GherkinDocument, ParseError, Pickle, PickleStep, TestCase } from '@cucumber/messages';
import { CodedError } from '../errors/coded-error.ts';
import { dryRun, stepsOf } from './dry-run.ts';
import { locationsOf } from './locations.ts';
import { nearestSentence } from './nearest-sentence.ts';
import { selectionInWords } from './selection.ts';
import { strayText } from './stray-text.ts';
import { tagProblems } from './tags.ts';

export interface Plan {
  /** How many scenarios are to be run. */
  selected: number;
  /** The loaded steps, so that the run need not load them again. */
  support: ISupportCodeLibrary;
}

interface Seen {
  parseErrors: ParseError[];
  documents: GherkinDocument[];
  pickles: Map<string, Pickle>;
  testCases: TestCase[];
  /** Expressions of the step definitions. */
  patterns: string[];
}

/** @throws CodedError with all problems: misspelt keywords, tags and steps, empty scenarios, nothing selected */
export async function plan(configuration: IRunConfiguration): Promise<Plan> {
  const seen: Seen = { parseErrors: [], documents: [], pickles: new Map(), testCases: [], patterns: [] };
  const support = await dryRun(configuration, (envelope) => look(envelope, seen)).catch(selectionError);
  const problems = [...new Set([...seen.parseErrors.map(parseProblem), ...scenarioProblems(seen)])];
  if (problems.length > 0) {
    throw new CodedError(
      'FEATURES_INVALID',
      `The feature files have errors, so nothing was sent:\n${problems.join('\n')}`,
    );
  }
  if (seen.testCases.length === 0)
    throw new CodedError('NOTHING_SELECTED', nothingSelected(configuration, seen.pickles.size));
  return { selected: seen.testCases.length, support };
}

/** A tag expression or a name that cannot be read is for the user to correct; any other error is passed on as it is. */
function selectionError(error: Error): never {
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  // Neither carries a code.
  if (/^(Tag expression|Invalid regular expression)/.test(why)) throw new CodedError('OPTION_INVALID', why);
  throw error;
}

function look(envelope: Envelope, seen: Seen): void {
  const { parseError, gherkinDocument, pickle, testCase, stepDefinition } = envelope;
  if (parseError) seen.parseErrors.push(parseError);
  if (gherkinDocument) seen.documents.push(gherkinDocument);
  if (pickle) seen.pickles.set(pickle.id, pickle);
  if (testCase) seen.testCases.push(testCase);
  if (stepDefinition) seen.patterns.push(stepDefinition.pattern.source);
}

function parseProblem({ source, message }: ParseError): string {
  const line = /, got '(.*)'$/s.exec(message)?.[1];
  const text = line
    ? `"${line}" is not understood here: is its keyword misspelt?`
    : message.replace(/^\(\d+:\d+\): /, '');
  return `  ${source.uri}:${source.location?.line ?? 0}  ${text}`;
}

function scenarioProblems({ documents, pickles, testCases, patterns }: Seen): string[] {
  const at = locationsOf(documents);
  const all = [...pickles.values()];
  return [
    ...documents.flatMap(strayText),
    ...all.flatMap((pickle) => tagProblems(pickle, at)),
    ...all
      .filter((pickle) => pickle.steps.length === 0)
      .map((pickle) => `  ${at(pickle)}  "${pickle.name}" has no steps, so it would show nothing`),
    ...testCases.flatMap((testCase) => {
      const pickle = pickles.get(testCase.pickleId)!;
      return stepsOf(testCase, pickle).flatMap(({ step, definitions }) => {
        if (definitions.length === 1) return [];
        return [`  ${at(pickle, step.astNodeIds[0])}  ${stepProblem(step, definitions.length, patterns)}`];
      });
    }),
  ];
}

function stepProblem(step: PickleStep, definitions: number, patterns: string[]): string {
  if (definitions > 1) return `"${step.text}" matches ${definitions} step definitions`;
  const nearest = nearestSentence(step.text, patterns);
  return `no step matches "${step.text}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
}

function nothingSelected({ sources }: IRunConfiguration, found: number): string {
  const where =
    found === 0 ? 'No feature file was found' : `${found} scenarios were found, none of them is selected`;
  return `No scenario would run, and that is never green. ${where}.\n  selection: ${selectionInWords(sources) || 'all features'}`;
}
