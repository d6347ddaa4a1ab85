// The search of what a command has written for its secrets, in words.
import { withCode } from '../errors/coded-error.ts';
import { writtenFiles } from '../system/made-files.ts';
import type { Canary } from './canary.ts';

const leaked = 'a secret is in what this run wrote: delete it, and replace the secret';
const notSearched =
  'this run searches what it wrote for its secrets, and could not read all of it: check who can, or delete it';

/** @returns what is wrong with what was written, a message each */
export async function secretsFound(canary: Canary): Promise<string[]> {
  try {
    const { leaks, unsearched } = await canary.search(process.env.TENANT_CLIENT_SECRET ?? '', writtenFiles());
    return [
      ...(leaks.length > 0 ? [withCode('SECRET_LEAKED', `${leaked}\n  ${leaks.join('\n  ')}`)] : []),
      ...(unsearched.length > 0
        ? [withCode('SEARCH_INCOMPLETE', `${notSearched}\n  ${unsearched.join('\n  ')}`)]
        : []),
    ];
  } catch (error) {
    return [withCode('SEARCH_INCOMPLETE', `${notSearched}\n  ${(error as Error).message}`)];
  }
}
