// The order of a run with several workers. A long scenario that begins last is waited for by all but one of them. Pure.
import type { IFilterablePickle } from '@cucumber/cucumber/api';
import { scenarioKey } from '../verdict/scenario-key.ts';

/** A type, not an interface: the options of a plugin are JSON. */
export type Parallel = {
  workers: number;
  /** How many requests each scenario sends, by its file and its name. */
  byScenario: Record<string, number>;
};

/** A scenario is long when it takes more than this part of what a worker does in the whole run. */
const longPart = 1 / 10;

/** The long scenarios, the longest first, then the others as they come: what is done of a feature can still be followed. */
export function longestFirst(
  pickles: readonly IFilterablePickle[],
  { workers, byScenario }: Parallel,
): IFilterablePickle[] {
  const requests = ({ pickle }: IFilterablePickle) => byScenario[scenarioKey(pickle)] ?? 0;
  const all = pickles.reduce((sum, one) => sum + requests(one), 0);
  const isLong = (one: IFilterablePickle) => requests(one) > (all / workers) * longPart;
  const long = pickles.filter(isLong).sort((one, other) => requests(other) - requests(one));
  return [...long, ...pickles.filter((one) => !isLong(one))];
}
