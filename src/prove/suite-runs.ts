// Runs of the suite, each in a process beside this one. Knows nothing of what the tenants do wrong.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { schemas } from '../protocol/schemas.ts';
import type { SuiteResult } from './judged-run.ts';
import type { SuiteOrder } from './suite-process.ts';

type Env = Record<string, string>;

const repository = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('suite-process.ts', import.meta.url));
/** The slowest variation takes about five minutes for the whole suite. */
const timeoutMs = 15 * 60_000;

/** As many processes as there are runs at a time; a process is used again when its run is over. */
export class SuiteRuns {
  readonly #idle: ChildProcess[] = [];
  readonly #signal: AbortSignal | undefined;

  /** @param signal ends the runs that are under way */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** @returns trouble when the run came to no verdict on the tenant; it never rejects */
  async run(order: SuiteOrder): Promise<SuiteResult> {
    if (this.#signal?.aborted) return { trouble: 'interrupted' };
    const child = this.#idle.pop() ?? start();
    const limit = AbortSignal.timeout(timeoutMs);
    const result = await answerOf(child, order, AbortSignal.any([limit, this.#signal ?? limit]));
    if (result) {
      if (child.connected) this.#idle.push(child);
      return result;
    }
    child.kill('SIGKILL');
    return { trouble: limit.aborted ? `no end after ${timeoutMs / 60_000} minutes` : 'interrupted' };
  }

  close(): void {
    for (const child of this.#idle.splice(0)) if (child.connected) child.disconnect();
  }
}

/** undefined when the signal came first. */
async function answerOf(
  child: ChildProcess,
  order: SuiteOrder,
  stop: AbortSignal,
): Promise<SuiteResult | undefined> {
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const answered = once(child, 'message', { signal }).then(([result]) => result as SuiteResult);
  const ended = once(child, 'exit', { signal }).then(([code]) => ({
    trouble: `the process of the run ended with ${code}`,
  }));
  try {
    child.send(order);
    return await Promise.race([answered, ended]);
  } catch {
    return undefined;
  } finally {
    over.abort();
    await Promise.allSettled([answered, ended]);
  }
}

function start(): ChildProcess {
  return fork(program, { cwd: repository, env: cleanEnvironment(), execArgv: [], stdio: 'inherit' });
}

const kept = /^(PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|COMSPEC|TEMP|TMP|TMPDIR|LANG|NODE_V8_COVERAGE)$/i;

/**
 * Without the settings of whoever proves the suite, in the environment, in .env or in the files about their tenant: no
 * tenant of theirs is ever reached, and nothing that is known of it hides a fault.
 */
export function cleanEnvironment(): Env {
  const passed = Object.entries(process.env).filter(([name]) => kept.test(name));
  // Empty text counts as not set, and wins over .env.
  const unset = Object.keys(schemas.settings.properties).map((name) => [name, '']);
  return { ...Object.fromEntries([...unset, ...passed]), CONFORMANCE_TENANT_FILES: 'none' };
}
