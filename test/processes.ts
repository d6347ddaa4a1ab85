// Processes that tests start: what they print, how they end, and that none of them outlives its test.
import assert from 'node:assert/strict';
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
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

type NodeProcess = StartedProcess<ChildProcessWithoutNullStreams>;

/** Starts Node with these arguments; its owner kills it when it still runs at the end. */
export function startNode(owner: Owner, args: readonly string[], options: ProcessOptions = {}): NodeProcess {
  const started = new StartedProcess(spawned(process.execPath, args, options));
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
  const started = new StartedProcess(spawned(program, args, options));
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

/** Whether this machine has a program. @param version the argument by which it does nothing else */
export function isInstalled(program: string, version = '--version'): boolean {
  return spawnSync(program, [version], { stdio: 'ignore', timeout: timeLimit }).status === 0;
}

/** What a process prints, and how it ends. */
export interface Running<Child extends ChildProcess = ChildProcess> {
  child: Child;
  command: string;
  stdout: Output;
  stderr: Output;
  /** Rejects when it could not be started. */
  ended: Promise<Exit>;
}

export class StartedProcess<Child extends ChildProcess = ChildProcess> {
  readonly child: Child;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly #outputs: Record<'stdout' | 'stderr', Output>;
  readonly #command: string;
  readonly #ended: Promise<Exit>;
  #tookTooLong = false;
  #isOver = false;

  constructor({ child, command, stdout, stderr, ended }: Running<Child>) {
    this.child = child;
    this.#command = command.slice(0, 300);
    this.#outputs = { stdout, stderr };
    this.stdout = () => stdout.text();
    this.stderr = () => stderr.text();
    const killer = setTimeout(() => {
      this.#tookTooLong = true;
      child.kill('SIGKILL');
    }, timeLimit);
    this.#ended = ended.finally(() => {
      this.#isOver = true;
      clearTimeout(killer);
    });
    this.#ended.catch(() => {});
  }

  /** Waits for a text in what it prints. @returns all that it printed there; fails the test when it ends before that */
  async says(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<string> {
    const { promise: found, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this[where]().search(pattern) >= 0) resolve();
    };
    this.#outputs[where].stream.on('data', look);
    look();
    const exit = await Promise.race([found, this.#ended]);
    this.#outputs[where].stream.off('data', look);
    if (exit) this.#fail(exit, ` before it said ${pattern} on ${where}`);
    return this[where]();
  }

  /** Its end, whatever brought it about. @param signal sent first */
  async exit(signal?: NodeJS.Signals): Promise<Exit> {
    if (signal && !this.#isOver) this.child.kill(signal);
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

/** The environment of a process with these options. */
export function environmentOf({ env = process.env, measured = true }: ProcessOptions): NodeJS.ProcessEnv {
  if (measured && process.env.NODE_V8_COVERAGE) return { ...env, NODE_DISABLE_COMPILE_CACHE: '1' };
  return { NODE_COMPILE_CACHE: compileCache, ...env, NODE_V8_COVERAGE: undefined };
}

/** Starts any program. */
export function spawned(
  program: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Running<ChildProcessWithoutNullStreams> {
  const { cwd = repository, input = '' } = options;
  const child = spawn(program, args, { cwd, env: environmentOf(options) });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  if (input !== null) child.stdin.end(input);
  const { promise: ended, resolve, reject } = Promise.withResolvers<Exit>();
  child.once('error', reject);
  child.once('close', (code, signal) => resolve({ code, signal }));
  return {
    child,
    command: [program, ...args].join(' '),
    stdout: new Output(child.stdout),
    stderr: new Output(child.stderr),
    ended,
  };
}

/** What comes out of a stream, from now on. */
export class Output {
  readonly stream: Readable;
  #bytes = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.stream = stream;
    stream.on('data', this.#keep);
  }

  text(): string {
    return this.#bytes.toString('utf8');
  }

  /** Nothing more is kept after this text, which is left out itself. */
  async upTo(mark: string): Promise<void> {
    const end = Buffer.from(mark);
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this.#bytes.subarray(-end.length).equals(end)) resolve();
    };
    this.stream.on('data', look);
    look();
    await promise;
    for (const listener of [look, this.#keep]) this.stream.off('data', listener);
    this.#bytes = this.#bytes.subarray(0, -end.length);
  }

  readonly #keep = (chunk: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
  };
}
