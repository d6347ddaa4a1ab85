// Reads a HAR 1.2, as browsers, proxies and API tools export it. It is one JSON document, so it is read as a whole.
import { isUtf8 } from 'node:buffer';
import { isObject } from '../protocol/requests.ts';
import { type About, skip, toLogEntry } from './call.ts';
import { parsed } from './json.ts';
import { invalidAt } from './lines.ts';
import type { LogEntry } from './log-entry.ts';
import { statusCode } from './status.ts';

/** The longest HAR: Node's strings cannot be much longer. */
export const maxHarBytes = 512_000_000;

const batchEntries = 1000;

/** Whether a text begins like a HAR: `log` with a member that a HAR has; only members with plain values may come before. */
export function looksLikeHar(start: Buffer): boolean {
  return /^\ufeff?\s*\{(\s*"[^"\\]*"\s*:\s*("[^"\\]*"|[\w.+-]+)\s*,)*\s*"log"\s*:\s*\{\s*"(version|creator|browser|pages|entries|comment|_\w*)"\s*:/.test(
    start.subarray(0, 4096).toString('utf8'),
  );
}

export class HarDocument {
  readonly #file: string;
  readonly #hooksPath: string | undefined;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(file: string, hooksPath?: string) {
    this.#file = file;
    this.#hooksPath = hooksPath;
  }

  /** @returns whether to go on: false when the HAR is too long */
  take(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > maxHarBytes) this.#chunks = [];
    else this.#chunks.push(chunk);
    return this.#size <= maxHarBytes;
  }

  /** The entries, once all chunks were taken. The line of an entry is its number. */
  *logEntries(): Generator<LogEntry[]> {
    const entries = this.#entries();
    if (!Array.isArray(entries)) {
      const { reason, ...about } = entries;
      yield [skip({ file: this.#file, line: 1 }, reason, about)];
      return;
    }
    for (let from = 0; from < entries.length; from += batchEntries) {
      yield entries
        .slice(from, from + batchEntries)
        .map((entry, index) => this.#logEntry(entry, from + index + 1));
    }
  }

  /** @returns the entries as parsed, or the reason why there are none */
  #entries(): unknown[] | (About & { reason: string }) {
    if (this.#size > maxHarBytes)
      return { reason: `the HAR is longer than ${maxHarBytes / 1e6} MB, so it was not read` };
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    if (!isUtf8(bytes)) {
      const at = invalidAt(bytes) + 1;
      return { reason: `the HAR is not UTF-8: byte ${at} is invalid; nothing of it could be judged` };
    }
    const read = parsed(bytes.toString('utf8'));
    if ('reason' in read) {
      const reason = `the HAR is ${read.reason}; nothing of it could be judged`;
      return { reason, ...(read.isUnfinished ? { damage: 'cut' } : {}) };
    }
    const log = isObject(read.value) ? read.value.log : undefined;
    return isObject(log) && Array.isArray(log.entries)
      ? log.entries
      : { reason: 'the HAR has no log.entries' };
  }

  #logEntry(entry: unknown, line: number): LogEntry {
    const place = { file: this.#file, line };
    if (!isObject(entry) || !isObject(entry.request)) return skip(place, 'the entry has no request');
    const { method, url, headers, postData } = entry.request;
    const call = {
      method,
      url,
      headers,
      body: bodyOf(postData),
      time: entry.startedDateTime,
      status: statusOf(entry.response),
    };
    return toLogEntry(call, place, this.#hooksPath);
  }
}

function bodyOf(postData: unknown): unknown {
  if (!isObject(postData)) return undefined;
  const { text, encoding } = postData;
  return encoding === 'base64' && typeof text === 'string'
    ? Buffer.from(text, 'base64').toString('utf8')
    : text;
}

/**
 * As in SentRecord. Every entry of a HAR has a response; when no answer came, its status is below 100 (0 in browsers, -1
 * in Playwright), null or missing.
 */
function statusOf(response: unknown): number {
  return (isObject(response) ? statusCode(response.status) : undefined) ?? 0;
}
