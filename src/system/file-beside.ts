// A file that somebody has named is replaced once the new one is whole: a full disk, a crash or Ctrl-C leaves the old one.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { codeOf } from './error-code.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The folder takes no further file, or does not exist. */
const noPlace = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'];
/** The file is mounted by itself, as a container may have it, or open elsewhere. */
const notToBeRenamed = ['EBUSY', 'EXDEV', 'EPERM', 'EACCES'];

export class FileBeside {
  readonly descriptor: number;
  readonly #file: string;
  /** undefined for what is no file, such as a pipe, and where there is no place beside it. */
  readonly #beside: string | undefined;
  #isOpen = true;
  readonly #onSignal = (signal: NodeJS.Signals) => {
    this.discard();
    process.kill(process.pid, signal);
  };

  /** @throws what opening throws */
  constructor(file: string) {
    const old = statSync(file, { throwIfNoEntry: false });
    // A link stays, and leads to the new file.
    this.#file = old ? realpathSync(file) : file;
    const beside = path.join(path.dirname(this.#file), `.${randomUUID()}.tmp`);
    const descriptor = old && !old.isFile() ? undefined : opened(beside);
    this.#beside = descriptor === undefined ? undefined : beside;
    this.descriptor = descriptor ?? openSync(file, 'w');
    if (descriptor === undefined) return;
    if (old) likeBefore(descriptor, old);
    for (const signal of signals) process.once(signal, this.#onSignal);
  }

  /** @throws what closing and renaming throw; then the old file is as it was */
  commit(): void {
    this.#close();
    if (this.#beside === undefined) return;
    try {
      renameSync(this.#beside, this.#file);
    } catch (error) {
      if (!notToBeRenamed.includes(codeOf(error) ?? '')) throw error;
      copyFileSync(this.#beside, this.#file);
    } finally {
      rmSync(this.#beside, { force: true });
    }
  }

  /** Leaves the old file as it was. Does nothing after commit. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#close();
    if (this.#beside !== undefined) rmSync(this.#beside, { force: true });
  }

  #close(): void {
    this.#isOpen = false;
    for (const signal of signals) process.removeListener(signal, this.#onSignal);
    closeSync(this.descriptor);
  }
}

/** Writes a file of the user whole, or leaves it as it was. @throws what writing throws */
export function writeWhole(file: string, content: string): void {
  const whole = new FileBeside(file);
  try {
    writeFileSync(whole.descriptor, content);
    whole.commit();
  } finally {
    whole.discard();
  }
}

function opened(beside: string): number | undefined {
  try {
    return openSync(beside, 'wx');
  } catch (error) {
    if (noPlace.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Who may read and write it. */
function likeBefore(descriptor: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give a file away.
  }
  try {
    fchmodSync(descriptor, mode & 0o777);
  } catch {
    // Some file systems have no rights.
  }
}
