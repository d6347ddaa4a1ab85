// Closes the file of a recording when it is large or old, packs what was closed, and deletes what is to be kept no longer.
// Unaware of what a line says.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { codeOf } from '../../system/error-code.ts';
import type { EvidenceFile } from './evidence-file.ts';
import { deleteSegments, segmentPath, segmentsIn } from './segments.ts';

export interface RotationOptions {
  /** Bytes from which on a file is closed. */
  maxBytes?: number;
  /** Age of its first record from which on it is closed, in milliseconds. */
  maxAgeMs?: number;
  /** How long after its last record a closed file is deleted, in milliseconds. */
  keepMs?: number;
}

/** What is to be kept for a week is closed once a day, so that it goes at most a day late. */
const filesKept = 7;

export class Rotation {
  readonly #file: EvidenceFile;
  readonly #folder: string;
  readonly #options: RotationOptions;
  readonly #onTrouble: (text: string) => void;
  /** The number that the file gets when it is closed. */
  #number: number;
  /** When its first record was written; undefined while it has none. */
  #since: number | undefined;
  #packing: Promise<void> = Promise.resolve();
  #expiredAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(file: EvidenceFile, options: RotationOptions, onTrouble: (text: string) => void) {
    this.#file = file;
    this.#folder = path.dirname(file.path);
    this.#options = options;
    this.#onTrouble = onTrouble;
    this.#number = (segmentsIn(this.#folder).at(-1)?.number ?? 0) + 1;
    this.#since = file.lines > 0 ? statSync(file.path).birthtimeMs : undefined;
  }

  /** The name that the present file will have. */
  get path(): string {
    return segmentPath(this.#folder, this.#number);
  }

  /** Once all files were read: packs what a recorder left that ended in the middle of it. */
  begin(): void {
    for (const name of readdirSync(this.#folder)) {
      if (/^evidence\.\d{6,12}\.ndjson\.gz\.part$/.test(name))
        rmSync(path.join(this.#folder, name), { force: true });
    }
    for (const { number, isPacked } of segmentsIn(this.#folder)) {
      const plain = segmentPath(this.#folder, number);
      if (!isPacked) this.#pack(plain);
      else if (existsSync(plain)) rmSync(plain, { force: true });
    }
  }

  /** Before a record is written, and from time to time. @param now epoch milliseconds */
  tick(now: number, isWriting = false): void {
    if (this.#isDue(now)) this.#close(now);
    if (isWriting) this.#since ??= now;
    const { keepMs } = this.#options;
    if (keepMs === undefined || now - this.#expiredAt < Math.min(60_000, keepMs / 10)) return;
    this.#expiredAt = now;
    this.#attempt('Old records could not be deleted', () => deleteSegments(this.#folder, now - keepMs));
  }

  /** Closes and packs the last file as well. */
  async end(): Promise<void> {
    if (this.#file.lines > 0) this.#close(Date.now());
    await this.#packing;
    if (this.#file.lines === 0) rmSync(this.#file.path, { force: true });
  }

  #isDue(now: number): boolean {
    const { maxBytes = Number.POSITIVE_INFINITY, keepMs, maxAgeMs } = this.#options;
    const age = maxAgeMs ?? (keepMs === undefined ? Number.POSITIVE_INFINITY : keepMs / filesKept);
    const isOld = this.#since !== undefined && now - this.#since >= age;
    // After a failure it is not tried again for every record.
    return (this.#file.bytes >= maxBytes || isOld) && this.#file.lines > 0 && now - this.#triedAt >= 1000;
  }

  #close(now: number): void {
    this.#triedAt = now;
    const closed = this.path;
    this.#attempt('evidence.ndjson could not be closed, and is continued', () => {
      this.#file.moveTo(closed);
      this.#number += 1;
      this.#since = undefined;
      this.#triedAt = Number.NEGATIVE_INFINITY;
      this.#pack(closed);
    });
  }

  #pack(file: string): void {
    this.#packing = this.#packing.then(() =>
      packed(file).catch((error: unknown) =>
        this.#onTrouble(`${path.basename(file)} could not be packed, and stays as it is (${codeOf(error)})`),
      ),
    );
  }

  #attempt(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#onTrouble(`${what} (${codeOf(error) ?? (error as Error).message})`);
    }
  }
}

/** Packs a file, which then has the time of its last record as before. */
async function packed(file: string): Promise<void> {
  const [part, whole] = [`${file}.gz.part`, `${file}.gz`];
  const { atime, mtime } = statSync(file);
  await pipeline(
    createReadStream(file),
    createGzip(),
    createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }),
  );
  utimesSync(part, atime, mtime);
  renameSync(part, whole);
  rmSync(file);
}
