// The two files with what is known about a tenant: its deviations, and how it was seen to behave. They are in the folder of
// the env file of its profile, and have the same name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { distance } from 'fastest-levenshtein';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
import { whyUnreadable } from '../system/unreadable.ts';
import { oneLine } from '../text/one-line.ts';
import type { KnownDeviation } from '../verdict/deviations.ts';
import { readDeviations } from '../verdict/deviations-file.ts';
import type { ObservedAnswer } from '../verdict/observed.ts';
import { readObserved } from '../verdict/observed-file.ts';

/** known-deviations.yaml, or known-deviations.NAME.yaml of a named profile. */
export function deviationsFile(env: Env): string {
  return fileOf('known-deviations', env);
}

/** observed-behaviour.yaml, or observed-behaviour.NAME.yaml of a named profile. */
export function observedFile(env: Env): string {
  return fileOf('observed-behaviour', env);
}

function fileOf(name: string, env: Env): string {
  return path.resolve(env.TENANT_PROFILE ? `${name}.${env.TENANT_PROFILE}.yaml` : `${name}.yaml`);
}

export interface ProfileFiles {
  deviations: KnownDeviation[];
  observed: ObservedAnswer[];
}

/**
 * Nothing is known about a tenant that only serves to prove the suite.
 * @throws CodedError with everything that is wrong with the two files
 */
export function readProfileFiles(env: Env): ProfileFiles {
  if (env.CONFORMANCE_TENANT_FILES === 'none') return { deviations: [], observed: [] };
  const [deviationsAt, observedAt] = [deviationsFile(env), observedFile(env)];
  const { deviations, problems } = readDeviations(textOf(deviationsAt), path.basename(deviationsAt));
  const seen = readObserved(textOf(observedAt), path.basename(observedAt));
  // --update-observations replaces that file.
  const all = [...misnamed(env), ...problems, ...(env.CONFORMANCE_OBSERVE === 'anew' ? [] : seen.problems)];
  if (all.length > 0) {
    const lines = all.map((text) => `  ${text}`).join('\n');
    throw new CodedError('TENANT_FILES', `what is known about the tenant cannot be used:\n${lines}`);
  }
  return { deviations, observed: seen.observed };
}

/** A list under another ending, or another spelling of its name, would silently not be read. */
function misnamed(env: Env): string[] {
  return [deviationsFile(env), observedFile(env)].flatMap((file) => {
    const meant = path.basename(file);
    const isRead = existsSync(file);
    // Where the case of a name does not matter, a name in capitals is read.
    return namesIn(path.dirname(file))
      .filter((name) => isMeantFor(name, meant) && !(isRead && name.toLowerCase() === meant))
      .map((name) => `${oneLine(name, 100)}  is not read: rename it to ${meant}`);
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** "-" or "_", singular or plural, either spelling of behaviour, a slip of the finger; of the same profile. */
function isMeantFor(name: string, meant: string): boolean {
  if (name === meant) return false;
  const [, stem = '', profile = ''] = /^([^.]+)(?:\.(.+))?\.ya?ml$/i.exec(name) ?? [];
  const [, meantStem = '', meantProfile = ''] = /^([^.]+)(?:\.(.+))?\.yaml$/.exec(meant) ?? [];
  const letters = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return stem !== '' && profile === meantProfile && distance(letters(stem), letters(meantStem)) <= 2;
}

/** Empty when there is no such file. */
export function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new CodedError(
      'TENANT_FILE_UNREADABLE',
      `${path.basename(file)} cannot be read: ${whyUnreadable(error)}`,
    );
  }
}
