// evidence.ndjson of a recorder: each line is handed to the system before the request is answered, so that what was
// acknowledged outlives the process. Unaware of what a line says.
import {
  type BigIntStats,
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../errors/coded-error.ts';
import { codeOf } from '../../system/error-code.ts';
import { DiskReserve } from './disk-reserve.ts';

const chunkBytes = 1024 * 1024;
const newline = 0x0a;

/** Makes the folder if it is missing. @throws CodedError when that is not possible */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    if (statSync(folder).isDirectory()) return;
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST' && code !== 'ENOTDIR') {
      throw new CodedError(
        'RECORDER_FOLDER_UNUSABLE',
        `--record: the folder cannot be made (${code}). Check its rights, or name another.`,
      );
    }
  }
  throw new CodedError(
    'RECORDER_FOLDER_UNUSABLE',
    '--record: there is a file in the place of the folder. Name another folder.',
  );
}

export class EvidenceFile {
  readonly path: string;
  /** Whether the last process ended in the middle of a line; what it wrote of it is now a separate line. */
  readonly wasTorn: boolean;
  #file: number;
  /** Which file it is, whatever its name: device and number. */
  #identity: string;
  readonly #fsync: boolean;
  readonly #room: DiskReserve;
  /** Bytes of the records that are still to be written. */
  #promised = 0;
  /** How many whole lines the file has. */
  #lines: number;
  #bytes: number;
  /** The last line could not be written. */
  #failed = false;

  /**
   * @param fsync whether a line is on the disk when it counts as written, so that it survives a power cut
   * @throws CodedError when the file cannot be read and written
   */
  constructor(folder: string, fsync = false) {
    this.path = path.join(folder, 'evidence.ndjson');
    this.#room = new DiskReserve(folder);
    this.#fsync = fsync;
    const found = lstatSync(this.path, { throwIfNoEntry: false });
    if (found && !found.isFile() && !found.isDirectory()) {
      throw new CodedError(
        'RECORDER_FOLDER_UNUSABLE',
        '--record: evidence.ndjson is a link, or a pipe, and records would go elsewhere. Delete it, or name another folder.',
      );
    }
    try {
      this.#file = openSync(this.path, 'a+', 0o600);
      this.#identity = identityOf(fstatSync(this.#file, { bigint: true }));
      if (fsync) syncFolder(folder);
      const { lines, bytes, torn } = measured(this.#file);
      [this.#lines, this.#bytes, this.wasTorn] = [lines, bytes, torn];
      if (torn) this.append('');
    } catch (error) {
      const code = codeOf(error);
      throw new CodedError(
        'RECORDER_FOLDER_UNUSABLE',
        `--record: evidence.ndjson cannot be read and written (${code}). Check the rights and the room on the disk, or name another folder.`,
      );
    }
  }

  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Gives what was written so far another name, and goes on with an empty file.
   * @throws what renaming throws; then all is as it was
   */
  moveTo(name: string): void {
    this.#assertInPlace();
    if (existsSync(name)) throw new Error('there is another file of its new name');
    renameSync(this.path, name);
    const before = this.#file;
    try {
      this.#file = openSync(this.path, 'ax+', 0o600);
    } catch (error) {
      renameSync(name, this.path);
      throw error;
    }
    this.#identity = identityOf(fstatSync(this.#file, { bigint: true }));
    [this.#lines, this.#bytes] = [0, 0];
    if (this.#fsync) syncFolder(path.dirname(this.path));
    closeSync(before);
  }

  /**
   * Appends one line.
   * @returns its number, once it is written
   * @throws what writing throws, as ENOSPC; then nothing of the line is kept
   */
  append(line: string): number {
    const bytes = Buffer.from(`${line}\n`);
    this.#assertInPlace();
    try {
      this.#write(bytes);
    } catch {
      this.#dropRest();
      this.#room.release();
      try {
        this.#write(bytes);
      } catch (error) {
        this.#failed = true;
        this.#dropRest();
        throw error;
      }
    }
    this.#bytes += bytes.length;
    this.#lines += 1;
    return this.#lines;
  }

  /**
   * Makes sure, before a request is passed on, that a record of about so many bytes can be written.
   * @returns what to call when the record is written, or never will be
   * @throws what writing throws, as ENOSPC
   */
  reserve(bytes: number): () => void {
    this.#assertInPlace();
    if (this.#failed) this.#probe(bytes);
    this.#room.reserve(this.#promised + bytes);
    this.#promised += bytes;
    return () => {
      this.#promised -= bytes;
    };
  }

  close(): void {
    closeSync(this.#file);
    this.#room.close();
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    if (this.#fsync) fdatasyncSync(this.#file);
  }

  /** @throws when its name leads elsewhere: what was written now would be lost with the file */
  #assertInPlace(): void {
    const stat = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    if (stat && identityOf(stat) === this.#identity && stat.size >= this.#bytes) return;
    const what = !stat
      ? 'is gone'
      : stat.size < this.#bytes && identityOf(stat) === this.#identity
        ? 'was cut'
        : 'is another file now';
    throw new Error(`evidence.ndjson ${what}; start the recorder again`);
  }

  /** After a line could not be written: tries whether so many blanks can be. */
  #probe(bytes: number): void {
    try {
      this.#write(Buffer.alloc(bytes, ' '));
      this.#failed = false;
    } finally {
      this.#dropRest();
    }
  }

  /** A disk may fill up in the middle of a line; the next line must not follow on that half. */
  #dropRest(): void {
    try {
      ftruncateSync(this.#file, this.#bytes);
    } catch {
      // The next reader finds a line that is not JSON, and reports it.
    }
  }
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** A new file outlives a power cut when its folder is on the disk too. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function measured(file: number): { lines: number; bytes: number; torn: boolean } {
  const { size } = fstatSync(file);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let [lines, bytes, last] = [0, 0, newline];
  while (bytes < size) {
    const count = readSync(file, chunk, 0, chunk.length, bytes);
    if (count === 0) break;
    const part = chunk.subarray(0, count);
    for (let at = part.indexOf(newline); at >= 0; at = part.indexOf(newline, at + 1)) lines += 1;
    last = part[count - 1]!;
    bytes += count;
  }
  return { lines, bytes, torn: last !== newline };
}
