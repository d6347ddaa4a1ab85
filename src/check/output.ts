// Where a report goes: to a file, or to standard output, which may be a pipe that is read slowly, or no longer.
import { closeSync, openSync, writeSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';

/** Letters that are collected before they are written. */
const piece = 64 * 1024;

/** The reader of the output has gone, as in `| head`. */
export class NobodyReads extends Error {
  override readonly name = 'NobodyReads';
}

/** Writes before anything else happens, so that a report of any size is held nowhere. */
export class Output {
  readonly #descriptor: number;
  readonly #name: string;
  #collected = '';

  /** @throws when the file cannot be written, with its name and why */
  constructor(file?: string) {
    this.#name = file ?? 'standard output';
    try {
      this.#descriptor = file === undefined ? process.stdout.fd : openSync(file, 'w');
    } catch (error) {
      throw new CodedError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${(error as Error).message}`);
    }
  }

  write(text: string): void {
    this.#collected += text;
    if (this.#collected.length >= piece) this.#flush();
  }

  end(): void {
    this.#flush();
    if (this.#descriptor !== process.stdout.fd) closeSync(this.#descriptor);
  }

  /** @throws NobodyReads */
  #flush(): void {
    const bytes = Buffer.from(this.#collected);
    this.#collected = '';
    for (let from = 0; from < bytes.length; ) {
      try {
        from += writeSync(this.#descriptor, bytes, from);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'EPIPE') throw new NobodyReads();
        if (code !== 'EAGAIN')
          throw new CodedError(
            'OUTPUT_UNWRITABLE',
            `${this.#name} cannot be written: ${(error as Error).message}`,
          );
        pause(5);
      }
    }
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
