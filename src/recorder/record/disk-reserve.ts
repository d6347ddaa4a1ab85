// Keeps room on the disk for records: what was passed on must be recorded, even when something else fills the disk.
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Reserved from the first request on; more than this only while requests in flight need it. */
const minReserveBytes = 4 * 1024 * 1024;
const zeros = Buffer.alloc(1024 * 1024);

export class DiskReserve {
  readonly #path: string;
  #file: number | undefined;
  #reserved = 0;

  constructor(folder: string) {
    this.#path = path.join(folder, 'recorder.room');
  }

  #open(): number {
    // One that was left over, or a link that somebody has put there.
    rmSync(this.#path, { force: true });
    return openSync(this.#path, 'wx', 0o600);
  }

  /** @throws what writing throws, as ENOSPC, when the disk has no room for so many bytes */
  reserve(bytes: number): void {
    const wanted = Math.max(bytes, minReserveBytes);
    if (this.#reserved >= wanted) return;
    this.#file ??= this.#open();
    try {
      this.#reserved = fillWithZeros(this.#file, this.#reserved, wanted);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Gives the room back to the disk. */
  release(): void {
    this.#reserved = 0;
    try {
      if (this.#file !== undefined) ftruncateSync(this.#file, 0);
    } catch {
      // Then it never was room.
    }
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#path, { force: true });
  }
}

/** Writes zeros from one position to another. A system may write less than it was given, and fail only at the next write. */
function fillWithZeros(file: number, from: number, to: number): number {
  let at = from;
  while (at < to) at += writeSync(file, zeros, 0, Math.min(zeros.length, to - at), at);
  return at;
}
