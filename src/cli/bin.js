#!/usr/bin/env node
// `agent-ai-conformance COMMAND …`: the commands of the project's scripts, where it is installed as a package. In plain
// JavaScript, so that a Node that is too old says so.
import { existsSync } from 'node:fs';
import v8 from 'node:v8';

const usedWrongly = 2;

/** What each command does, and its file when that has another name. */
const commands = {
  run: ['run the scenarios against a tenant, or the reference tenant', 'test'],
  check: ['judge the sender of events by a log'],
  record: ['start a recorder: the reference tenant, or a proxy in front of a tenant', 'sandbox', '--record'],
  sandbox: ['start the reference tenant by itself'],
  doctor: ['find what would keep a run from working'],
  report: ['make the Allure report of the last run (needs Java)'],
  compare: ['say what differs between two runs'],
  explore: ['make conversations from the model, and send them'],
  merge: ['judge the shards of a run as one'],
  judge: ["judge an old run again with this version and today's lists"],
  export: ['write the API, or what was seen, for other tools: OpenAPI, AsyncAPI, HAR, Postman'],
  overview: ['show several tenants side by side'],
  forget: ['delete a conversation from a recording'],
  token: ['print a valid token for the tenant'],
  init: ['write a profile, an example feature and a CI workflow into this folder'],
};

const name = process.argv[2] ?? '--help';
const [major, minor] = process.versions.node.split('.').map(Number);
const isKnown = Object.hasOwn(commands, name);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `NODE_TOO_OLD  This is Node ${process.versions.node}; agent-ai-conformance needs 22.18 or later.`,
  );
  process.exitCode = usedWrongly;
} else if (isKnown) {
  const [, file = name, ...options] = commands[name];
  // Keeps the heap small, as the scripts of the project do.
  if (['run', 'explore'].includes(name)) v8.setFlagsFromString('--heap-growing-percent=120');
  process.argv.splice(2, 1, ...options);
  const url = ['js', 'ts']
    .map((extension) => new URL(`${file}.${extension}`, import.meta.url))
    .find(existsSync);
  await import(url.href);
} else {
  const list = Object.entries(commands).map(([command, [does]]) => `  ${command.padEnd(9)} ${does}`);
  const help = `Usage: agent-ai-conformance COMMAND [options]\n\n${list.join('\n')}\n\nagent-ai-conformance COMMAND --help lists the options of a command.`;
  if (name === '--help' || name === '-h' || name === 'help') console.log(help);
  else {
    console.error(`There is no command ${JSON.stringify(name)}.\n\n${help}`);
    process.exitCode = usedWrongly;
  }
}
