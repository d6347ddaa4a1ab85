// The processes in which commands run one after another: command-host.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandOrder } from './command-host.ts';
import {
  type Exit,
  environmentOf,
  Output,
  type ProcessOptions,
  type Running,
  repository,
} from './processes.ts';

export type CommandOptions = Omit<ProcessOptions, 'input'>;

const program = fileURLToPath(new URL('command-host.ts', import.meta.url));
/** How many commands a process runs: each leaves its copy of the modules there. */
const mostCommands = 40;

const alive = new Set<ChildProcess>();
/** Those that run nothing now; where coverage counts, and elsewhere. */
const idle: Record<'measured' | 'others', ChildProcess[]> = { measured: [], others: [] };
const commandsOf = new WeakMap<ChildProcess, number>();

/** Starts a command in one of them. */
export function hosted(args: CommandOrder['args'], options: CommandOptions): Running {
  const env = environmentOf(options);
  const hosts = env.NODE_V8_COVERAGE ? idle.measured : idle.others;
  const child = hosts.pop() ?? start(env);
  const mark = randomUUID();
  const [stdout, stderr] = [new Output(child.stdout!), new Output(child.stderr!)];
  const { promise: ended, resolve, reject } = Promise.withResolvers<Exit>();
  const closed = (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal });
  child.once('error', reject);
  child.once('close', closed);
  child.once('message', async (code: number) => {
    await Promise.all([stdout.upTo(mark), stderr.upTo(mark)]);
    child.off('error', reject).off('close', closed);
    const count = (commandsOf.get(child) ?? 0) + 1;
    commandsOf.set(child, count);
    if (count < mostCommands) hosts.push(child);
    else child.disconnect();
    resolve({ code, signal: null });
  });
  child.send({ args, env, mark, cwd: options.cwd ?? repository } satisfies CommandOrder);
  return { child, command: args.join(' '), stdout, stderr, ended };
}

/** Ends them, when all that they have to write is written, as coverage is. */
export async function endHosts(): Promise<void> {
  const ends = [...alive].map(async (host) => {
    const ended = once(host, 'exit');
    if (host.connected) host.disconnect();
    await ended;
  });
  await Promise.all(ends);
}

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const child = fork(program, {
    cwd: repository,
    env: { ...env, NODE_EXTRA_CA_CERTS: undefined, NODE_OPTIONS: undefined },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  alive.add(child);
  child.once('exit', () => {
    alive.delete(child);
    for (const name of ['measured', 'others'] as const)
      idle[name] = idle[name].filter((one) => one !== child);
  });
  return child;
}
