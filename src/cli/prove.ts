// `npm run prove`: would the suite notice a fault? It has to find every fault of the sandbox, by the requirement that the
// fault breaks, and it must find nothing wrong with a conformant tenant.

import './own-process.ts';
import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { closest } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import { endOfParsing, failed } from '../errors/failure.ts';
import { catalogueProblems } from '../prove/catalogue-problems.ts';
import { figures } from '../prove/figures.ts';
import { proofMarkdown } from '../prove/markdown.ts';
import { type Listener, prove } from '../prove/prove.ts';
import { faultLine, summary, unfaultedLine, variationLine } from '../prove/words.ts';
import { faults } from '../sandbox/faults/catalogue.ts';
import { variations } from '../sandbox/variations/catalogue.ts';
import { afterInterrupt, usedWrongly } from '../system/exit-codes.ts';
import { makeFolder } from '../system/make-folder.ts';
import { replaceFile } from '../system/replace-file.ts';
import { reportsDirOf } from '../tenant/settings.ts';
import { harmless } from '../text/terminal.ts';

const notProven = 1;

const silent: Listener = { unfaulted: () => {}, variation: () => {}, fault: () => {} };

/**
 * Four runs for each processor: a run often just waits, for instance for an outcome that never comes. Each takes some 200 MB of
 * memory, so there are never more than 24.
 */
const defaultLanes = Math.min(4 * os.availableParallelism(), 24);

interface Options {
  full: boolean;
  fault?: string[];
  variation?: string[];
  parallel: number;
  format: 'words' | 'json' | 'figures';
}

const command = new Command('prove')
  .description(
    'Shows that the suite finds each fault of the sandbox. Exit code 1: a fault survived, or there was a false alarm.',
  )
  .option('--full', 'run the whole suite against each, not only the scenarios that could notice it', false)
  .option('--fault <names...>', 'try only these faults')
  .option('--variation <names...>', 'try only these conformant variations')
  .option('--parallel <number>', 'number of runs at a time', countOf, defaultLanes)
  .addOption(
    new Option(
      '--format <form>',
      'output format; figures prints only the line of the README and runs nothing',
    )
      .choices(['words', 'json', 'figures'])
      .default('words'),
  )
  .allowExcessArguments(false)
  .exitOverride(endOfParsing);

try {
  process.exitCode = await run(command.parse().opts<Options>());
} catch (error) {
  failed(error);
}

async function run(options: Options): Promise<number> {
  if (options.format === 'figures') {
    console.log(figures());
    return 0;
  }
  const isSelection = options.fault !== undefined || options.variation !== undefined;
  const proofOptions = {
    faults: isSelection ? named('fault', options.fault, faults) : faults,
    variations: isSelection ? named('variation', options.variation, variations) : variations,
    selection: isSelection ? [...(options.fault ?? []), ...(options.variation ?? [])] : null,
    features: [],
    full: options.full,
    parallel: options.parallel,
  };
  const problems = isSelection ? [] : catalogueProblems(faults, variations);
  if (problems.length > 0) {
    console.error(
      harmless(`The catalogue of faults has errors; nothing was run:\n  ${problems.join('\n  ')}`),
    );
    return usedWrongly;
  }
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  const isReadable = options.format === 'words';
  const total = proofOptions.faults.length + proofOptions.variations.length;
  const proof = await prove(proofOptions, isReadable ? printing(total) : silent, abort.signal);
  if (abort.signal.aborted) return afterInterrupt;
  const folder = reportsDirOf(process.env);
  makeFolder(folder);
  const json = `${JSON.stringify(proof, null, 2)}\n`;
  await replaceFile(path.join(folder, 'proof.json'), json);
  await replaceFile(path.join(folder, 'proof.md'), proofMarkdown(proof));
  process.stdout.write(isReadable ? `${summary(proof)}\n` : json);
  if (isReadable) console.log(`reports     ${folder}: proof.md, proof.json`);
  return proof.proven ? 0 : notProven;
}

/** @throws CodedError when a name is unknown */
function named<One extends { name: string }>(kind: string, names: string[] = [], all: readonly One[]): One[] {
  return names.map((name) => {
    const found = all.find((one) => one.name === name);
    if (found) return found;
    const known = all.map((one) => one.name);
    const guess = known.length > 0 ? `; did you mean ${closest(name, known)}?` : '';
    throw new CodedError('OPTION_INVALID', `There is no ${kind} ${JSON.stringify(name)}${guess}`);
  });
}

/** Prints a line for each result as soon as it is known. */
function printing(total: number): Listener {
  let done = 0;
  const print = (line: string) => console.log(`${`${++done}/${total}`.padStart(8)}  ${line}`);
  return {
    unfaulted: (result) => console.log(`${' '.repeat(10)}${unfaultedLine(result)}`),
    variation: (result) => print(variationLine(result)),
    fault: (result) => print(faultLine(result)),
  };
}

function countOf(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number from 1 to 99, as in --parallel 2.');
}
