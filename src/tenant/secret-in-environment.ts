import type { Env } from '../system/env.ts';

/** The environment for another program: no variable holds the client secret, under whatever name. */
export function withoutSecret(env: Env): Env {
  const secret = env.TENANT_CLIENT_SECRET;
  if (!secret) return { ...env };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => !value?.includes(secret)));
}
