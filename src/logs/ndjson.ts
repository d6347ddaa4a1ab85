// Reads a log with a request in each line: its body alone, a record of the call, or a line of evidence.ndjson.
import { isObject } from '../protocol/requests.ts';
import { type About, belongingTo, excessOf, isLikeHooks, notLikeHooks, skip, toLogEntry } from './call.ts';
import { parsed } from './json.ts';
import type { LineTaker } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { statusOf } from './status.ts';

/** Collects the entries of its lines until they are taken. */
/** The body of a request that the recorder kept as bytes. */
function textOf(bytes: unknown): string | undefined {
  const base64 = isObject(bytes) ? bytes.request : undefined;
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : undefined;
}

export class LineReader implements LineTaker {
  readonly #file: string;
  readonly #hooksPath: string | undefined;
  #found: LogEntry[] = [];

  constructor(file: string, hooksPath?: string) {
    this.#file = file;
    this.#hooksPath = hooksPath;
  }

  /** The entries since the last call. */
  takeEntries(): LogEntry[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  line(text: string, number: number, isCut: boolean): void {
    const read = parsed(text);
    if ('value' in read) this.#found.push(this.#logEntry(read.value, number));
    else if (isCut && read.isUnfinished) {
      this.skip(number, 'the file ends in the middle of this line', text, 'cut');
    } else this.skip(number, read.reason, text);
  }

  skip(line: number, reason: string, text: string | Buffer, damage?: About['damage'] | undefined): void {
    const about = { ...belongingTo(text), ...(damage ? { damage } : {}) };
    this.#found.push(skip({ file: this.#file, line }, reason, about));
  }

  #logEntry(value: unknown, line: number): LogEntry {
    const file = this.#file;
    if (!isObject(value)) return skip({ file, line }, 'JSON, but not an object');
    const isBody = value.request === undefined && value.body === undefined;
    if (isBody && isLikeHooks(value)) {
      return excessOf(value, { file, line }) ?? { kind: 'request', record: { file, line, body: value } };
    }
    if (isObject(value.request)) return this.#evidence(value, value.request, line);
    if (value.body === undefined && value.url === undefined) return skip({ file, line }, notLikeHooks);
    const { method, url, headers, body, time } = value;
    const call = { method, url, headers, body, time, status: statusOf(value) };
    return toLogEntry(call, { file, line }, this.#hooksPath);
  }

  /** A line of the harness's evidence.ndjson (src/evidence/journal.ts). */
  #evidence(value: Record<string, unknown>, request: Record<string, unknown>, line: number): LogEntry {
    const { method, url, headers } = request;
    const body = request.body ?? textOf(value.bytes);
    const call = { method, url, headers, body, time: value.startedAt ?? value.time, status: statusOf(value) };
    return toLogEntry(call, { file: this.#file, line }, this.#hooksPath);
  }
}
