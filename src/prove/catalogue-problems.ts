// What the catalogue of faults lacks: a requirement that nothing breaks is one of which the proof says nothing.
import { type Requirement, requirement, tenantRequirements, whyUntestable } from '../protocol/catalogue.ts';
import type { Fault } from '../sandbox/faults/fault.ts';

const fewest: Record<Requirement['level'], number> = { must: 2, should: 1, may: 0 };

/** Everything that is wrong with it, a sentence each. */
export function catalogueProblems(
  faults: readonly Fault[],
  variations: readonly { name: string }[],
): string[] {
  return [...tooFew(faults), ...unbreakable(faults), ...sameNames([...faults, ...variations])];
}

function tooFew(faults: readonly Fault[]): string[] {
  return tenantRequirements
    .filter((entry) => !whyUntestable(entry))
    .flatMap(({ id, level }) => {
      const count = faults.filter(({ breaks }) => breaks === id).length;
      if (count >= fewest[level]) return [];
      return [`${id} (${level}) has ${count} of the ${fewest[level]} faults that it needs`];
    });
}

/** A finding of a may is only recorded: no run could blame it. */
function unbreakable(faults: readonly Fault[]): string[] {
  return faults
    .filter(({ breaks }) => requirement(breaks).level === 'may')
    .map(({ name, breaks }) => `${name} breaks ${breaks}, which is a may and cannot be broken`);
}

function sameNames(named: readonly { name: string }[]): string[] {
  const all = Map.groupBy(named, ({ name }) => name);
  return [...all]
    .filter(([, same]) => same.length > 1)
    .map(([name, { length }]) => `${name} is the name of ${length}`);
}
