// The last thing that a run does: it searches all that it has written for its own secrets.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Attachment, Envelope } from '@cucumber/messages';
import { codeOf } from '../system/error-code.ts';
import { LeakSearch } from '../tenant/leak-search.ts';
import { scenarioRecordType } from '../verdict/collector.ts';

/** Most bytes of the terminal's output that are kept, the last ones. */
const maxOutput = 16 * 1024 * 1024;

export interface Searched {
  /** What was found and where, a sentence each; nothing of the secret itself. */
  leaks: string[];
  /** What could not be searched, and why, a line each. */
  unsearched: string[];
}

export class Canary {
  readonly #printed: Buffer[] = [];
  #size = 0;
  #buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  /** What a scenario has attached, one after the other: a secret may be split over two of them. */
  readonly #attached = new Map<string, Buffer[]>();

  /** From now on, what goes to the terminal is kept. */
  watchTerminal(): void {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as (...all: unknown[]) => boolean;
      stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
        this.#keep(Buffer.from(chunk as string));
        return write(chunk, ...rest);
      };
    }
  }

  readonly listen = ({ attachment }: Envelope): void => {
    // The record of a scenario is not a separate file: the files that show it are searched.
    if (!attachment?.testCaseStartedId || attachment.mediaType === scenarioRecordType) return;
    const before = this.#attached.get(attachment.testCaseStartedId) ?? [];
    this.#attached.set(attachment.testCaseStartedId, [...before, bytesOf(attachment)]);
  };

  /** @param files all that the run has written */
  search(secret: string, files: readonly string[]): Searched {
    const search = new LeakSearch(secret);
    const leaksIn = (place: string, bytes: Buffer) =>
      search.in(bytes).map(({ what, at }) => `${place}, byte ${at}: ${what}`);
    const leaks = leaksIn('what was printed', Buffer.concat(this.#printed));
    for (const pieces of this.#attached.values())
      leaks.push(...leaksIn('an attachment', Buffer.concat(pieces)));
    const unsearched: string[] = [];
    for (const file of files) {
      leaks.push(...leaksIn(`the name ${path.basename(file)}`, Buffer.from(file)));
      try {
        leaks.push(...leaksIn(file, this.#read(file)));
      } catch (error) {
        unsearched.push(`${file}: ${codeOf(error) ?? (error as Error).message}`);
      }
    }
    return { leaks: [...new Set(leaks)], unsearched };
  }

  /** Into one buffer for all files, one after the other. */
  #read(file: string): Buffer {
    if (!statSync(file).isFile()) throw new Error('not a file');
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafeSlow(size);
      let read = 0;
      // A system reads 2 GB at once at most.
      while (read < size) {
        const count = readSync(descriptor, this.#buffer, read, size - read, read);
        if (count === 0) break;
        read += count;
      }
      return this.#buffer.subarray(0, read);
    } finally {
      closeSync(descriptor);
    }
  }

  #keep(chunk: Buffer): void {
    this.#printed.push(chunk);
    this.#size += chunk.length;
    while (this.#size > maxOutput && this.#printed.length > 1) this.#size -= this.#printed.shift()!.length;
  }
}

function bytesOf({ body, contentEncoding }: Attachment): Buffer {
  return Buffer.from(body, contentEncoding === 'BASE64' ? 'base64' : 'utf8');
}
