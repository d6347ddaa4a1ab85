// What to do about a token, a bot or a clock, for every check that finds it.
import type { Answer } from '../protocol/answers.ts';
import { isHtml } from '../protocol/observations.ts';
import type { Settings } from '../tenant/settings.ts';

type AuthHeader = Settings['authHeader'];

const credentials =
  'TENANT_CLIENT_ID, TENANT_CLIENT_SECRET: both of one client app, which must be allowed to use the hooks';
/** No document says that each of them begins so. */
const unusualId =
  'TENANT_CLIENT_ID: it does not begin with cs-, as those of the documents do; is it the Client ID, and not the secret or a name?';

const letThrough =
  'TENANT_URL: something before the tenant answers (a gateway, a firewall, a login); have it let this machine through, or name the tenant itself';

/** Schemes that no document of Agent AI has: whoever asks for one is not the tenant. */
const otherScheme = /(?:^|,\s*)(?:basic|digest|ntlm|negotiate|kerberos)\b/i;

/** What to do about a 401 or 403. A page may be how the tenant itself refuses a token, too. */
export function remediesOf(refusal: Answer, { clientId }: Pick<Settings, 'clientId'>): string[] {
  if (otherScheme.test(refusal.headers['www-authenticate'] ?? '')) return [letThrough];
  const own = clientId.startsWith('cs-') ? [credentials] : [credentials, unusualId];
  return isHtml(refusal) ? [letThrough, ...own] : own;
}

/** What asks for the refused credentials, when that is not the tenant; empty otherwise. */
export function askedFor(refusal: Answer): string {
  const scheme = refusal.headers['www-authenticate'] ?? '';
  return otherScheme.test(scheme) ? `, which asks for ${scheme.slice(0, 60)}, not for a token` : '';
}

export const botOfThePlatform = 'TENANT_BOT_ID: the stream ID of the AI Agent, on the platform of TENANT_URL';
export const eitherClock =
  'set the clock of this machine (time synchronisation), or have that of the tenant set';

/** The other header that the documents show for the token. */
export function otherHeader(header: AuthHeader): AuthHeader {
  return header === 'token' ? 'auth' : 'token';
}
