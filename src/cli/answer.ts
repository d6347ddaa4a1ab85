// The answer of a command, in words or as JSON: `--format json` prints one JSON document on standard output and nothing else
// there; what is said in words goes to standard error. docs/json.md has the shapes.
import { type Command, Option } from 'commander';
import { endOfParsing, failed } from '../errors/failure.ts';
import { terminalJson } from '../text/json.ts';

export interface Answer {
  json: object;
  /** Said in place of it, where words are asked for; what is known before that is said by `Say`. */
  words?: string;
  /** 0 when left out. */
  exitCode?: number;
}

/** Words for people, as soon as they are known. */
export type Say = (words: string) => void;

/**
 * Parses the arguments of a command, does what it is for, and answers in the form that they ask for.
 * @param act does it; what it throws ends the command
 */
export async function answer<Options>(
  command: Command,
  act: (options: Options, args: readonly string[], say: Say) => Answer | Promise<Answer>,
): Promise<void> {
  command
    .addOption(
      new Option('--format <form>', 'form of the answer').choices(['words', 'json']).default('words'),
    )
    .exitOverride(endOfParsing);
  try {
    const { format, ...options } = command.parse().opts<{ format: string }>();
    const isJson = format === 'json';
    const say: Say = (words) => (isJson ? console.error(words) : console.log(words));
    const { json, words, exitCode = 0 } = await act(options as Options, command.args, say);
    if (isJson) process.stdout.write(`${terminalJson(json, 2)}\n`);
    else if (words !== undefined) console.log(words);
    process.exitCode = exitCode;
  } catch (error) {
    failed(error);
  }
}
