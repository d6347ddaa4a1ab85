// Whom this machine believes that it is the tenant.
import type { Env } from '../system/env.ts';

/** Whether Node would give a token to anybody who answers at the URL: it checks no certificate with this variable. */
export function trustsAnybody(url: string, env: Env): boolean {
  return env.NODE_TLS_REJECT_UNAUTHORIZED === '0' && /^https:/i.test(url);
}

const extraCa = 'NODE_EXTRA_CA_CERTS';

/** As it was when Node started: Node reads it then and never again, so a value from an env file comes too late. */
export const extraCaAtStart = process.env[extraCa];

/** What to do about a certificate of a CA that this machine does not know. @param atStart the variable, as Node has read it */
export function extraCaAdvice(env: Env, atStart = extraCaAtStart): string {
  if (atStart) return `${extraCa} (${atStart}) lacks the CA of this certificate, or cannot be read`;
  if (env[extraCa])
    return `${extraCa} is set in an env file, which Node reads too late: set it in the environment`;
  return `set ${extraCa}, in the environment, to a PEM file with the CA (of the company, or of its proxy)`;
}
