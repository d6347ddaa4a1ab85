import { closeSync, openSync, statSync } from 'node:fs';
import { readFully } from './read-fully.ts';

export const notAFile = 'NOT_A_FILE';
export const tooLong = 'TOO_LONG';

/**
 * The content of a file that a person has named. A device or a pipe might never end, and is not opened.
 * @param maxLength bytes
 * @throws an error with a code: NOT_A_FILE, TOO_LONG, EISDIR, or that of the system
 */
export function readSmallFile(file: string, maxLength: number): Buffer {
  const found = statSync(file);
  if (found.isDirectory()) throw withCode('EISDIR');
  if (!found.isFile()) throw withCode(notAFile);
  if (found.size > maxLength) throw withCode(tooLong);
  const descriptor = openSync(file, 'r');
  try {
    // Some files, as those of /proc, are longer than their size says.
    const buffer = Buffer.alloc(maxLength + 1);
    const length = readFully(descriptor, buffer, 0, 0);
    if (length > maxLength) throw withCode(tooLong);
    return Buffer.from(buffer.subarray(0, length));
  } finally {
    closeSync(descriptor);
  }
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}
