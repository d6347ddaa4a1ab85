// Runs commands in processes that are used again after it. What somebody sees of a command does not depend on that; what is
// about the process itself (standard input, threads, memory) is tested with processes.ts.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { after } from 'node:test';
import type { CommandRequest } from './command-broker.ts';
import type { CommandOrder } from './command-host.ts';
import { type CommandOptions, endHosts, hosted } from './command-hosts.ts';
import { type Ended, type Owner, runNode, StartedProcess, startNode } from './processes.ts';

after(endHosts);

/** Starts a command, the path of its file and its arguments; its owner kills it when it still runs at the end. */
export function startCommand(
  owner: Owner,
  args: CommandOrder['args'],
  options: CommandOptions = {},
): StartedProcess {
  if (needsProcess(options)) return startNode(owner, args, options);
  const started = new StartedProcess(hosted(args, options));
  owner.after(() => started.exit('SIGKILL'));
  return started;
}

/**
 * Runs a command to its end, in a process that all files of tests share where `npm run test:unit` has one. Fails the test when
 * something kills it.
 */
export async function runCommand(args: CommandOrder['args'], options: CommandOptions = {}): Promise<Ended> {
  if (needsProcess(options)) return runNode(args, options);
  const place = process.env.TEST_COMMANDS;
  if (place) return asked(place, { args, options: { ...options, env: options.env ?? process.env } });
  const started = new StartedProcess(hosted(args, options));
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

/** Node reads these only when it starts. */
function needsProcess({ env = {} }: CommandOptions): boolean {
  return ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'].some((name) => env[name] && env[name] !== process.env[name]);
}

async function asked(place: string, request: CommandRequest): Promise<Ended> {
  const socket = connect({ path: place, allowHalfOpen: true });
  socket.end(JSON.stringify(request));
  const ended = (await json(socket)) as Ended | { failure: string };
  return 'failure' in ended ? assert.fail(ended.failure) : ended;
}
