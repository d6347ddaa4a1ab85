// Room on the disk that is kept free for records: what has been passed on must be written, whatever fills the disk.
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Held from the first request on; more only while more is on its way. */
const minReserveBytes = 4 * 1024 * 1024;
const zeros = Buffer.alloc(1024 * 1024);

export class DiskReserve {
  readonly #path: string;
  #file: number | undefined;
  #held = 0;

  constructor(folder: string) {
    this.#path = path.join(folder, 'recorder.room');
  }

  /** @throws what writing throws, as ENOSPC, when there is no room for so much */
  reserve(bytes: number): void {
    const wanted = Math.max(bytes, minReserveBytes);
    if (this.#held >= wanted) return;
    this.#file ??= openSync(this.#path, 'w', 0o600);
    try {
      this.#held = filled(this.#file, this.#held, wanted);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Lets the room be used. */
  release(): void {
    this.#held = 0;
    try {
      if (this.#file !== undefined) ftruncateSync(this.#file, 0);
    } catch {
      // It was no room then.
    }
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#path, { force: true });
  }
}

/** Zeros from one place to another: a system may write less than it is asked to, and says why the next time. */
export function filled(file: number, from: number, to: number): number {
  let at = from;
  while (at < to) at += writeSync(file, zeros, 0, Math.min(zeros.length, to - at), at);
  return at;
}
