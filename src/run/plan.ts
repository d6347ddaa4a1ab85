// Checks a run before anything is sent: a dry run, whose messages show what cucumber itself would ignore.
import type { IRunConfiguration, ISupportCodeLibrary } from '@cucumber/cucumber/api';
import {
  type Envelope,
  type GherkinDocument,
  type ParseError,
  type Pickle,
  type PickleStep,
  PickleStepType,
  type TestCase,
} from '@cucumber/messages';
import { CodedError } from '../errors/coded-error.ts';
import type { Evidence } from '../protocol/catalogue.ts';
import type { Env } from '../system/env.ts';
import { readSettings, usesEmbeddedSandbox } from '../tenant/settings.ts';
import { counted } from '../text/count.ts';
import { evidenceBySentence, undecidedTags } from './deciding.ts';
import { dryRun, stepsOf } from './dry-run.ts';
import { type ExpectedRequests, expectedRequests } from './expected-requests.ts';
import { parseProblem } from './gherkin-errors.ts';
import { locationsOf } from './locations.ts';
import { nearestSentence } from './nearest-sentence.ts';
import { allSelected } from './selection.ts';
import { strayText } from './stray-text.ts';
import { tagProblems } from './tags.ts';

export interface Plan {
  /** How many scenarios are to be run. */
  selected: number;
  /** How many requests they will send. */
  expected: ExpectedRequests;
  /** The loaded steps, so that the run need not load them again. */
  support: ISupportCodeLibrary;
}

interface Seen {
  /** The text of each feature file, by its path. */
  sources: Map<string, string>;
  parseErrors: ParseError[];
  documents: GherkinDocument[];
  pickles: Map<string, Pickle>;
  testCases: TestCase[];
  /** Expressions of the step definitions. */
  patterns: string[];
  /** The regular expression of each parameter type, by its name. */
  parameters: Map<string, string>;
}

/**
 * @param env its settings are valid
 * @param selection in words; empty for all features
 * @throws CodedError with all problems: misspelt keywords, tags and steps, empty scenarios, nothing selected
 */
export async function plan(configuration: IRunConfiguration, env: Env, selection: string): Promise<Plan> {
  const seen: Seen = {
    sources: new Map(),
    parseErrors: [],
    documents: [],
    pickles: new Map(),
    testCases: [],
    patterns: [],
    parameters: new Map(),
  };
  const support = await dryRun(configuration, (envelope) => look(envelope, seen)).catch(selectionError);
  const problems = [
    ...new Set([
      ...seen.parseErrors.map((error) => parseProblem(error, seen.sources)),
      ...scenarioProblems(seen, evidenceBySentence(support)),
    ]),
  ];
  if (problems.length > 0) {
    throw new CodedError(
      'FEATURES_INVALID',
      `The feature files have errors, so nothing was sent:\n${problems.join('\n')}`,
    );
  }
  if (seen.testCases.length === 0) throw new CodedError('NOTHING_SELECTED', nothingSelected(selection, seen));
  const settings = usesEmbeddedSandbox(env) ? undefined : readSettings(env);
  const expected = expectedRequests(seen.testCases, seen.pickles, support, settings);
  return { selected: seen.testCases.length, expected, support };
}

/** A tag expression or a name that cannot be read is for the user to correct; any other error is passed on as it is. */
function selectionError(error: Error): never {
  const why = error.cause instanceof Error ? error.cause.message : error.message;
  // Neither carries a code.
  if (/^(Tag expression|Invalid regular expression)/.test(why)) throw new CodedError('OPTION_INVALID', why);
  throw error;
}

function look(envelope: Envelope, seen: Seen): void {
  const { source, parseError, gherkinDocument, pickle, testCase, stepDefinition, parameterType } = envelope;
  if (source) seen.sources.set(source.uri, source.data);
  if (parseError) seen.parseErrors.push(parseError);
  if (gherkinDocument) seen.documents.push(gherkinDocument);
  if (pickle) seen.pickles.set(pickle.id, pickle);
  if (testCase) seen.testCases.push(testCase);
  if (stepDefinition) seen.patterns.push(stepDefinition.pattern.source);
  if (parameterType) seen.parameters.set(parameterType.name, parameterType.regularExpressions[0] ?? '');
}

function scenarioProblems(
  { sources, documents, pickles, testCases, patterns, parameters }: Seen,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): string[] {
  const at = locationsOf(documents);
  const all = [...pickles.values()];
  return [
    ...documents.flatMap((document) => strayText(document, sources.get(document.uri ?? '') ?? '')),
    ...all.flatMap((pickle) => tagProblems(pickle, at)),
    ...all.flatMap((pickle) => shapeProblem(pickle).map((problem) => `  ${at(pickle)}  ${problem}`)),
    ...testCases.flatMap((testCase) => {
      const pickle = pickles.get(testCase.pickleId)!;
      const steps = stepsOf(testCase, pickle);
      const unclear = steps.filter(({ definitions }) => definitions.length !== 1);
      const given = new Set(steps.flatMap(({ definitions }) => evidence.get(definitions[0] ?? '') ?? []));
      return [
        ...unclear.map(({ step, definitions }) => {
          return `  ${at(pickle, step.astNodeIds[0])}  ${stepProblem(step, definitions.length, { patterns, parameters })}`;
        }),
        // What a sentence that nobody knows would decide is not known either.
        ...(unclear.length === 0 && steps.length > 0 ? undecidedTags(pickle, given, at) : []),
      ];
    }),
  ];
}

/** A scenario that sets up nothing, or expects nothing, shows nothing. */
function shapeProblem({ name, steps }: Pickle): string[] {
  if (steps.length === 0) return [`"${name}" has no steps, so it would show nothing`];
  const lacks = (type: PickleStepType) => !steps.some((step) => step.type === type);
  if (lacks(PickleStepType.OUTCOME))
    return [`"${name}" has no Then, so nothing would be expected of the tenant`];
  return lacks(PickleStepType.CONTEXT) ? [`"${name}" has no Given: it begins with what has to be so`] : [];
}

function stepProblem(
  step: PickleStep,
  definitions: number,
  { patterns, parameters }: Pick<Seen, 'patterns' | 'parameters'>,
): string {
  if (definitions > 1) return `"${step.text}" matches ${definitions} step definitions`;
  const nearest = nearestSentence(step.text, patterns, parameters);
  return `no step matches "${step.text}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
}

function nothingSelected(selection: string, { pickles, sources }: Seen): string {
  const where =
    pickles.size > 0
      ? `${pickles.size} scenarios were found, none of them is selected`
      : sources.size > 0
        ? `${counted(sources.size, 'feature file was', 'feature files were')} found, without any scenario`
        : 'No feature file was found';
  return `No scenario would run, and that is never green. ${where}.\n  selection: ${selection || allSelected}`;
}
