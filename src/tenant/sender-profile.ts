// What the settings say about the senders of events to a tenant. No other setting has to be set or valid.
import type { SenderProfile } from '../protocol/sent-request.ts';
import type { Env } from '../system/env.ts';
import { loadEnvFiles } from './env-files.ts';
import { SettingsError, settingsProblems } from './settings.ts';

const settings = ['TENANT_QUALITY_MODULE', 'TENANT_HOOKS_PATH'];

/**
 * @param profile name of the tenant: .env.NAME
 * @throws CodedError when the profile's file is missing
 * @throws SettingsError when one of the settings cannot be used
 */
export function senderProfile(environment: Env, profile?: string): SenderProfile {
  const env = { ...environment };
  loadEnvFiles({ cwd: process.cwd(), env, profile });
  const problems = settingsProblems(env).filter(({ setting }) => settings.includes(setting));
  if (problems.length > 0) throw new SettingsError(problems);
  const hooksPath = env.TENANT_HOOKS_PATH;
  return { qualityModule: env.TENANT_QUALITY_MODULE === 'true', ...(hooksPath ? { hooksPath } : {}) };
}
