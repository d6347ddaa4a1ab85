// The reference tenant of a command that has no other.
import { randomIdentity, type Sandbox, startSandbox } from '../sandbox/server.ts';
import type { Env } from '../system/env.ts';
import { usesEmbeddedSandbox } from '../tenant/settings.ts';

/** @param env gets the settings that lead to it @returns undefined when a tenant is configured */
export async function startEmbedded(env: Env): Promise<Sandbox | undefined> {
  if (!usesEmbeddedSandbox(env)) return undefined;
  const sandbox = await startSandbox({ identity: randomIdentity() });
  Object.assign(env, sandbox.settings, { CONFORMANCE_EMBEDDED: 'true' });
  return sandbox;
}
