// Writes a report to a file, or to standard output, which may be a pipe with a slow reader, or with none any more.
import { closeSync, openSync, writeSync } from 'node:fs';
import { unwritable } from '../errors/unwritable.ts';
import { codeOf } from '../system/error-code.ts';

/** Characters that are collected before they are written. */
const bufferLength = 64 * 1024;

/** Writes synchronously, so that a report of any size never fills the memory. */
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
      throw unwritable(this.#name, error);
    }
  }

  write(text: string): void {
    this.#collected += text;
    if (this.#collected.length >= bufferLength) this.#flush();
  }

  end(): void {
    this.#flush();
    if (this.#descriptor !== process.stdout.fd) closeSync(this.#descriptor);
  }

  /** @throws CodedError */
  #flush(): void {
    const bytes = Buffer.from(this.#collected);
    this.#collected = '';
    for (let from = 0; from < bytes.length; ) {
      try {
        from += writeSync(this.#descriptor, bytes, from);
      } catch (error) {
        if (codeOf(error) !== 'EAGAIN') throw unwritable(this.#name, error);
        pause(5);
      }
    }
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
