import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where the system answers ENOENT below a
 * folder that is there, as in /proc.
 * @returns the uppermost that was missing; undefined when none was
 * @throws what the system throws, as EACCES; EEXIST when a file has that name
 */
export function makeFolder(folder: string): string | undefined {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !existsSync(at) && at !== path.dirname(at); at = path.dirname(at)) {
    missing.unshift(at);
  }
  for (const one of missing) made(one);
  if (missing.length === 0) made(folder);
  return missing[0];
}

/** Another process may have been faster. */
function made(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
