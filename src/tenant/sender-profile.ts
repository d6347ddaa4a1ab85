// What the settings say about the senders of events to a tenant. No other setting has to be set or valid.
import { defaultHooksPath } from '../protocol/endpoints.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import type { Env } from '../system/env.ts';
import { loadEnvFiles } from './env-files.ts';
import { SettingsError, settingsProblems } from './settings.ts';

const settings = [
  'TENANT_QUALITY_MODULE',
  'TENANT_HOOKS_PATH',
  'TENANT_END_PATH',
  'TENANT_REDIAL_PATH',
  'TENANT_COLD_ORDER',
];

/** What the settings say for the check of a log. */
export interface CheckSettings {
  sender: SenderProfile;
  /** The key of the pseudonyms of RECORD_PSEUDONYM_KEY. */
  pseudonymKey?: string;
  /** Where a log keeps the parts of a call, by part: a path as .res.statusCode. */
  where: Readonly<Record<string, string>>;
}

const places = ['body', 'time', 'status', 'url', 'method'];
const placeSetting = (part: string) => `CHECK_${part.toUpperCase()}`;

/**
 * @param profile name of the tenant: .env.NAME
 * @throws CodedError when the profile's file is missing
 * @throws SettingsError when one of the settings cannot be used
 */
export function checkSettings(environment: Env, profile?: string): CheckSettings {
  const env = { ...environment };
  loadEnvFiles({ cwd: process.cwd(), env, profile });
  const sender = senderProfileOf(env);
  const wrong = settingsProblems(env).filter(
    ({ setting }) => setting === 'RECORD_PSEUDONYM_KEY' || setting.startsWith('CHECK_'),
  );
  if (wrong.length > 0) throw new SettingsError(wrong);
  const key = env.RECORD_PSEUDONYM_KEY;
  const where = places.flatMap((part) => {
    const path = env[placeSetting(part)];
    return path ? [[part, path]] : [];
  });
  return { sender, where: Object.fromEntries(where), ...(key ? { pseudonymKey: key } : {}) };
}

/** @param env with the env files in it. @throws SettingsError when one of the settings cannot be used */
export function senderProfileOf(env: Env): SenderProfile {
  const problems = settingsProblems(env).filter(({ setting }) => settings.includes(setting));
  if (problems.length > 0) throw new SettingsError(problems);
  const hooksPath = env.TENANT_HOOKS_PATH;
  const ownPaths = [env.TENANT_END_PATH, env.TENANT_REDIAL_PATH].flatMap((path) => path || []);
  return {
    qualityModule: env.TENANT_QUALITY_MODULE === 'true',
    ...(hooksPath && hooksPath !== defaultHooksPath ? { hooksPath } : {}),
    ...(ownPaths.length > 0 ? { ownPaths } : {}),
    ...(env.TENANT_COLD_ORDER === 'either' ? { coldOrder: 'either' } : {}),
  };
}
