// Keeps a folder to one recorder, by a file with the number of its process. Unaware of what is recorded.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../errors/coded-error.ts';
import { codeOf } from '../../system/error-code.ts';
import { shown } from '../../text/shown-value.ts';

export interface FolderLock {
  release(): void;
}

/** Takes over a lock whose process is gone. @throws CodedError when another recorder writes to the folder */
export function lockFolder(folder: string): FolderLock {
  const lock = path.join(folder, 'recorder.lock');
  const own = path.join(folder, `recorder.lock.${process.pid}`);
  try {
    writeFileSync(own, `${process.pid}\n`);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (taken(own, lock)) return { release: () => rmSync(lock, { force: true }) };
      const owner = ownerOf(lock);
      if (owner !== undefined && isRunning(owner)) throw inUse(owner, lock);
      putAside(lock, owner);
    }
    throw inUse(undefined, lock);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError(
      'RECORDER_FOLDER_UNUSABLE',
      `--record: nothing can be written to ${shown(folder)} (${codeOf(error)}). Check its rights and the room on the disk, or name another folder.`,
    );
  } finally {
    removed(own);
  }
}

function removed(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A folder that cannot be written to does not have the file.
  }
}

/** A link appears at once and with its content, or not at all. */
function taken(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(lock, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** In a container that is started again, the earlier process may have had the same number as this one. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** When two recorders find the same stale lock, the later one must not remove the new lock of the earlier one. */
function putAside(lock: string, owner: number | undefined): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (ownerOf(aside) !== owner) taken(aside, lock);
  rmSync(aside, { force: true });
}

function inUse(owner: number | undefined, lock: string): CodedError {
  const who = owner === undefined ? 'Another recorder' : `Another recorder (process ${owner})`;
  return new CodedError(
    'RECORDER_FOLDER_IN_USE',
    `${who} writes there already. Record into another folder; if none is running, delete ${lock}.`,
  );
}
