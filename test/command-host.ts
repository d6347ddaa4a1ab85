// A process that runs one command after another, each as `node FILE …` would: the longest part of a short command is loading
// packages, which are loaded once here. Each command has its own copy of the project's modules, so that nothing they keep is
// there for the next one, and it is over when nothing is left to wait for, as a process is.
import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { newCopy } from './module-copies.ts';

/** The message that starts a command; the answer is its exit code. */
export interface CommandOrder {
  /** The file, absolute or from the folder of the process, and its arguments. */
  args: readonly [file: string, ...string[]];
  /** All of its environment. */
  env: Record<string, string | undefined>;
  /** Written to both outputs after all that the command prints. */
  mark: string;
  cwd: string;
}

type Listener = (...args: unknown[]) => void;

const outputs = [process.stdout, process.stderr];
const current = new AsyncLocalStorage<number>();
const exit = process.exit;
let running = 0;
/** Whether the command that runs has ended its process. */
let hasLeft = false;

process.exit = (code) => {
  // A timer that a command has left must end neither the next one nor the process between them.
  const by = current.getStore() ?? running;
  if (by !== running) return undefined as never;
  return running === 0 ? exit(code) : leave(code);
};
process.on('message', start);
// Nobody waits for a command any more.
process.on('disconnect', () => exit());

function start({ args: [file, ...args], env, mark, cwd }: CommandOrder): void {
  running = newCopy();
  hasLeft = false;
  process.chdir(cwd);
  process.argv = [process.execPath, path.resolve(file), ...args];
  for (const name of Object.keys(process.env)) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
  process.exitCode = undefined;
  const undo = [process, ...outputs].map(listenersOf);
  process.once('beforeExit', () => end(mark, undo));
  process.channel!.unref();
  current.run(running, () => {
    import(pathToFileURL(process.argv[1]!).href).catch((error) => {
      // As in a process of its own, where nothing catches it.
      if (!hasLeft) setImmediate(() => thrown(error));
    });
  });
}

function thrown(error: unknown): never {
  throw error;
}

/** What a command does that ends its process: nothing of it runs any more, or the process does end. */
function leave(code: number | string | null | undefined): never {
  if (!hasLeft) {
    hasLeft = true;
    process.exitCode = code ?? process.exitCode;
    process.emit('exit', codeOf(process.exitCode));
    process.removeAllListeners('exit');
    process.removeAllListeners('uncaughtException').on('uncaughtException', () => {});
    for (const output of outputs) output.write = () => true;
    // Unless everything is over by then, and the process can be used again.
    leaving = setTimeout(() => exit(), 50).unref();
  }
  throw new Error('The process has ended');
}

let leaving: NodeJS.Timeout | undefined;

function end(mark: string, undo: (() => void)[]): void {
  clearTimeout(leaving);
  if (!hasLeft) process.emit('exit', codeOf(process.exitCode));
  const code = codeOf(process.exitCode);
  running = 0;
  for (const one of undo) one();
  for (const output of outputs) {
    // The command may have put its own in the place of this method.
    Reflect.deleteProperty(output, 'write');
    output.write(mark);
  }
  process.channel!.ref();
  process.send!(code);
}

function codeOf(code: typeof process.exitCode): number {
  return Number(code ?? 0);
}

/** @returns a function that removes the listeners that have been added since */
function listenersOf(emitter: NodeJS.EventEmitter): () => void {
  const all = () => emitter.eventNames().map((name) => [name, emitter.rawListeners(name)] as const);
  const before = new Map(all());
  return () => {
    for (const [name, listeners] of all()) {
      const added = listeners.filter((one) => !before.get(name)?.includes(one));
      for (const one of added) emitter.off(name, one as Listener);
    }
  };
}
