// The faults and conformant variations that `npm run sandbox` can be started with, by name.
import { InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import type { Behaviour } from '../sandbox/behaviour.ts';
import { Contradiction, combinedBehaviour } from '../sandbox/combined-behaviour.ts';
import { faults } from '../sandbox/faults/catalogue.ts';
import type { Fault } from '../sandbox/faults/fault.ts';
import { variations } from '../sandbox/variations/catalogue.ts';
import type { Variation } from '../sandbox/variations/variation.ts';

/** A parser for an option that may be repeated. */
export function faultsOf(name: string, before: Fault[] = []): Fault[] {
  return [...before, named(name, faults, 'fault', '--list-faults')];
}

/** A parser for an option that may be repeated. */
export function variationsOf(name: string, before: Variation[] = []): Variation[] {
  return [...before, named(name, variations, 'variation', '--list-variations')];
}

function named<One extends { name: string }>(
  name: string,
  all: readonly One[],
  kind: string,
  list: string,
): One {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const guess = closest(
    name,
    all.map((one) => one.name),
  );
  throw new InvalidArgumentError(`There is no such ${kind}; did you mean ${guess}? ${list} lists all.`);
}

/** A line for each fault: its name, requirement and description. */
export function faultList(): string {
  return table(faults.map(({ name, breaks, description }) => [name, breaks, description]));
}

/** A line for each variation: its name and description. */
export function variationList(): string {
  return table(variations.map(({ name, description }) => [name, description]));
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What the chosen ones deviate in, a line each. */
export function deviationText(
  chosenFaults: readonly Fault[],
  chosenVariations: readonly Variation[],
): string {
  return [
    ...chosenFaults.map(({ name, breaks, description }) => {
      return `Faulty on purpose, by ${name}, which breaks ${breaks}: ${description}`;
    }),
    ...chosenVariations.map(
      ({ name, description }) => `Conformant, but different, by ${name}: ${description}`,
    ),
  ].join('\n');
}

/** One tenant of all that were chosen. @throws CodedError when two of them exclude each other */
export function deviatingTenant(
  chosenFaults: readonly Fault[],
  chosenVariations: readonly Variation[],
): Pick<Variation, 'front' | 'settings'> & { behaviour: Partial<Behaviour> } {
  const [front, ...others] = chosenVariations.filter((one) => one.front);
  if (front && others[0]) {
    throw new CodedError(
      'OPTION_INVALID',
      `${front.name} and ${others[0].name} both change how answers are sent: start one of them at a time`,
    );
  }
  return {
    behaviour: behaviourOf([...chosenFaults, ...chosenVariations]),
    settings: Object.assign({}, ...chosenVariations.map(({ settings }) => settings)),
    ...(front ? { front: front.front } : {}),
  };
}

function behaviourOf(deviations: Parameters<typeof combinedBehaviour>[0]): Partial<Behaviour> {
  try {
    return combinedBehaviour(deviations);
  } catch (error) {
    throw error instanceof Contradiction ? new CodedError('OPTION_INVALID', error.message) : error;
  }
}
