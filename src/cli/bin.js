#!/usr/bin/env node
// `agent-ai-conformance COMMAND …`: the commands of the project's scripts, where it is installed as a package. In plain
// JavaScript, so that a Node that is too old says so.
import { existsSync, readFileSync } from 'node:fs';
import v8 from 'node:v8';

const usedWrongly = 2;

/** By name: what it does, and its file and options where they are not its own name and none. */
const commands = JSON.parse(readFileSync(new URL('commands.json', import.meta.url), 'utf8'));
/** With the one that the scripts of `completion` call. */
const all = { ...commands, complete: {} };

const name = process.argv[2] ?? '--help';
const [major, minor] = process.versions.node.split('.').map(Number);
const command = Object.hasOwn(all, name) ? all[name] : undefined;
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `NODE_TOO_OLD  This is Node ${process.versions.node}; agent-ai-conformance needs 22.18 or later.`,
  );
  process.exitCode = usedWrongly;
} else if (command) {
  const { file = name, options = [] } = command;
  // Keeps the heap small, as the scripts of the project do.
  if (['run', 'explore'].includes(name)) v8.setFlagsFromString('--heap-growing-percent=120');
  const [next = '-'] = process.argv.slice(3);
  const asksForHelp = process.argv.some((one) => one === '--help' || one === '-h');
  // The folder of a recorder is the value of an option: another option would be taken for it.
  if (name === 'record' && next.startsWith('-') && !asksForHelp) {
    console.error(
      'OPTION_INVALID  The folder comes first: agent-ai-conformance record FOLDER [options]. --help lists the options.',
    );
    process.exit(usedWrongly);
  }
  process.argv.splice(2, 1, ...(asksForHelp ? [] : options));
  const url = ['js', 'ts']
    .map((extension) => new URL(`${file}.${extension}`, import.meta.url))
    .find(existsSync);
  await import(url.href);
} else {
  const list = Object.entries(commands).map(([command, { does }]) => `  ${command.padEnd(10)} ${does}`);
  const help = `Usage: agent-ai-conformance COMMAND [options]\n\n${list.join('\n')}\n\nagent-ai-conformance COMMAND --help lists the options of a command.`;
  if (name === '--help' || name === '-h' || name === 'help') console.log(help);
  else {
    console.error(`There is no command ${JSON.stringify(name)}.\n\n${help}`);
    process.exitCode = usedWrongly;
  }
}
