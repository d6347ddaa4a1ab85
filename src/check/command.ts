// The command `npm run check`: its options, and running it.

import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { closest } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import { endOfParsing } from '../errors/failure.ts';
import { LogError, logSize } from '../logs/read-log.ts';
import { type FieldPath, fieldPath, type Part, parts, pathExpected, type Where } from '../logs/where.ts';
import { isRequirementId, type RequirementId, senderRequirements } from '../protocol/catalogue.ts';
import { Pseudonyms } from '../pseudonyms/pseudonyms.ts';
import { exitCodes } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { checkSettings } from '../tenant/sender-profile.ts';
import { shown } from '../text/shown-value.ts';
import { checkFiles } from './check-files.ts';
import { durationMs } from './duration.ts';
import { defaultIdleMs } from './log-check-options.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { type Format, formats } from './report/formats.ts';

interface Options extends Where {
  format: Format;
  output?: string;
  only?: string[];
  failOn: 'must' | 'should';
  idle: number;
  tenant?: string;
  pseudonymise?: true;
}

const command = new Command('check')
  .description(
    'Checks recorded requests for the rules that bind the sender of events. Exit code 0: conformant, 1: a must is broken, 2: used wrongly, 3: not all could be judged.',
  )
  .argument(
    '[files...]',
    'any log that holds the bodies of the requests: NDJSON, HAR, an export, gzip; - is standard input',
  )
  .addOption(
    new Option('--format <form>', 'the form of the report').choices(Object.keys(formats)).default('words'),
  )
  .option('--output <file>', 'write the report to this file, not to standard output')
  .option('--only <ids...>', 'judge only these requirements: HOOKS-SEQ-07 HOOKS-SEQ-08')
  .addOption(
    new Option('--fail-on <level>', 'the lowest level whose breach fails the check')
      .choices(['must', 'should'])
      .default('must'),
  )
  .addOption(
    new Option(
      '--idle <time>',
      'how long a conversation may go without a request before it is idle; idle ones are closed when there are many: 90s, 30m, 2h',
    )
      .argParser(idleOf)
      .default(defaultIdleMs, '30m'),
  )
  .option(
    '--body <path>',
    'where a log keeps the bodies, when they are not found: .req.body, .events[].message',
    pathOf,
  )
  .option('--time <path>', 'where it keeps the time of a request: .sentAt', pathOf)
  .option('--status <path>', 'where it keeps the status of the answer: .res.statusCode', pathOf)
  .option('--url <path>', 'where it keeps the URL', pathOf)
  .option('--method <path>', 'where it keeps the method', pathOf)
  .option('--pseudonymise', 'report names, ids and texts as pseudonyms, so that the report can be passed on')
  .option('--tenant <name>', 'the profile, .env.NAME, which says how this tenant reads the documents')
  .exitOverride(endOfParsing);

function pathOf(text: string): FieldPath {
  const path = fieldPath(text);
  if (path) return path;
  throw new InvalidArgumentError(`Not a path: ${pathExpected}.`);
}

/** The options win over the settings. @throws CodedError */
function whereOf(options: Where, settings: Readonly<Record<string, string>>): Where | undefined {
  const named = parts.flatMap((part): [Part, FieldPath][] => {
    const text = settings[part];
    const path = options[part] ?? (text === undefined ? undefined : fieldPath(text));
    if (path) return [[part, path]];
    if (text === undefined) return [];
    throw new CodedError(
      'SETTINGS_INVALID',
      `CHECK_${part.toUpperCase()} is ${shown(text)}: ${pathExpected}`,
    );
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function idleOf(text: string): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('A time is a number and a unit, as in --idle 90s, 30m or 2h.');
}

/** Separates the ids of --only from the files after them, which commander also reads as ids. */
function separateIds(words: readonly string[]): { ids: RequirementId[]; files: string[] } {
  const isId = (word: string) => /^[a-z]+(-[a-z]+)+-\d+$/i.test(word);
  const given = words
    .flatMap((word) => (isId(word.split(',', 1)[0]!) ? word.split(',') : []))
    .filter(Boolean);
  const ids = given.map((word) => word.toUpperCase());
  const senders = senderRequirements.map(({ id }) => id);
  const problems = ids.flatMap((id) => {
    if (!isRequirementId(id)) {
      return [`--only: there is no requirement ${shown(id)}; did you mean ${closest(id, senders)}?`];
    }
    return senders.includes(id) ? [] : [`--only: ${id} binds the tenant; no sender can break it.`];
  });
  if (ids.length === 0) problems.push('--only: name a requirement, as in --only HOOKS-SEQ-07.');
  if (problems.length > 0) throw new CodedError('OPTION_INVALID', problems.join('\n'));
  return { ids: ids as RequirementId[], files: words.filter((word) => !isId(word.split(',', 1)[0]!)) };
}

/** @returns the exit code. @throws CodedError when the logs cannot be judged */
export async function main(argv: string[]): Promise<number> {
  command.parse(argv, { from: 'user' });
  return check(command.args, command.opts<Options>());
}

async function check(given: readonly string[], options: Options): Promise<number> {
  const selected = options.only && separateIds(options.only);
  const files = [...given, ...(selected?.files ?? [])].map((file) => fromWhereTyped(file));
  if (files.length === 0)
    throw new CodedError('LOG_NOT_NAMED', 'Which log? As in: npm run check -- yesterday.ndjson.gz');
  refuseTwice(files);
  const { sender: profile, pseudonymKey, where: placed } = checkSettings(process.env, options.tenant);
  const where = whereOf(options, placed);
  const sizes = sizesOf(files);
  const only = selected && new Set(selected.ids);
  const output = options.output === undefined ? undefined : fromWhereTyped(options.output);
  if (output !== undefined && files.some((file) => isSameFile(file, output))) {
    throw new CodedError(
      'OUTPUT_IS_A_LOG',
      `${output} is one of the logs: --output would overwrite it. Name another file.`,
    );
  }
  const out = new Output(output);
  const terminal = process.stdout.isTTY && output === undefined;
  const hars = new Set<string>();
  const context = {
    failOn: options.failOn,
    files,
    hars,
    at: new Date(),
    color: terminal,
    // Some terminals do not know their width.
    ...(terminal && process.stdout.columns > 0 ? { columns: process.stdout.columns } : {}),
    ...(only ? { only } : {}),
  };
  const total = sizes.includes(undefined) ? undefined : sizes.reduce((sum: number, size) => sum + size!, 0);
  const progress = process.stderr.isTTY ? new Progress(process.stderr, total) : undefined;
  try {
    const { verdict } = await checkFiles(files, {
      profile,
      failOn: options.failOn,
      idleMs: options.idle,
      ...(only ? { only } : {}),
      ...(where ? { where } : {}),
      // A key that nobody has: pseudonyms of another report cannot be compared with these.
      ...(options.pseudonymise
        ? { pseudonyms: new Pseudonyms(pseudonymKey ?? randomBytes(32).toString('hex')) }
        : {}),
      onHar: (file) => hars.add(file),
      report: await formats[options.format](context, (text) => out.write(text)),
      ...(progress ? { onProgress: (check, bytes) => progress.update(check, bytes) } : {}),
    });
    out.end();
    return exitCodes[verdict];
  } finally {
    out.close();
    progress?.end();
  }
}

/** @throws with a line for each file that cannot be read */
function sizesOf(files: readonly string[]): (number | undefined)[] {
  const problems: LogError[] = [];
  const sizes = files.map((file) => {
    try {
      return logSize(file);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      problems.push(error);
      return undefined;
    }
  });
  const [first, ...others] = problems;
  if (first) throw new LogError(first.code, [first.text, ...others.map(({ message }) => message)].join('\n'));
  return sizes;
}

/** A log that is given twice would make a duplicate of each request. */
function refuseTwice(files: readonly string[]): void {
  files.forEach((file, index) => {
    const twin = files.slice(0, index).find((one) => one === file || isSameFile(one, file));
    if (twin === undefined) return;
    const name = twin === file ? 'is named twice' : `and ${twin} are the same file`;
    throw new CodedError('LOG_TWICE', `${file} ${name}: each request would count twice. Name it once.`);
  });
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
}
