// The bytes of a log as they are stored, from a file or standard input. Unaware of their format.

import { accessSync, constants, createReadStream, type Stats, statSync } from 'node:fs';
import { CodedError } from '../errors/coded-error.ts';
import { codeOf } from '../system/error-code.ts';
import { oneLine } from '../text/one-line.ts';
import type { Skipped } from './log-entry.ts';

/** The log cannot be read at all; the message names it and says what to do. */
export class LogError extends CodedError {
  override readonly name = 'LogError';
}

/** The log breaks off; what came before can be judged. The message says why, for people. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
  /** `corrupt`: what comes before a wrong checksum may be wrong. */
  readonly damage: NonNullable<Skipped['damage']>;

  constructor(message: string, damage: BrokenOff['damage'] = 'cut') {
    super(message);
    this.damage = damage;
  }
}

/** Large enough to make few reads, small enough to stay in the processor's cache. */
const readBytes = 256 * 1024;

/**
 * The size of a log's file in bytes; undefined for standard input, and for a pipe.
 * @throws LogError when it cannot be read
 */
export function logSize(file: string): number | undefined {
  if (file === '-') return undefined;
  let stats: Stats;
  try {
    stats = statSync(file);
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (stats.isDirectory()) throw unreadable(file, { code: 'EISDIR' });
  return stats.isFile() ? stats.size : undefined;
}

export async function* storedBytes(
  file: string,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: readBytes });
  let count = 0;
  try {
    for await (const chunk of stream) {
      count += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    if (count === 0) throw unreadable(file, error);
    throw new BrokenOff(
      `reading the file failed here (${codeOf(error) ?? unknownReason}); the rest was not read`,
    );
  }
}

function unreadable(file: string, error: unknown): LogError {
  const name = file === '-' ? 'Standard input' : oneLine(file);
  const code = codeOf(error) ?? unknownReason;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new LogError('LOG_NOT_FOUND', `${name}: there is no such file`);
  if (code === 'EISDIR') return new LogError('LOG_UNREADABLE', `${name} is a folder; name the files in it`);
  if (code === 'EACCES' || code === 'EPERM')
    return new LogError('LOG_UNREADABLE', `${name}: this user may not read it`);
  return new LogError('LOG_UNREADABLE', `${name} cannot be read: ${code}`);
}

const unknownReason = 'unknown reason';

/** Looks at the start of a stream, of at least `minBytes` if it has them. `all` yields the whole stream, with its errors. */
export async function peeked(
  source: AsyncGenerator<Buffer>,
  minBytes: number,
): Promise<{ start: Buffer; all: AsyncGenerator<Buffer> }> {
  const parts: Buffer[] = [];
  let [size, failure] = [0, undefined as unknown];
  try {
    while (size < minBytes) {
      const next = await source.next();
      if (next.done) break;
      parts.push(next.value);
      size += next.value.length;
    }
  } catch (error) {
    failure = error;
  }
  const start = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  async function* all() {
    if (start.length > 0) yield start;
    if (failure) throw failure;
    yield* source;
  }
  return { start, all: all() };
}
