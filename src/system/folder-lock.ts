// Keeps a folder to one process, whatever it writes there. The kernel holds the lock and drops it when the process ends,
// however it ends, so a stale one needs no guess. It counts for all containers of a machine, which share the kernel but not
// the numbers of their processes. A file beside it says who holds the folder, for people, and decides where the kernel
// cannot: on a file system without locks, or one that another machine writes to as well.
import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { codeOf } from './error-code.ts';
import { isRunning, type Owner, ownerOf, ownProcess, sameMachine, sameNumbers } from './folder-owner.ts';

export interface FolderLock {
  /** May be called again, to no effect. */
  release(): void;
}

export interface FolderInUse {
  /** Undefined when nothing says who. */
  owner: Owner | undefined;
  /** To be deleted when the owner is gone for certain. */
  file: string;
}

/** `undefined` when the kernel, or the file system, cannot lock. */
export type KernelLock = (file: string) => FolderLock | 'held' | undefined;

const attempts = 20;
const pauseMs = 20;

/**
 * @param name of the lock: NAME.lock says who holds the folder
 * @throws what writing there throws, as EACCES
 */
export function lockFolder(
  folder: string,
  name: string,
  kernel: KernelLock = sqliteLock,
): FolderLock | FolderInUse {
  const file = path.join(folder, `${name}.lock`);
  const lock = kernel(`${file}.kernel`);
  if (lock === 'held') return { owner: ownerIn(file), file };
  try {
    const inUse = claim(file, lock !== undefined);
    if (!inUse) return once(() => release(file, lock));
    lock?.release();
    return inUse;
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function once(release: () => void): FolderLock {
  let isReleased = false;
  return {
    release: () => {
      if (!isReleased) release();
      isReleased = true;
    },
  };
}

/** Writes down who holds the folder, unless somebody else does. */
function claim(file: string, hasKernelLock: boolean): FolderInUse | undefined {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      writeFileSync(file, `${JSON.stringify(ownProcess())}\n`, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const owner = ownerIn(file);
    if (owner && mayRun(owner, hasKernelLock)) return { owner, file };
    // Another machine may have made the file and not yet written into it.
    const isStale = owner !== undefined || hasContent(file) || attempt >= attempts / 2;
    if (isStale) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  return { owner: ownerIn(file), file };
}

/**
 * Whether the owner may still write to the folder. That the kernel gave this process the lock rules out any other one of
 * this machine, unless that has lost its own (a process that opens and closes a locked file does).
 */
function mayRun(owner: Owner, hasKernelLock: boolean): boolean {
  const own = ownProcess();
  if (sameNumbers(owner, own)) return isRunning(owner, hasKernelLock);
  // Started again, a machine has its old name, and none of its old processes.
  if (sameMachine(owner, own) || owner.host === own.host) {
    return !hasKernelLock && owner.boot === own.boot;
  }
  return true;
}

function ownerIn(file: string): Owner | undefined {
  try {
    if (isPlanted(file)) return undefined;
    return ownerOf(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A link or a pipe: no lock is one. It would be read, made or locked elsewhere, or never end. */
function isPlanted(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function hasContent(file: string): boolean {
  return isPlanted(file) || (statSync(file, { throwIfNoEntry: false })?.size ?? 1) > 0;
}

function release(file: string, lock: FolderLock | undefined): void {
  const { pid, host } = ownProcess();
  const owner = ownerIn(file);
  if (owner?.pid === pid && owner.host === host) removed(file);
  lock?.release();
}

function removed(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

/** A database that nothing refers to is closed, and its lock is gone. */
const held = new Set<DatabaseSync>();

/**
 * Node has no call for locks of the kernel, but SQLite takes one for each transaction, on every system. Nothing is written
 * to its file.
 */
const sqliteLock: KernelLock = (file) => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = inode(file);
    const database = opened(file);
    if (!database) return undefined;
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      return isBusy(error) ? 'held' : undefined;
    }
    // Its last owner may have deleted the file in between: then another process can lock one of the same name.
    const after = inode(file);
    if (after !== undefined && (before === undefined || before === after)) {
      held.add(database);
      return once(() => releaseDatabase(database, file));
    }
    database.close();
  }
  return 'held';
};

function releaseDatabase(database: DatabaseSync, file: string): void {
  const isGone = removed(file);
  held.delete(database);
  database.close();
  // Windows deletes no open file; then nobody else has it open either.
  if (!isGone) removed(file);
}

/** @throws what opening the file throws, as EACCES */
function opened(file: string): DatabaseSync | undefined {
  if (isPlanted(file)) rmSync(file, { force: true });
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (!sqlite) return undefined;
  try {
    return new sqlite.DatabaseSync(file, { timeout: 0 });
  } catch {
    // SQLite does not say why; the system does.
    closeSync(openSync(file, 'a'));
    return undefined;
  }
}

function inode(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

const busy = 5;

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === busy;
}
