// What `npm test` was asked for, as the plugin that surrounds the run has to know it. Cucumber makes the plugin, and hands it
// nothing but options; a bare `npx cucumber-js` hands it none.
import type { IRunConfiguration } from '@cucumber/cucumber/api';
import type { ExpectedRequests } from './expected-requests.ts';
import type { Parallel } from './longest-first.ts';
import type { RunSelection } from './run-head.ts';

type Sources = IRunConfiguration['sources'];

/** A type, not an interface: the options of a plugin are JSON. */
export type Asked = {
  sources: Pick<Sources, keyof Sources>;
  /** Whether the run ends with its first failure. */
  failFast: boolean;
  /** The version of the suite whose requirements are judged; left out for those of now. */
  requirements?: string;
  /** Whether the list of known deviations is brought up to date by what the run shows. */
  updatesDeviations?: boolean;
  /** What the last run had selected, of which a part is run again. */
  again?: Pick<RunSelection, keyof RunSelection>;
};

/** Empty when cucumber-js was called itself. */
export type PluginOptions = { asked?: Asked; parallel?: Parallel };

/** Where cucumber finds them among those of all plugins. */
export const optionsKey = 'conformance';

/** @param requirements a version of the suite */
export function askedOf({ sources, runtime }: IRunConfiguration, requirements?: string): Asked {
  return { sources, failFast: runtime.failFast, ...(requirements === undefined ? {} : { requirements }) };
}

/** The configuration of a run whose plugin knows what was asked for, and whose formatters know what to expect. */
export function configurationWith(
  configuration: IRunConfiguration,
  asked: Asked,
  expected: ExpectedRequests,
): IRunConfiguration {
  const { specifiers = [], options = {} } = configuration.plugins ?? {};
  const { formats, runtime } = configuration;
  const workers = runtime.parallel;
  // Whoever asks for another order gets that.
  const isReordered = workers > 1 && configuration.sources.order === 'defined';
  const { byScenario } = expected;
  const own: PluginOptions = { asked, ...(isReordered ? { parallel: { workers, byScenario } } : {}) };
  const forecast = { expected, workers };
  return {
    ...configuration,
    plugins: { specifiers, options: { ...options, [optionsKey]: own } },
    formats: { ...formats, options: { ...formats.options, [optionsKey]: forecast } },
  };
}
