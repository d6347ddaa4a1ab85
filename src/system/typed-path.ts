// Paths on a command line start in the folder where the command was typed. npm runs every script in the project's folder, and
// says where it was typed in INIT_CWD.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Env } from './env.ts';

/** A path as it was typed, relative to the folder where the process runs. "-" stays: it is no path. */
export function fromWhereTyped(file: string, env: Env = process.env): string {
  const folder = typedIn(env);
  if (folder === undefined || file === '-' || file === '' || path.isAbsolute(file)) return file;
  return path.relative('', path.resolve(folder, file)) || '.';
}

/** Options of `npm test` with a value that is no path. */
const valued = new Set(
  '--tenant --fail-on --format -f --format-options --language -l --loader --name -n --order --parallel --profile -p --require-module --retry --retry-tag-filter --shard --tags -t --world-parameters --plugin --plugin-options'.split(
    ' ',
  ),
);

/**
 * Arguments of cucumber, with the paths among them as `fromWhereTyped`: those that are there, with lines behind them or an @
 * before them. A path that is not there stays as it is, so that an error names it as it was typed.
 */
export function argumentsFromWhereTyped(given: readonly string[], env: Env = process.env): string[] {
  const folder = typedIn(env);
  if (folder === undefined) return [...given];
  return given.map((argument, index) => {
    if (argument.startsWith('-') || valued.has(given[index - 1] ?? '')) return argument;
    const [, at = '', file = '', lines = ''] = /^(@?)(.*?)((?::\d+)*)$/s.exec(argument) ?? [];
    const isThere = file !== '' && existsSync(path.resolve(folder, withoutGlob(file)));
    return isThere ? at + fromWhereTyped(file, env).split(path.sep).join('/') + lines : argument;
  });
}

/** The part of a pattern before its first wildcard. */
function withoutGlob(file: string): string {
  const parts = file.split('/');
  const first = parts.findIndex((part) => /[*?{[]/.test(part));
  return first === -1 ? file : parts.slice(0, first).join('/') || '.';
}

/** The folder where the command was typed; undefined when it is where the process runs, or npm did not start it. */
function typedIn({ INIT_CWD: typed, npm_package_json: manifest }: Env): string | undefined {
  if (!typed || !manifest) return undefined;
  // Not the script of another project that runs this command in a folder of its own. A checkout may be reached by a link.
  if (real(path.dirname(manifest)) !== real(process.cwd())) return undefined;
  const folder = real(typed);
  return folder === real(process.cwd()) ? undefined : folder;
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
