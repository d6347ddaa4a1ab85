// How a command ends that cannot do what it was asked for: in words on standard error, and, where its answer was to be JSON, as
// JSON on standard output, too.
import type { CommanderError } from 'commander';
import { usedWrongly } from '../system/exit-codes.ts';
import { terminalJson } from '../text/json.ts';
import { harmless } from '../text/terminal.ts';
import { CodedError } from './coded-error.ts';
import type { ErrorCode } from './error-codes.ts';
import { inWords } from './in-words.ts';
import type { Place } from './places.ts';

export interface Failure {
  code: ErrorCode;
  message: string;
  places: readonly Place[];
}

/** Before the arguments are parsed, which may fail as well. */
export function asksForJson(argv: readonly string[] = process.argv): boolean {
  return argv.some((one, at) => one === '--format=json' || (one === '--format' && argv[at + 1] === 'json'));
}

/** Says it; the process ends when nothing is left to do. */
export function failed(error: unknown, exitCode: number = usedWrongly): void {
  console.error(harmless(inWords(error)));
  sayAsJson(failureOf(error));
  process.exitCode = exitCode;
}

/** For `exitOverride`: commander has said in words what is wrong with the arguments, or shown the help. */
export function endOfParsing({ exitCode, message }: CommanderError): never {
  if (exitCode !== 0)
    sayAsJson({ code: 'OPTION_INVALID', message: message.replace(/^error: /, ''), places: [] });
  process.exit(exitCode === 0 ? 0 : usedWrongly);
}

function failureOf(error: unknown): Failure {
  if (error instanceof CodedError) return { code: error.code, message: error.text, places: error.places };
  return { code: 'HARNESS_FAILED', message: inWords(error).replace(/^HARNESS_FAILED {2}/, ''), places: [] };
}

function sayAsJson(error: Failure): void {
  if (asksForJson()) process.stdout.write(`${terminalJson({ error }, 2)}\n`);
}
