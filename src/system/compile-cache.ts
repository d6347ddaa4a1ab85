// Node keeps what it has compiled for the next process, which saves a third of its start. It runs what it finds there without
// asking who wrote it, so the folder has to be one that nobody else can write to: never one in the shared temporary folder.
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Inside the project: whoever can write there can change its source as well. */
export const compileCacheFolder = fileURLToPath(
  new URL('../../node_modules/.cache/agent-ai-conformance', import.meta.url),
);

/**
 * For this process, and for the workers and processes that it starts. Without a folder of the user's own there is no cache.
 * @returns false when NODE_COMPILE_CACHE names a folder where others can write: Node uses it already
 */
export function useCompileCache(): boolean {
  const chosen = process.env.NODE_COMPILE_CACHE;
  if (chosen) return process.env.NODE_DISABLE_COMPILE_CACHE !== undefined || isPrivate(chosen);
  if (!madeFolder()) return true;
  enableCompileCache(compileCacheFolder);
  process.env.NODE_COMPILE_CACHE = compileCacheFolder;
  return true;
}

function madeFolder(): boolean {
  try {
    mkdirSync(path.dirname(compileCacheFolder), { recursive: true });
    mkdirSync(compileCacheFolder, { recursive: true, mode: 0o700 });
    return isPrivate(compileCacheFolder);
  } catch {
    return false;
  }
}

/** Windows has no such rights; its folders for temporary files are each user's own. */
function isPrivate(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  // Node itself makes a folder that is missing.
  if (!found) return true;
  if (!process.getuid) return found.isDirectory();
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
}
