// Runs the suite in child processes. Unaware of what is wrong with the tenants.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { schemas } from '../protocol/schemas.ts';
import { projectFolder, sourceExtension } from '../system/project.ts';
import type { SuiteResult } from './judged-run.ts';
import type { SuiteOrder } from './suite-process.ts';

type Env = Record<string, string>;

const program = path.join(import.meta.dirname, `suite-process${sourceExtension}`);
/** The slowest variation takes about five minutes for the whole suite. */
const timeoutMs = 15 * 60_000;

/** Has one process for each run at a time; a process is used again after its run. */
export class SuiteRuns {
  readonly #idle: ChildProcess[] = [];
  readonly #signal: AbortSignal | undefined;

  /** @param signal aborts the runs in progress */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Never rejects. @returns trouble when the run reached no verdict about the tenant */
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
    return { trouble: limit.aborted ? `not finished after ${timeoutMs / 60_000} minutes` : 'interrupted' };
  }

  close(): void {
    for (const child of this.#idle.splice(0)) if (child.connected) child.disconnect();
  }
}

/** @returns undefined when the signal came first */
async function answerOf(
  child: ChildProcess,
  order: SuiteOrder,
  stop: AbortSignal,
): Promise<SuiteResult | undefined> {
  const settled = new AbortController();
  const signal = AbortSignal.any([stop, settled.signal]);
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
    settled.abort();
    await Promise.allSettled([answered, ended]);
  }
}

function start(): ChildProcess {
  return fork(program, { cwd: projectFolder, env: cleanEnvironment(), execArgv: [], stdio: 'inherit' });
}

const kept = /^(PATH|PATHEXT|HOME|USERPROFILE|SYSTEMROOT|COMSPEC|TEMP|TMP|TMPDIR|LANG|NODE_V8_COVERAGE)$/i;

/**
 * Without the user's own settings in the environment, in .env and in the files about their tenant: a proof never reaches
 * that tenant, and nothing known about it hides a fault.
 */
export function cleanEnvironment(): Env {
  const passed = Object.entries(process.env).filter(([name]) => kept.test(name));
  // An empty text counts as not set, and overrides .env.
  const unset = Object.keys(schemas.settings.properties).map((name) => [name, '']);
  return { ...Object.fromEntries([...unset, ...passed]), CONFORMANCE_TENANT_FILES: 'none' };
}
