// A run of cucumber in which nothing is executed and nothing is printed: only its messages count.
import { PassThrough } from 'node:stream';
import { type IRunConfiguration, type ISupportCodeLibrary, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope, Pickle, PickleStep, TestCase } from '@cucumber/messages';

/** @returns the loaded steps */
export async function dryRun(
  configuration: IRunConfiguration,
  onMessage: (envelope: Envelope) => void,
): Promise<ISupportCodeLibrary> {
  const dry: IRunConfiguration = {
    ...configuration,
    runtime: { ...configuration.runtime, dryRun: true, parallel: 0 },
    formats: { ...configuration.formats, stdout: 'summary', files: {}, publish: false },
    plugins: { specifiers: [], options: {} },
  };
  const silent = { stdout: new PassThrough().resume(), stderr: new PassThrough().resume() };
  const { support } = await runCucumber(dry, silent, onMessage);
  return support as ISupportCodeLibrary;
}

/** The steps of a test case, each with the ids of the definitions that match it; hooks are left out. */
export function stepsOf(
  testCase: TestCase,
  pickle: Pickle,
): { step: PickleStep; definitions: readonly string[] }[] {
  return testCase.testSteps.flatMap(({ pickleStepId, stepDefinitionIds = [] }) => {
    const step = pickle.steps.find((one) => one.id === pickleStepId);
    return step ? [{ step, definitions: stepDefinitionIds }] : [];
  });
}
