// Brings the environment of a run together, before anything reads it: environment, .env, .env.NAME.
import { CodedError } from '../errors/coded-error.ts';
import { clientCertificate } from '../tenant/client-certificate.ts';
import { loadEnvFiles } from '../tenant/env-files.ts';
import { proxyFor } from '../tenant/proxy.ts';
import { SettingsError, settingsProblems } from '../tenant/settings.ts';
import { readProfileFiles } from './profile-files.ts';

let loaded = false;

/**
 * Reads the env files into process.env, once a process: the wrapper does so first, cucumber.js does so for a
 * bare `npx cucumber-js`.
 * @throws CodedError when the profile's file is missing
 */
export function loadEnvironment(): void {
  if (loaded) return;
  loaded = true;
  const profile = process.env.TENANT_PROFILE;
  loadEnvFiles({ cwd: process.cwd(), env: process.env, ...(profile ? { profile } : {}) });
}

/**
 * Before anything is started.
 * @throws SettingsError with every problem of the settings
 * @throws CodedError with every problem of the files about the tenant, and when a variable of the proxy holds no URL
 */
export function checkSettings(): void {
  const problems = settingsProblems(process.env);
  const ofFiles = problemOf(() => readProfileFiles(process.env));
  if (problems.length > 0 && ofFiles) {
    const { code, text } = new SettingsError(problems);
    throw new CodedError(code, `${text}\n${ofFiles.message}`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  if (ofFiles) throw ofFiles;
  const url = process.env.TENANT_URL;
  if (!url) return;
  proxyFor(url, process.env);
  clientCertificate(process.env);
}

function problemOf(act: () => unknown): Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
