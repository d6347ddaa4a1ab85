// The files of a recording that were closed: evidence.000001.ndjson, or .gz, and so on.
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Segment {
  number: number;
  path: string;
  isPacked: boolean;
}

export function segmentPath(folder: string, number: number): string {
  return path.join(folder, `evidence.${String(number).padStart(6, '0')}.ndjson`);
}

/** In the order in which they were written. One that is there packed and as it was counts once: the packed one is whole. */
export function segmentsIn(folder: string): Segment[] {
  const byNumber = new Map<number, Segment>();
  for (const name of readdirSync(folder)) {
    const [, digits, packed] = /^evidence\.(\d{6,12})\.ndjson(\.gz)?$/.exec(name) ?? [];
    if (digits === undefined) continue;
    const number = Number(digits);
    if (packed || !byNumber.has(number))
      byNumber.set(number, { number, path: path.join(folder, name), isPacked: packed !== undefined });
  }
  return [...byNumber.values()].sort((one, other) => one.number - other.number);
}

/** Deletes those whose last record is older. @param before epoch milliseconds */
export function deleteSegments(folder: string, before: number): void {
  for (const { number, path: file } of segmentsIn(folder)) {
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? before) >= before) continue;
    rmSync(file, { force: true });
    rmSync(segmentPath(folder, number), { force: true });
  }
}
