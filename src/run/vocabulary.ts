// The sentences of steps/, as cucumber itself reads them.
import { loadConfiguration } from '@cucumber/cucumber/api';
import type {
  Envelope,
  GherkinDocument,
  ParameterType,
  Pickle,
  StepDefinition,
  TestCase,
} from '@cucumber/messages';
import type { Evidence } from '../protocol/catalogue.ts';
import { evidenceBySentence } from './deciding.ts';
import { dryRun, stepsOf } from './dry-run.ts';
import { needsBySentence } from './expected-requests.ts';

export interface Vocabulary {
  definitions: StepDefinition[];
  parameterTypes: ParameterType[];
  /** What a sentence contributes to a decision, by the id of its definition. */
  evidence: Map<string, readonly Evidence[]>;
  /** A sentence in use, by the id of its definition. */
  examples: Map<string, string>;
  documents: GherkinDocument[];
  scenarios: Pickle[];
  /** The scenarios with a sentence that skips what a profile does not declare. */
  needing: Set<Pickle>;
}

export async function readVocabulary(): Promise<Vocabulary> {
  const { runConfiguration } = await loadConfiguration();
  const definitions: StepDefinition[] = [];
  const parameterTypes: ParameterType[] = [];
  const documents: GherkinDocument[] = [];
  const pickles = new Map<string, Pickle>();
  const testCases: TestCase[] = [];
  const look = ({ stepDefinition, parameterType, gherkinDocument, pickle, testCase }: Envelope) => {
    if (stepDefinition) definitions.push(stepDefinition);
    if (parameterType) parameterTypes.push(parameterType);
    if (gherkinDocument) documents.push(gherkinDocument);
    if (pickle) pickles.set(pickle.id, pickle);
    if (testCase) testCases.push(testCase);
  };
  const support = await dryRun(runConfiguration, look);
  return {
    definitions,
    parameterTypes,
    evidence: evidenceBySentence(support),
    examples: examplesOf(testCases, pickles),
    documents,
    scenarios: [...pickles.values()],
    needing: needing(testCases, pickles, needsBySentence(support)),
  };
}

function needing(
  testCases: TestCase[],
  pickles: Map<string, Pickle>,
  needs: ReadonlyMap<string, unknown>,
): Set<Pickle> {
  const found = testCases.filter(({ testSteps }) =>
    testSteps.some(({ stepDefinitionIds = [] }) => stepDefinitionIds.some((id) => needs.has(id))),
  );
  return new Set(found.map(({ pickleId }) => pickles.get(pickleId)!));
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
