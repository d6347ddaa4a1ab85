// What the recorder reads from the command line and the environment, and what is wrong with it.
import { CodedError } from '../errors/coded-error.ts';
import { type KeyOptions, keysFolder } from '../pseudonyms/folder-key.ts';
import { demoIdentity, type SandboxIdentity } from '../sandbox/identity.ts';
import type { Env } from '../system/env.ts';
import { trustsAnybody } from '../tenant/certificates.ts';
import { clientCertificate } from '../tenant/client-certificate.ts';
import { loadEnvFiles } from '../tenant/env-files.ts';
import { proxyFor } from '../tenant/proxy.ts';
import { type SettingValues, settingsProblems } from '../tenant/settings.ts';
import { type Bound, leadsBack } from './own-address.ts';

/**
 * The environment, completed from .env, or from .env.NAME for a tenant; as for a run.
 * @throws CodedError
 */
export function withFiles(environment: Env, tenant: string | undefined): Env {
  const env = { ...environment };
  loadEnvFiles({ cwd: process.cwd(), env, profile: tenant });
  return env;
}

/** @throws CodedError when requests cannot be passed on to this URL. It repeats neither the URL nor a proxy's. */
export function checkForward(text: string, env: Env): void {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw forwardError(
      'give a URL that begins with https:// or http://, as in --forward https://platform.kore.ai',
    );
  }
  if (url.username || url.password) {
    throw forwardError('the URL holds a user or a password; the hooks know tokens only. Leave them out.');
  }
  if (text.includes('?') || text.includes('#')) {
    throw forwardError('the path of a request is put behind the URL: leave out what begins with ? or #.');
  }
  if (trustsAnybody(text, env)) {
    throw forwardError(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so tokens would go to whoever answers. Unset it; for the CA of a company set NODE_EXTRA_CA_CERTS to its file.',
    );
  }
  try {
    proxyFor(text, env);
    clientCertificate(env);
  } catch (error) {
    throw error instanceof CodedError ? forwardError(error.text) : error;
  }
}

/** @throws CodedError when the recorder would pass everything on to itself */
export async function refuseOwnAddress(text: string, bound: Bound): Promise<void> {
  if (await leadsBack(text, bound))
    throw forwardError(
      `this is the address of the recorder itself (port ${bound.port}), which would pass everything on to itself. Give that of the tenant, or another --port.`,
    );
}

function forwardError(text: string): CodedError {
  return new CodedError('FORWARD_INVALID', `--forward: ${text}`);
}

const own = ['TENANT_BOT_ID', 'TENANT_CLIENT_ID', 'TENANT_CLIENT_SECRET'] as const;

/** The secret of the client app, which is redacted by its value. @throws CodedError when it is a common word */
export function secretOf(env: Env): string | undefined {
  check(env, ['TENANT_CLIENT_SECRET']);
  return env.TENANT_CLIENT_SECRET || undefined;
}

/**
 * How records are kept without personal data; undefined when they are kept as they come.
 * @param asked on the command line
 * @throws CodedError
 */
export function pseudonymiseOf(env: Env, asked: boolean): KeyOptions | undefined {
  check(env, ['RECORD_PSEUDONYMISE', 'RECORD_PSEUDONYM_KEY']);
  if (!asked && env.RECORD_PSEUDONYMISE !== 'true') return undefined;
  return keyOf(env);
}

/** Where the key of a recording with pseudonyms is. @throws CodedError */
export function keyOf(env: Env): KeyOptions {
  check(env, ['RECORD_PSEUDONYM_KEY']);
  return { given: env.RECORD_PSEUDONYM_KEY || undefined, keys: keysFolder(env) };
}

/** Whom the reference tenant knows: the bot and the client app of the settings. @throws CodedError */
export function identityOf(env: Env): { identity: SandboxIdentity; isOfSettings: boolean } {
  const missing = own.filter((name) => !env[name]);
  if (missing.length === own.length) return { identity: demoIdentity, isOfSettings: false };
  if (missing.length > 0) {
    throw new CodedError(
      'SETTINGS_INCOMPLETE',
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. For a bot and a client app of your own set ${own.join(', ')}; for those of the sandbox set none of them.`,
    );
  }
  check(env, own);
  const [botId, clientId, clientSecret] = own.map((name) => env[name]!) as [string, string, string];
  return { identity: { ...demoIdentity, botId, clientId, clientSecret }, isOfSettings: true };
}

/** The value of a setting is not repeated: it may be a secret. */
function check(env: Env, names: readonly string[]): void {
  const values: SettingValues = Object.fromEntries(names.map((name) => [name, env[name]]));
  const wrong = settingsProblems(values).filter(({ setting }) => names.includes(setting));
  if (wrong.length === 0) return;
  const lines = wrong.map(({ setting, text, expected }) => `  ${setting}  ${text}  ${expected}`);
  throw new CodedError(
    'SETTINGS_INVALID',
    ['These settings, of the environment or of .env, will not do:', ...lines].join('\n'),
  );
}
