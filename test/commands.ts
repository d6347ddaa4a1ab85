// Runs commands in processes that are used again after it: command-host.ts. What somebody sees of a command does not depend on
// that; what is about the process itself (standard input, threads, memory, a crash) is tested with processes.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CommandOrder } from './command-host.ts';
import {
  type Ended,
  type Exit,
  environmentOf,
  Output,
  type Owner,
  type ProcessOptions,
  type Running,
  repository,
  runNode,
  StartedProcess,
  startNode,
} from './processes.ts';

type Options = Omit<ProcessOptions, 'input'>;

const program = fileURLToPath(new URL('command-host.ts', import.meta.url));
/** Those that run nothing now; where coverage counts, and elsewhere. */
const idle: Record<'measured' | 'others', ChildProcess[]> = { measured: [], others: [] };

after(() => {
  for (const host of [...idle.measured.splice(0), ...idle.others.splice(0)]) {
    if (host.connected) host.disconnect();
  }
});

/** Starts a command, the path of its file and its arguments; its owner kills it when it still runs at the end. */
export function startCommand(
  owner: Owner,
  args: CommandOrder['args'],
  options: Options = {},
): StartedProcess {
  if (needsProcess(options)) return startNode(owner, args, options);
  const started = new StartedProcess(hosted(args, options));
  owner.after(() => started.exit('SIGKILL'));
  return started;
}

/** Runs a command to its end. Fails the test when something kills it. */
export async function runCommand(args: CommandOrder['args'], options: Options = {}): Promise<Ended> {
  if (needsProcess(options)) return runNode(args, options);
  const started = new StartedProcess(hosted(args, options));
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

/** Node reads these only when it starts. */
function needsProcess({ env = {} }: Options): boolean {
  return ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'].some((name) => env[name] && env[name] !== process.env[name]);
}

function hosted(args: CommandOrder['args'], options: Options): Running {
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
    hosts.push(child);
    resolve({ code, signal: null });
  });
  child.send({ args, env, mark, cwd: options.cwd ?? repository } satisfies CommandOrder);
  return { child, command: args.join(' '), stdout, stderr, ended };
}

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const child = fork(program, {
    cwd: repository,
    env,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.once('exit', () => {
    for (const hosts of Object.values(idle)) {
      const index = hosts.indexOf(child);
      if (index >= 0) hosts.splice(index, 1);
    }
  });
  return child;
}
