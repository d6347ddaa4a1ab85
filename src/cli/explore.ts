// `npm run explore`: conversations that no scenario holds, made from the model, sent to the tenant.

import './own-process.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CodedError } from '../errors/coded-error.ts';
import { endOfParsing, failed } from '../errors/failure.ts';
import { defaultFolder, defaultRequests, exploreTenant } from '../explore/main.ts';
import { loadEnvironment } from '../run/environment.ts';
import { onlyOne } from '../run/options.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { grouped } from '../text/count.ts';

interface Options {
  tenant?: string;
  seed?: number;
  requests?: number;
  minutes?: number;
  concurrency: number;
  plainValues: boolean;
  out: string;
  json?: string;
  format: 'words' | 'json';
}

/** Each has a connection of its own. */
const maxConcurrency = 1_000;
/** Ten weeks. */
const maxMinutes = 100_000;

const command = new Command('explore')
  .description(
    'Walks through what the model of a conversation allows, and makes each failure a small scenario in explored/. Exit code 1: a must is broken.',
  )
  .option('--tenant <name>', 'read .env.NAME, as npm test does', (name: string, before?: string) =>
    onlyOne('--tenant', before, name),
  )
  .option(
    '--requests <number>',
    `end after so many requests (default: ${defaultRequests}, unless --minutes is given)`,
    wholeNumber(999_999_999),
  )
  .option('--minutes <number>', 'end after so many minutes', numberOfMinutes)
  .option(
    '--concurrency <number>',
    'how many requests are on their way at the same time',
    wholeNumber(maxConcurrency),
    1,
  )
  .option(
    '--seed <number>',
    'what all choices follow from (default: another one each time)',
    wholeNumber(999_999_999),
  )
  .option('--plain-values', 'send plain values only: "Agent 1", no special characters', false)
  .option('--out <folder>', 'where scenarios are written', defaultFolder)
  .option('--json <file>', 'write the report as JSON, too')
  .allowExcessArguments(false)
  .addOption(new Option('--format <form>', 'form of the report').choices(['words', 'json']).default('words'))
  .exitOverride(endOfParsing);

try {
  process.exitCode = await run(command.parse().opts<Options>());
} catch (error) {
  failed(error, error instanceof CodedError ? error.exitCode : undefined);
}

async function run({
  tenant,
  json,
  out,
  seed = 1 + Math.floor(Math.random() * 999_999),
  ...options
}: Options): Promise<number> {
  if (tenant !== undefined) process.env.TENANT_PROFILE = tenant;
  loadEnvironment();
  const place = json === undefined ? {} : { json: fromWhereTyped(json) };
  return exploreTenant({ ...options, seed, folder: fromWhereTyped(out), ...place });
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d*$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It has to be a whole number from 1 to ${grouped(most)}, without commas.`);
  };
}

function numberOfMinutes(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number > 0 && number <= maxMinutes) return number;
  throw new InvalidArgumentError(
    `It has to be a number of minutes above 0, at most ${grouped(maxMinutes)}, as in --minutes 60.`,
  );
}
