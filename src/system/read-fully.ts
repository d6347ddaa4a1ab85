import { readSync } from 'node:fs';

/**
 * Fills a buffer from `from` on with what a file has at `position`: a system may read less at once than it is asked for.
 * @returns how many bytes it has read; fewer than wanted only where the file ends
 */
export function readFully(descriptor: number, buffer: Buffer, from: number, position: number): number {
  let read = 0;
  while (from + read < buffer.length) {
    const count = readSync(descriptor, buffer, from + read, buffer.length - from - read, position + read);
    if (count === 0) break;
    read += count;
  }
  return read;
}
