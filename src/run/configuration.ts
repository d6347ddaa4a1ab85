// Cucumber's configuration, from its file and from the command line.
import { type IRunConfiguration, loadConfiguration } from '@cucumber/cucumber/api';
import { CodedError } from '../errors/coded-error.ts';
import { inProject, isUsedFromElsewhere } from '../system/project.ts';
import type { OwnOptions } from './options.ts';
import { allFeatures } from './selection.ts';
import { expressionProblems } from './tags.ts';

/** @throws CodedError when an option is not one of cucumber's, or has a value that cannot be */
export async function readConfiguration(options: OwnOptions): Promise<IRunConfiguration> {
  // Cucumber's parser ends the process with 1 for an unknown option, which would mean "non-conformant".
  const usedWrongly = (code: number) => {
    if (code === 1) process.exitCode = 2;
  };
  process.on('exit', usedWrongly);
  try {
    const { runConfiguration } = await loadConfiguration({
      provided: options.cucumber,
      profiles: options.configProfiles,
      file: options.configFile ?? inProject('cucumber.js'),
    });
    if (isUsedFromElsewhere()) addOwn(runConfiguration);
    const { shard, tagExpression } = runConfiguration.sources;
    const problems = [...shardProblems(shard), ...expressionProblems(tagExpression)];
    if (problems.length > 0) throw new CodedError('OPTION_INVALID', problems.join('\n'));
    return runConfiguration;
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('CONFIGURATION_INVALID', error instanceof Error ? error.message : String(error));
  } finally {
    process.off('exit', usedWrongly);
  }
}

/** The features and steps of a team, in the folder where it runs the suite, beside those of the suite. */
function addOwn({ sources, support }: IRunConfiguration): void {
  support.importPaths = [...(support.importPaths ?? []), 'steps/**/*.{js,mjs,ts,mts}'];
  if (sources.paths.length === 0) sources.paths.push(...allFeatures());
}

/** Ends the process, too. No file is read: help is for those as well whose configuration has an error. */
export async function printHelpOfCucumber(): Promise<void> {
  await loadConfiguration({ provided: ['--help'], file: false });
}

function shardProblems(shard: string | undefined): string[] {
  if (!shard) return [];
  const [index = 0, total = 0] = /^(\d+)\/(\d+)$/.exec(shard)?.slice(1).map(Number) ?? [];
  if (index >= 1 && index <= total) return [];
  return [`--shard ${shard}: must be INDEX/TOTAL with INDEX from 1 to TOTAL, like 1/4`];
}
