import type { Env } from '../system/env.ts';

/** The environment for another program: no variable holds the client secret or a passphrase, under whatever name. */
export function withoutSecret(env: Env): Env {
  const secrets = [env.TENANT_CLIENT_SECRET, env.TENANT_CLIENT_PASSPHRASE].filter((one) => one) as string[];
  const holds = (value = '') => secrets.some((secret) => value.includes(secret));
  return Object.fromEntries(Object.entries(env).filter(([, value]) => !holds(value)));
}
