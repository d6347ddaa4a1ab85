// Processes that tests start: what they print, how they end, and that none of them outlives its test.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { compileCacheFolder } from '../src/system/compile-cache.ts';
import { timeLimit } from './time-limit.ts';

export const repository = fileURLToPath(new URL('../', import.meta.url));

/**
 * What Node compiles is kept where `npm test` keeps it, for the next process: that saves a quarter of its start. Not where
 * coverage counts, which knows whole functions only of what comes from there.
 */
const compileCache = process.env.NODE_COMPILE_CACHE ?? compileCacheFolder;

export interface ProcessOptions {
  /** The repository when left out. */
  cwd?: string;
  /** All of its environment; that of the tests when left out. */
  env?: Record<string, string | undefined>;
  /**
   * Whether the coverage of verify counts what it goes through, which costs a quarter of its time; it does when left out.
   * False where the same lines are counted elsewhere.
   */
  measured?: boolean;
  /** All that its standard input holds; nothing when left out. Null leaves that to the test. */
  input?: string | Buffer | null;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The end of a process that nothing killed, and all that it printed. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A test, or whatever else ends a process at the latest. */
export interface Owner {
  after(end: () => unknown): void;
}

/** Starts Node with these arguments; its owner kills it when it still runs at the end. */
export function startNode(
  owner: Owner,
  args: readonly string[],
  options: ProcessOptions = {},
): StartedProcess {
  const started = new StartedProcess(process.execPath, args, options);
  owner.after(() => started.exit('SIGKILL'));
  return started;
}

/** Runs Node with these arguments to its end. Fails the test when something kills it. */
export function runNode(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return runProgram(process.execPath, args, options);
}

/** Runs any program to its end. Fails the test when something kills it, or it cannot be started. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<Ended> {
  const started = new StartedProcess(program, args, options);
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

/** Whether this machine has a program. @param version the argument by which it does nothing else */
export function isInstalled(program: string, version = '--version'): boolean {
  return spawnSync(program, [version], { stdio: 'ignore', timeout: timeLimit }).status === 0;
}

export class StartedProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly #command: string;
  readonly #ended: Promise<Exit>;
  #tookTooLong = false;

  constructor(program: string, args: readonly string[], options: ProcessOptions) {
    const { cwd = repository, input = '' } = options;
    this.#command = [program, ...args].join(' ').slice(0, 300);
    this.child = spawn(program, args, { cwd, env: environmentOf(options) });
    this.stdout = collect(this.child.stdout);
    this.stderr = collect(this.child.stderr);
    // It may end before it has read everything.
    this.child.stdin.on('error', () => {});
    if (input !== null) this.child.stdin.end(input);
    const killer = setTimeout(() => {
      this.#tookTooLong = true;
      this.child.kill('SIGKILL');
    }, timeLimit);
    const { promise, resolve, reject } = Promise.withResolvers<Exit>();
    this.child.once('error', reject);
    this.child.once('close', (code, signal) => resolve({ code, signal }));
    this.#ended = promise.finally(() => clearTimeout(killer));
    this.#ended.catch(() => {});
  }

  /** Waits for a text in what it prints. @returns all that it printed there; fails the test when it ends before that */
  async says(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<string> {
    const { promise: found, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this[where]().search(pattern) >= 0) resolve();
    };
    this.child[where].on('data', look);
    look();
    const exit = await Promise.race([found, this.#ended]);
    this.child[where].off('data', look);
    if (exit) this.#fail(exit, ` before it said ${pattern} on ${where}`);
    return this[where]();
  }

  /** Its end, whatever brought it about. @param signal sent first */
  async exit(signal?: NodeJS.Signals): Promise<Exit> {
    if (signal) this.child.kill(signal);
    const exit = await this.#ended;
    if (this.#tookTooLong) this.#fail(exit);
    return exit;
  }

  /** Its exit code; fails the test when something killed it. @param signal sent first, for it to end itself */
  async code(signal?: NodeJS.Signals): Promise<number> {
    const exit = await this.exit(signal);
    return exit.code ?? this.#fail(exit);
  }

  #fail({ code, signal }: Exit, when = ''): never {
    const how = this.#tookTooLong
      ? `was killed after ${timeLimit} ms (TEST_TIMEOUT_MS)`
      : `ended by ${signal ?? `exit code ${code}`}`;
    assert.fail([`${this.#command} ${how}${when}`, this.stdout(), this.stderr()].join('\n'));
  }
}

function environmentOf({ env = process.env, measured = true }: ProcessOptions): NodeJS.ProcessEnv {
  if (measured && process.env.NODE_V8_COVERAGE) return { ...env, NODE_DISABLE_COMPILE_CACHE: '1' };
  return { NODE_COMPILE_CACHE: compileCache, ...env, NODE_V8_COVERAGE: undefined };
}

function collect(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
