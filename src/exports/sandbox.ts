// `agent-ai-conformance/sandbox`: the reference tenant, for a test of an adapter.
import { combinedBehaviour } from '../sandbox/combined-behaviour.ts';
import { faults as catalogue } from '../sandbox/faults/catalogue.ts';
import { type Sandbox, startSandbox as start } from '../sandbox/server.ts';

export type { Sandbox };

export interface SandboxOptions {
  /** Names of faults, as `agent-ai-conformance sandbox --list-faults` lists them. By default it behaves as documented. */
  faults?: readonly string[];
  /** By default a free one. */
  port?: number;
}

/**
 * Starts it on the loopback. `settings` are the environment variables that point an adapter, or the suite, at it.
 * @throws Error when there is no such fault, or two of them contradict each other
 */
export async function startSandbox({ faults = [], port = 0 }: SandboxOptions = {}): Promise<Sandbox> {
  const chosen = faults.map((name) => {
    const fault = catalogue.find((one) => one.name === name);
    if (!fault) throw new Error(`There is no fault ${JSON.stringify(name)}`);
    return fault;
  });
  return start({ port, behaviour: combinedBehaviour(chosen) });
}
