// A log with a request a line, in any of the three forms.
import { isObject } from '../protocol/requests.ts';
import { type About, belongingTo, isLikeHooks, notLikeHooks, skip, toLogEntry } from './call.ts';
import { parsed } from './json.ts';
import type { LineTaker } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { statusOf } from './status.ts';

/** Keeps what its lines hold until that is taken. */
export class LineReader implements LineTaker {
  readonly #file: string;
  readonly #hooksPath: string | undefined;
  #found: LogEntry[] = [];

  constructor(file: string, hooksPath?: string) {
    this.#file = file;
    this.#hooksPath = hooksPath;
  }

  /** What was found since it was asked before. */
  taken(): LogEntry[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  line(text: string, number: number, cut: boolean): void {
    const read = parsed(text);
    if ('value' in read) this.#found.push(this.#foundIn(read.value, number));
    else if (cut && read.unfinished) {
      this.skip(number, 'the file ends in the middle of this line', text, 'cut');
    } else this.skip(number, read.reason, text);
  }

  skip(line: number, reason: string, text: string | Buffer, damage?: About['damage'] | undefined): void {
    const about = { ...belongingTo(text), ...(damage ? { damage } : {}) };
    this.#found.push(skip({ file: this.#file, line }, reason, about));
  }

  #foundIn(value: unknown, line: number): LogEntry {
    const file = this.#file;
    if (!isObject(value)) return skip({ file, line }, 'JSON, but no object');
    const record = value.request === undefined && value.body === undefined;
    if (record && isLikeHooks(value)) return { kind: 'request', record: { file, line, body: value } };
    if (isObject(value.request)) return this.#evidence(value, value.request, line);
    if (value.body === undefined && value.url === undefined) return skip({ file, line }, notLikeHooks);
    const { method, url, headers, body, time } = value;
    const call = { method, url, headers, body, time, status: statusOf(value) };
    return toLogEntry(call, { file, line }, this.#hooksPath);
  }

  /** A line of this harness's own evidence.ndjson (src/evidence/journal.ts). */
  #evidence(value: Record<string, unknown>, request: Record<string, unknown>, line: number): LogEntry {
    const { method, url, headers, body } = request;
    const call = { method, url, headers, body, time: value.startedAt ?? value.time, status: statusOf(value) };
    return toLogEntry(call, { file: this.#file, line }, this.#hooksPath);
  }
}
