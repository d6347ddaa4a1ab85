// Writes a report to a file, or to standard output, which may be a pipe with a slow reader, or with none any more.
import { writeSync } from 'node:fs';
import { unwritable } from '../errors/unwritable.ts';
import { codeOf } from '../system/error-code.ts';
import { FileBeside } from '../system/file-beside.ts';

/** Characters that are collected before they are written. */
const bufferLength = 64 * 1024;

/** Writes synchronously, so that a report of any size never fills the memory. */
export class Output {
  readonly #file: FileBeside | undefined;
  readonly #name: string;
  #collected = '';

  /** @throws when the file cannot be written, with its name and why */
  constructor(file?: string) {
    this.#name = file ?? 'standard output';
    try {
      this.#file = file === undefined ? undefined : new FileBeside(file);
    } catch (error) {
      throw unwritable(this.#name, error);
    }
  }

  write(text: string): void {
    this.#collected += text;
    if (this.#collected.length >= bufferLength) this.#flush();
  }

  /** @throws CodedError */
  end(): void {
    this.#flush();
    try {
      this.#file?.commit();
    } catch (error) {
      throw unwritable(this.#name, error);
    }
  }

  /** Without end() before, a file is left as it was. */
  close(): void {
    this.#file?.discard();
  }

  /** @throws CodedError */
  #flush(): void {
    const bytes = Buffer.from(this.#collected);
    const descriptor = this.#file?.descriptor ?? process.stdout.fd;
    this.#collected = '';
    for (let from = 0; from < bytes.length; ) {
      try {
        from += writeSync(descriptor, bytes, from);
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
