// Settings in files: .env, and .env.PROFILE for a named tenant. Unaware of what the settings mean, except that those that
// start with TENANT_ belong to one tenant.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
import { whyUnreadable } from '../system/unreadable.ts';
import { asItLooks, misleadingLines } from './env-file-lines.ts';
import { withFileContents } from './setting-files.ts';

export interface EnvFiles {
  /** Folder of the files. */
  cwd: string;
  /** `staging` is the file .env.staging. */
  profile?: string | undefined;
  /** Filled in place, all or nothing; a value that it has already wins, empty text included. */
  env: Env;
}

/**
 * Reads .env and the file of the profile; the profile wins.
 * @throws CodedError
 */
export function loadEnvFiles({ cwd, profile, env }: EnvFiles): void {
  const common = read(cwd, '.env') ?? {};
  const own = withFileContents(env, cwd, 'the environment');
  const settings =
    profile === undefined ? withFileContents(common, cwd, '.env') : withProfile(cwd, profile, common, own);
  for (const [name, value] of Object.entries({ ...settings, ...own })) {
    if (env[name] === undefined || own[name] !== env[name]) env[name] = value;
  }
}

function withProfile(cwd: string, profile: string, common: Env, env: Env): Env {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(profile)) {
    throw new CodedError(
      'PROFILE_NAME',
      `${JSON.stringify(profile)} is not the name of a tenant profile: use letters, digits, ".", "_" and "-", as in staging`,
    );
  }
  const own = read(cwd, `.env.${profile}`);
  if (!own) throw new CodedError('PROFILE_MISSING', missing(cwd, profile));
  // The TENANT_ settings of .env belong to another tenant: mixed, one tenant would be sent the secret of the other.
  const shared = Object.entries(common).filter(([name]) => !/^TENANT_/i.test(name));
  const settings = {
    ...withFileContents(Object.fromEntries(shared), cwd, '.env'),
    ...withFileContents(own, cwd, `.env.${profile}`),
  };
  if (!(env.TENANT_URL ?? settings.TENANT_URL)) {
    throw new CodedError(
      'PROFILE_WITHOUT_TENANT',
      `.env.${profile} sets no TENANT_URL, so the embedded sandbox would be tested in place of ${profile}. Add a line like TENANT_URL=https://platform.kore.ai`,
    );
  }
  return settings;
}

/** @returns undefined when there is no such file */
function read(cwd: string, name: string): Env | undefined {
  const text = textOf(cwd, name);
  if (text === undefined) return undefined;
  const misleading = misleadingLines(text);
  if (misleading.length === 0) return parseEnv(asItLooks(text));
  throw new CodedError('ENV_FILE_MISLEADING', `${join(cwd, name)}\n  ${misleading.join('\n  ')}`);
}

function textOf(cwd: string, name: string): string | undefined {
  const file = join(cwd, name);
  try {
    // The decoder removes the byte order mark that some editors write, and refuses what is not UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = codeOf(error);
    // A link whose target is missing is a secret that was not mounted, not a tenant that was not configured.
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
    if (code === 'ENOENT' && !isLink) return undefined;
    const why = code === 'ENOENT' ? 'it is a link to a file that does not exist' : whyUnreadable(error);
    throw new CodedError('ENV_FILE_UNREADABLE', `${name} in ${cwd} cannot be read: ${why}`);
  }
}

function missing(cwd: string, profile: string): string {
  const existing = profilesIn(cwd);
  const file = `there is no file .env.${profile} in ${cwd}.`;
  if (existing.length === 0) return `${file} No profile exists yet: copy .env.example to .env.${profile}`;
  return `${file} Profiles that exist: ${existing.join(', ')}. Did you mean ${closest(profile, existing)}?`;
}

/** The names of the profiles in a folder. */
export function profilesIn(cwd: string): string[] {
  return readdirSync(cwd, { withFileTypes: true })
    .filter(
      (entry) => !entry.isDirectory() && entry.name.startsWith('.env.') && entry.name !== '.env.example',
    )
    .map((entry) => entry.name.slice('.env.'.length))
    .filter((name) => name !== '')
    .sort();
}
