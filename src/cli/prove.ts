// `npm run prove`: would the suite notice? Every fault of the sandbox has to be found, by the requirement that it
// breaks, and no conformant tenant may be found fault with.
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { closest } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import { catalogueProblems } from '../prove/catalogue-problems.ts';
import { figures } from '../prove/figures.ts';
import { proofMarkdown } from '../prove/markdown.ts';
import { type Listener, prove } from '../prove/prove.ts';
import { faultLine, summary, unfaultedLine, variationLine } from '../prove/words.ts';
import { faults } from '../sandbox/faults/catalogue.ts';
import { variations } from '../sandbox/variations/catalogue.ts';
import { afterInterrupt, usedWrongly } from '../system/exit-codes.ts';
import { reportsDirOf } from '../tenant/settings.ts';

const notProven = 1;

/** A run often only waits: for an outcome that is not posted, or a second one. */
const lanesByDefault = 2 * os.availableParallelism();

interface Options {
  full: boolean;
  fault?: string[];
  variation?: string[];
  parallel: number;
  format: 'words' | 'json' | 'figures';
}

const command = new Command('prove')
  .description(
    'Shows that the suite finds each fault of the sandbox. Exit code 1: one got away, or a false alarm.',
  )
  .option('--full', 'the whole suite against each, not only the scenarios that could see it', false)
  .option('--fault <names...>', 'only these faults')
  .option('--variation <names...>', 'only these conformant variations')
  .option('--parallel <number>', 'runs at a time', count, lanesByDefault)
  .addOption(
    new Option('--format <form>', 'how to say it; figures: the line of the README, nothing is run')
      .choices(['words', 'json', 'figures'])
      .default('words'),
  )
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

try {
  process.exitCode = await run(command.parse().opts<Options>());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = usedWrongly;
}

async function run(options: Options): Promise<number> {
  if (options.format === 'figures') {
    console.log(figures());
    return 0;
  }
  const some = options.fault !== undefined || options.variation !== undefined;
  const wanted = {
    faults: some ? named('fault', options.fault, faults) : faults,
    variations: some ? named('variation', options.variation, variations) : variations,
    selection: some ? [...(options.fault ?? []), ...(options.variation ?? [])] : null,
    full: options.full,
    parallel: options.parallel,
  };
  const problems = some ? [] : catalogueProblems(faults, variations);
  if (problems.length > 0) {
    throw new Error(`The catalogue of faults has errors; nothing was run:\n  ${problems.join('\n  ')}`);
  }
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  const isReadable = options.format === 'words';
  const tries = wanted.faults.length + wanted.variations.length;
  const proof = await prove(wanted, isReadable ? tellingOf(tries) : silent, abort.signal);
  if (abort.signal.aborted) return afterInterrupt;
  const folder = reportsDirOf(process.env);
  await mkdir(folder, { recursive: true });
  const json = `${JSON.stringify(proof, null, 2)}\n`;
  await writeFile(path.join(folder, 'proof.json'), json);
  await writeFile(path.join(folder, 'proof.md'), proofMarkdown(proof));
  process.stdout.write(isReadable ? `${summary(proof)}\n` : json);
  if (isReadable) console.log(`reports     ${folder}: proof.md, proof.json`);
  return proof.proven ? 0 : notProven;
}

/** @throws when there is none of a name */
function named<One extends { name: string }>(kind: string, names: string[] = [], all: readonly One[]): One[] {
  return names.map((name) => {
    const found = all.find((one) => one.name === name);
    if (found) return found;
    const known = all.map((one) => one.name);
    const guess = known.length > 0 ? `; did you mean ${closest(name, known)}?` : '';
    throw new CodedError('OPTION_INVALID', `There is no ${kind} ${JSON.stringify(name)}${guess}`);
  });
}

const silent: Listener = { unfaulted: () => {}, variation: () => {}, fault: () => {} };

/** A line for each result, as it is known. */
function tellingOf(tries: number): Listener {
  let done = 0;
  const tell = (line: string) => console.log(`${`${++done}/${tries}`.padStart(8)}  ${line}`);
  return {
    unfaulted: (result) => console.log(`${' '.repeat(10)}${unfaultedLine(result)}`),
    variation: (result) => tell(variationLine(result)),
    fault: (result) => tell(faultLine(result)),
  };
}

function count(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number from 1 to 99, as in --parallel 2.');
}
