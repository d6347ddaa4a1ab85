// The two files with what is known about a tenant: its deviations, and how it was seen to behave. They are in the folder of
// the env file of its profile, and have the same name.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../errors/coded-error.ts';
import type { Env } from '../system/env.ts';
import { codeOf } from '../system/error-code.ts';
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

/** A list under another ending would silently not be read. */
function misnamed(env: Env): string[] {
  return [deviationsFile(env), observedFile(env)].flatMap((file) => {
    const other = file.replace(/\.yaml$/, '.yml');
    return existsSync(other)
      ? [`${path.basename(other)}  is not read: rename it to ${path.basename(file)}`]
      : [];
  });
}

/** Empty when there is no such file. */
export function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return '';
    throw new CodedError(
      'TENANT_FILE_UNREADABLE',
      `${path.basename(file)} cannot be read: ${code ?? (error as Error).message}`,
    );
  }
}
