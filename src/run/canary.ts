// The last thing that a run does: it searches all that it has written for its own secrets.
import { closeSync, createReadStream, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { constants, createGunzip } from 'node:zlib';
import type { Attachment, Envelope } from '@cucumber/messages';
import { codeOf } from '../system/error-code.ts';
import { readFully } from '../system/read-fully.ts';
import { LeakSearch } from '../tenant/leak-search.ts';
import { scenarioRecordType } from '../verdict/collector.ts';

/** Most bytes of the terminal's output that are kept, the last ones. */
const maxOutput = 16 * 1024 * 1024;
/** A file is searched piece by piece: the evidence of a run grows with the answers of the tenant. */
const defaultPiece = 16 * 1024 * 1024;

interface Piece {
  bytes: Buffer;
  /** Where it begins in its file. */
  offset: number;
}

export interface Searched {
  /** What was found and where, a sentence each; nothing of the secret itself. */
  leaks: string[];
  /** What could not be searched, and why, a line each. */
  unsearched: string[];
}

export class Canary {
  readonly #printed: Buffer[] = [];
  #size = 0;
  readonly #buffer: Buffer;
  /** Pieces overlap by more than a secret takes in any spelling. */
  readonly #overlap: number;
  /** What a scenario has attached, one after the other: a secret may be split over two of them. */
  readonly #attached = new Map<string, Buffer[]>();

  /** @param pieceBytes how much of a file is searched at a time */
  constructor(pieceBytes = defaultPiece) {
    this.#buffer = Buffer.allocUnsafeSlow(pieceBytes);
    this.#overlap = pieceBytes / 16;
  }

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
    // The record of a scenario is in the file of the messages, which is searched.
    if (!attachment?.testCaseStartedId || attachment.mediaType === scenarioRecordType) return;
    const before = this.#attached.get(attachment.testCaseStartedId) ?? [];
    this.#attached.set(attachment.testCaseStartedId, [...before, bytesOf(attachment)]);
  };

  /** @param files all that the run has written */
  async search(secret: string, files: readonly string[]): Promise<Searched> {
    const search = new LeakSearch(secret);
    const leaksIn = async (place: string, pieces: Iterable<Piece> | AsyncIterable<Piece>) => {
      const first = new Map<string, number>();
      for await (const { bytes, offset } of pieces) {
        for (const { what, at } of search.in(bytes)) first.set(what, first.get(what) ?? offset + at);
      }
      return [...first].map(([what, at]) => `${place}, byte ${at}: ${what}`);
    };
    const whole = (bytes: Buffer): Piece[] => [{ bytes, offset: 0 }];
    const leaks = await leaksIn('what was printed', whole(Buffer.concat(this.#printed)));
    for (const parts of this.#attached.values()) {
      leaks.push(...(await leaksIn('an attachment', whole(Buffer.concat(parts)))));
    }
    const unsearched: string[] = [];
    for (const file of files) {
      leaks.push(...(await leaksIn(`the name ${path.basename(file)}`, whole(Buffer.from(file)))));
      try {
        const pieces = file.endsWith('.gz') ? this.#unpackedPiecesOf(file) : this.#piecesOf(file);
        leaks.push(...(await leaksIn(file, pieces)));
      } catch (error) {
        unsearched.push(`${file}: ${codeOf(error) ?? (error as Error).message}`);
      }
    }
    return { leaks: [...new Set(leaks)], unsearched };
  }

  /** All in the same buffer: a piece is gone once the next one is asked for. */
  *#piecesOf(file: string): Generator<Piece> {
    if (!statSync(file).isFile()) throw new Error('not a file');
    const descriptor = openSync(file, 'r');
    try {
      for (let offset = 0, kept = 0; ; ) {
        const read = readFully(descriptor, this.#buffer, kept, offset + kept);
        const length = kept + read;
        if (read > 0 || offset === 0) yield { bytes: this.#buffer.subarray(0, length), offset };
        if (length < this.#buffer.length) return;
        kept = this.#overlap;
        this.#buffer.copyWithin(0, length - kept, length);
        offset += length - kept;
      }
    } finally {
      closeSync(descriptor);
    }
  }

  /** The offset of a piece counts unpacked bytes. */
  async *#unpackedPiecesOf(file: string): AsyncGenerator<Piece> {
    const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    createReadStream(file)
      .on('error', (error) => unpacked.destroy(error))
      .pipe(unpacked);
    let [offset, length] = [0, 0];
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const copied = chunk.copy(this.#buffer, length, at);
        at += copied;
        length += copied;
        if (length < this.#buffer.length) continue;
        yield { bytes: this.#buffer, offset };
        this.#buffer.copyWithin(0, length - this.#overlap, length);
        offset += length - this.#overlap;
        length = this.#overlap;
      }
    }
    yield { bytes: this.#buffer.subarray(0, length), offset };
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
