// Deletes the records of some conversations from a recording that nobody writes to.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { CodedError } from '../../errors/coded-error.ts';
import { seenId } from '../../logs/seen-id.ts';
import { parseJson } from '../../protocol/answers.ts';
import { conversationIdOf, isObject } from '../../protocol/requests.ts';
import { hasPseudonyms, type KeyOptions, pseudonymsOf } from '../../pseudonyms/folder-key.ts';
import { shown } from '../../text/shown-value.ts';
import { lockForRecorder } from './folder-lock.ts';
import { segmentsIn } from './segments.ts';

export interface Forgotten {
  /** How many records were deleted. */
  deleted: number;
  /** How many others name one of the conversations, in what they say. */
  mentions: number;
}

/**
 * @param ids of the conversations; also for a recording with pseudonyms, if its key is there
 * @throws CodedError when there is no recording, a recorder writes to it, or its key is missing
 */
export async function forget(folder: string, ids: readonly string[], key: KeyOptions): Promise<Forgotten> {
  const files = existsSync(folder)
    ? [...segmentsIn(folder).map((one) => one.path), path.join(folder, 'evidence.ndjson')].filter((file) =>
        existsSync(file),
      )
    : [];
  if (files.length === 0) {
    throw new CodedError(
      'LOG_NOT_FOUND',
      `${shown(folder)} is not the folder of a recording: it has no evidence.ndjson`,
    );
  }
  const lock = lockForRecorder(folder);
  try {
    const names = namesOf(folder, ids, key);
    const found = { deleted: 0, mentions: 0 };
    for (const file of files) await forgetIn(file, names, found);
    return found;
  } finally {
    lock.release();
  }
}

/** The names of conversations as they are recorded. */
function namesOf(folder: string, ids: readonly string[], key: KeyOptions): ReadonlySet<string> {
  if (!hasPseudonyms(folder)) return new Set(ids);
  // Somebody who has only the recording knows them by their pseudonyms.
  if (ids.every((id) => /^p-[\da-f]{16}$/.test(id))) return new Set(ids);
  const pseudonyms = pseudonymsOf(folder, key);
  return new Set(ids.flatMap((id) => [id, pseudonyms.of(id)]));
}

async function forgetIn(file: string, names: ReadonlySet<string>, found: Forgotten): Promise<void> {
  const isPacked = file.endsWith('.gz');
  const { atime, mtime } = statSync(file);
  const part = `${file}.part`;
  const before = found.deleted;
  // Not as a part of a longer name.
  const mention = new RegExp(`(?<![\\w-])(?:${[...names].map(RegExp.escape).join('|')})(?![\\w-])`);
  async function* kept(chunks: AsyncIterable<Buffer>) {
    for await (const line of linesOf(chunks)) {
      const text = line.toString('utf8');
      if (isOf(text, names)) found.deleted += 1;
      else {
        if (mention.test(text)) found.mentions += 1;
        yield line;
      }
    }
  }
  const bytes = createReadStream(file);
  const plain = isPacked ? bytes.pipe(createGunzip()) : bytes;
  bytes.on('error', (error) => plain.destroy(error));
  try {
    const to = createWriteStream(part, { flags: 'w', mode: 0o600, flush: true });
    const rest = Readable.from(kept(plain));
    await (isPacked ? pipeline(rest, createGzip(), to) : pipeline(rest, to));
    if (found.deleted === before) return;
    utimesSync(part, atime, mtime);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

const newline = 0x0a;

/** Each line with its end. By bytes: some characters that JSON leaves as they are end a line elsewhere. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, to + 1)]);
      begun = [];
      from = to + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

/** Whether a record is a request of one of the conversations, also one whose body or line cannot be read. */
function isOf(line: string, names: ReadonlySet<string>): boolean {
  const record = parseJson(line);
  const request = isObject(record) ? record.request : undefined;
  const body = isObject(request) && typeof request.body === 'string' ? request.body : line;
  const id = conversationIdOf(parseJson(body)) ?? seenId(body);
  return id !== undefined && names.has(id);
}
