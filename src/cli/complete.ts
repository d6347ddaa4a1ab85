// `agent-ai-conformance complete --word=WORD BEFORE…`: what WORD can become, for the scripts of `completion`: a line for each, with
// a tab before what it means. Commands and options come from commander's own tables, so none is listed twice.
import './own-process.ts';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Command, Option } from 'commander';
import { oneLine } from '../text/one-line.ts';
import commands from './commands.json' with { type: 'json' };
import { type Choice, namesFor } from './names-for.ts';

type Named = Record<string, { does: string; file?: string }>;
type Commander = typeof import('commander');

const maxLength = 100;

const [given = '', ...before] = process.argv.slice(2);
// In bash an equals sign is a word of its own.
const word = given.replace(/^--word=/, '').replace(/^=$/, '');
const words = before.filter((one) => one !== '=');

const print = console.log;
// A command that is only asked for its options ends in the middle.
console.error = () => {};
const found = await choices(words, word).catch(() => []);
for (const { value, means } of found.filter((one) => one.value.startsWith(word)))
  print(`${value}\t${oneLine(means || value, maxLength)}`);
process.exitCode = 0;

async function choices([name, ...others]: readonly string[], word: string): Promise<Choice[]> {
  if (name === undefined)
    return Object.entries(commands).map(([value, { does }]) => ({ value, means: does }));
  if (!Object.hasOwn(commands, name)) return [];
  const { options, first } = await tableOf(name, others[0]);
  const called = (flag = '') =>
    options.find(({ long, short }) => flag !== '' && [long, short].includes(flag));
  const [, flag, equals] = /^(--[a-z-]+)(=)/.exec(word) ?? [];
  if (flag && equals) {
    const values = await valuesOf(called(flag));
    return values.map(({ value, means }) => ({ value: `${flag}=${value}`, means }));
  }
  const last = called(others.at(-1));
  if (last?.required) return valuesOf(last);
  if (!word.startsWith('-')) return [...(await valuesOf(last)), ...(others.length === 0 ? first : [])];
  return [
    ...options.filter(({ hidden }) => !hidden),
    { long: '--help', description: 'show all options' },
  ].map(({ long, description }) => ({ value: long ?? '', means: description }));
}

async function valuesOf(option: Option | undefined): Promise<Choice[]> {
  if (!option) return [];
  if (option.argChoices) return option.argChoices.map((value) => ({ value, means: option.description }));
  return namesFor(option.long ?? '');
}

/**
 * The options of a command, and what its first argument can be.
 * @param part what the first argument is, which may be a part of the command with options of its own
 */
async function tableOf(
  name: string,
  part: string | undefined,
): Promise<{ options: readonly Option[]; first: Choice[] }> {
  const { file = name } = (commands as Named)[name]!;
  if (file === 'test') {
    const { printHelpOfCucumber } = await import('../run/configuration.ts');
    const cucumber = await parsing(printHelpOfCucumber, '@cucumber/cucumber');
    return { options: [...(await ownOptions()), ...cucumber.options], first: [] };
  }
  const url = ['js', 'ts']
    .map((one) => new URL(`${file}.${one}`, import.meta.url))
    .find((one) => existsSync(one));
  const command = await parsing(() => import(url!.href));
  const [argument] = command.registeredArguments;
  const { options } = command.commands.find((one) => one.name() === part) ?? command;
  const first = [
    ...(argument?.argChoices?.map((value) => ({ value, means: argument.description })) ?? []),
    ...command.commands.map((one) => ({ value: one.name(), means: one.description() })),
  ];
  return { options, first };
}

/** The command that something is about to parse its arguments with. @param by the package that has its own commander */
async function parsing(start: () => Promise<unknown>, by?: string): Promise<Command> {
  const require = createRequire(import.meta.url);
  const { Command }: Commander = (by ? createRequire(require.resolve(by)) : require)('commander');
  let command: Command | undefined;
  function stop(this: Command): never {
    command = this;
    throw new Error('That was all that is needed of it.');
  }
  Object.assign(Command.prototype, { parse: stop, parseAsync: stop });
  await start().catch(() => {});
  return command!;
}

/** Those of `npm test`, which commander does not parse. */
async function ownOptions(): Promise<Option[]> {
  const { Option } = await import('commander');
  const { ownOptionTexts } = await import('../run/options.ts');
  return Object.entries(ownOptionTexts).map(([text, does]) => {
    const [flag, value = ''] = text.split(' ');
    const option = new Option(value === '' || value.startsWith('[') ? text : `${flag} <value>`, does);
    const listed = value.replace(/[[\]]/g, '').split(/[|,]/);
    return listed.length > 1 ? option.choices(listed) : option;
  });
}
