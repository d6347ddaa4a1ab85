// Logs for the tests of the readers: writes them to real files, and reads their entries.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { LogEntry, SentRecord, Skipped } from '../../src/logs/log-entry.ts';
import { type ReadOptions, readLog } from '../../src/logs/read-log.ts';

export const folder = mkdtempSync(path.join(tmpdir(), 'read-log-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;

export function fileOf(content: string | Buffer): string {
  files += 1;
  const file = path.join(folder, `log-${files}`);
  writeFileSync(file, content);
  return file;
}

export async function all(batches: AsyncIterable<LogEntry[]>): Promise<LogEntry[]> {
  const found: LogEntry[] = [];
  for await (const batch of batches) found.push(...batch);
  // A function is equal to no other.
  for (const one of found) if (one.kind === 'request') delete one.record.exact;
  // They matter to those who compare records.
  for (const one of found) {
    if (one.kind !== 'request') continue;
    delete one.record.requestId;
    delete one.record.isAnsweredApart;
  }
  return found;
}

export function foundIn(content: string | Buffer, options?: ReadOptions): Promise<LogEntry[]> {
  return all(readLog(fileOf(content), options));
}

export function asLines(...records: unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** The records of requests, without their positions. */
export function requestsIn(found: LogEntry[]): Omit<SentRecord, 'file' | 'line'>[] {
  return found.flatMap((one) => {
    if (one.kind !== 'request') return [];
    const { file: _, line: __, ...record } = one.record;
    return [record];
  });
}

export function skippedIn(found: LogEntry[]): Skipped[] {
  return found.flatMap((one) => (one.kind === 'skipped' ? [one.skipped] : []));
}

/** The entry of each line, in short: "1 request", "2 skipped not JSON: …". */
export function inShort(found: LogEntry[]): string[] {
  return found.map((one) => {
    if (one.kind === 'request') return `${one.record.line} request`;
    if (one.kind === 'skipped') return `${one.skipped.line} skipped ${one.skipped.reason}`;
    return 'other';
  });
}

/** Bytes in pieces that end at the given places. */
export async function* chunksOf(bytes: Buffer, ...ends: number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

/** Characters of one to four bytes. */
export const bodies = ['plain', 'Königstraße', '🙂 你好'].map((query) => ({ query }));
export const threeLines = asLines(...bodies);

/** The one request in a log of one record. */
export async function requestOf(record: unknown, options = {}) {
  const found = await foundIn(asLines(record), options);
  assert.deepEqual(inShort(found), ['1 request']);
  return requestsIn(found)[0]!;
}
