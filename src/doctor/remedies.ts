// What to do about a token, a bot or a clock, for every check that finds it.
import type { Settings } from '../tenant/settings.ts';

type AuthHeader = Settings['authHeader'];

export const credentials =
  'TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: both of one client app, which must be allowed to use the hooks';
export const botOfThePlatform = 'TENANT_BOT_ID: the stream ID of the AI Agent, on the platform of TENANT_URL';
export const eitherClock =
  'set the clock of this machine (time synchronisation), or have that of the tenant set';

/** The other header that the documents show for the token. */
export function otherHeader(header: AuthHeader): AuthHeader {
  return header === 'token' ? 'auth' : 'token';
}
