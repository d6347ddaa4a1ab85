import type { Env } from '../system/env.ts';

/** Whether Node would give a token to anybody who answers at the URL: it checks no certificate with this variable. */
export function trustsAnybody(url: string, env: Env): boolean {
  return env.NODE_TLS_REJECT_UNAUTHORIZED === '0' && /^https:/i.test(url);
}
