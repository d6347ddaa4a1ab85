// Brings the environment of a run together, before anything reads it: environment, .env, .env.NAME.
import { loadEnvFiles } from '../tenant/env-files.ts';
import { proxyFor } from '../tenant/proxy.ts';
import { SettingsError, settingsProblems } from '../tenant/settings.ts';
import { readProfileFiles } from './profile-files.ts';
import { RunError } from './run-error.ts';

let loaded = false;

/**
 * Reads the env files into process.env, once a process: the wrapper does so first, cucumber.js does so for a
 * bare `npx cucumber-js`.
 * @throws EnvFileError when the profile's file is missing
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
 * @throws RunError with every problem of the files about the tenant, and when a variable of the proxy holds no URL
 */
export function checkSettings(): void {
  const problems = settingsProblems(process.env);
  const ofFiles = problemOf(() => readProfileFiles(process.env));
  if (problems.length > 0 && ofFiles) {
    throw new RunError(2, `${new SettingsError(problems).message}\n${ofFiles.message}`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  if (ofFiles) throw ofFiles;
  const url = process.env.TENANT_URL;
  try {
    if (url) proxyFor(url, process.env);
  } catch (error) {
    throw new RunError(2, error instanceof Error ? error.message : String(error));
  }
}

function problemOf(act: () => unknown): Error | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
