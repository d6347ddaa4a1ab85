// What the catalogue of faults lacks: about a requirement that no fault breaks, the proof says nothing.
import { type Requirement, requirement, tenantRequirements, whyUntestable } from '../protocol/catalogue.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { counted } from '../text/count.ts';

const minFaults: Record<Requirement['level'], number> = { must: 2, should: 1, may: 0 };

/** Everything that is wrong with the catalogue, one sentence for each problem. */
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
      if (count >= minFaults[level]) return [];
      return [`${id} (${level}) needs ${counted(minFaults[level], 'fault')}, but has ${count}`];
    });
}

/** A run cannot find a may broken: it only records what it finds. */
function unbreakable(faults: readonly Fault[]): string[] {
  return faults
    .filter(({ breaks }) => requirement(breaks).level === 'may')
    .map(({ name, breaks }) => `${name} breaks ${breaks}, which is a may and cannot be broken`);
}

function sameNames(named: readonly { name: string }[]): string[] {
  const all = Map.groupBy(named, ({ name }) => name);
  return [...all]
    .filter(([, same]) => same.length > 1)
    .map(([name, { length }]) => `${name} is used as a name ${length} times`);
}
