// The checks, in the order in which a person would fix what they find.
import { answer, clock, hooksPath } from './answer-checks.ts';
import { callbackListener, callbackUrl } from './callback-checks.ts';
import { connection, nameResolution } from './connection-checks.ts';
import type { Diagnosis } from './diagnosis.ts';
import { firstEvent } from './entry-check.ts';
import type { Examination } from './examination.ts';
import { bot, token } from './identity-checks.ts';
import { routing, settings, tenantFiles } from './settings-checks.ts';
import { tls } from './tls-check.ts';

export interface Check {
  name: string;
  /** Names of checks and of settings; a problem with one of them leaves nothing to be checked here. */
  needs: string[];
  /** What it throws is a finding too. */
  look: (examination: Examination) => Promise<Diagnosis> | Diagnosis | Diagnosis[];
}

/** Those that ask the tenant: what `npm test` looks at before its first scenario. */
export const tenantChecks: readonly Check[] = [
  {
    name: 'name resolution',
    needs: ['TENANT_URL', 'HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'],
    look: nameResolution,
  },
  { name: 'connection', needs: ['name resolution'], look: connection },
  { name: 'TLS', needs: ['connection'], look: tls },
  { name: 'answer', needs: ['settings', 'TLS'], look: answer },
  { name: 'clock', needs: ['answer'], look: clock },
  { name: 'hooks path', needs: ['answer'], look: hooksPath },
  { name: 'token', needs: ['hooks path'], look: token },
  { name: 'bot', needs: ['token'], look: bot },
  { name: 'first event', needs: ['bot'], look: firstEvent },
];

export const checks: readonly Check[] = [
  { name: 'settings', needs: [], look: settings },
  { name: 'tenant files', needs: [], look: tenantFiles },
  ...tenantChecks,
  { name: 'routing settings', needs: ['settings'], look: routing },
  { name: 'callback listener', needs: ['settings'], look: callbackListener },
  { name: 'callback URL', needs: ['callback listener'], look: callbackUrl },
];

/** A problem of these ends `npm test` as used wrongly; one of the others, as inconclusive. */
export const ofTheUser: readonly string[] = ['settings', 'tenant files'];
