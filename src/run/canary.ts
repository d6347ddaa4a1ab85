// The last thing that a run does: it searches all that it has written for its own secrets.
import { closeSync, type Dirent, fstatSync, openSync, readSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Attachment, Envelope } from '@cucumber/messages';
import { LeakSearch } from '../tenant/leak-search.ts';
import { scenarioRecordType } from '../verdict/collector.ts';

/** Most bytes of the terminal's output that are kept, the last ones. */
const maxOutput = 16 * 1024 * 1024;

export class Canary {
  readonly #startedAt = Date.now();
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

  /** @returns what was found and where, one sentence each; nothing of the secret itself */
  async leaks(secret: string, places: readonly string[]): Promise<string[]> {
    const search = new LeakSearch(secret);
    const leaksIn = (place: string, bytes: Buffer) =>
      search.in(bytes).map(({ what, at }) => `${place}, byte ${at}: ${what}`);
    const found = leaksIn('what was printed', Buffer.concat(this.#printed));
    for (const pieces of this.#attached.values())
      found.push(...leaksIn('an attachment', Buffer.concat(pieces)));
    for (const file of await this.#written(places)) {
      found.push(
        ...leaksIn(file, this.#read(file)),
        ...leaksIn(`the name ${path.basename(file)}`, Buffer.from(file)),
      );
    }
    return [...new Set(found)];
  }

  /** Into one buffer for all files, one after the other. */
  #read(file: string): Buffer {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      if (this.#buffer.length < size) this.#buffer = Buffer.allocUnsafeSlow(size);
      return this.#buffer.subarray(0, readSync(descriptor, this.#buffer, 0, size, 0));
    } finally {
      closeSync(descriptor);
    }
  }

  #keep(chunk: Buffer): void {
    this.#printed.push(chunk);
    this.#size += chunk.length;
    while (this.#size > maxOutput && this.#printed.length > 1) this.#size -= this.#printed.shift()!.length;
  }

  /** Files and files of folders that this run has written to. */
  async #written(places: readonly string[]): Promise<string[]> {
    const files: string[] = [];
    for (const place of places) {
      const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => undefined);
      files.push(...(entries ? entries.filter((one) => one.isFile()).map(pathOf) : [place]));
    }
    const fresh = await Promise.all(files.map((file) => this.#isOfThisRun(file)));
    return files.filter((_, index) => fresh[index]);
  }

  async #isOfThisRun(file: string): Promise<boolean> {
    const found = await stat(file).catch(() => undefined);
    // Some file systems keep times to two seconds.
    return (found?.isFile() ?? false) && found!.mtimeMs >= this.#startedAt - 2000;
  }
}

function pathOf(entry: Dirent): string {
  return path.join(entry.parentPath, entry.name);
}

function bytesOf({ body, contentEncoding }: Attachment): Buffer {
  return Buffer.from(body, contentEncoding === 'BASE64' ? 'base64' : 'utf8');
}
