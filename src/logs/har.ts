// Reads a HAR 1.2, as browsers, proxies and API tools export it. It is one JSON document, so it is read as a whole.
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../protocol/requests.ts';
import { shown } from '../text/shown-value.ts';
import { answerWords } from './answer-words.ts';
import { type About, skip, toLogEntry } from './call.ts';
import { textOf } from './embedded.ts';
import { parsed } from './json.ts';
import { invalidAt } from './lines.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import { statusCode } from './status.ts';

/** The longest HAR: Node's strings cannot be much longer. */
export const maxHarBytes = 512_000_000;

const batchEntries = 1000;

/** Whether a text begins like a HAR: `log` with a member that a HAR has; only members with plain values may come before. */
export function looksLikeHar(start: Buffer): boolean {
  const text = start.subarray(0, 4096).toString('utf8');
  const begins =
    /^\ufeff?\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*,)*\s*"log"\s*:\s*\{\s*"([^"\\]*)"\s*:/.exec(
      text,
    );
  if (!begins) return false;
  // Some exporters have members of their own before those of the standard.
  const isUsual = /^(version|creator|browser|pages|entries|comment|_\w*)$/.test(begins[1]!);
  return isUsual || /"(entries|pages)"\s*:\s*\[|"creator"\s*:\s*\{/.test(text.slice(begins[0].length));
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
    return harEntry(entry, { file: this.#file, line }, this.#hooksPath);
  }
}

/** Whether a value is an entry of a HAR, as some exporters write them without the rest. */
export function isHarEntry(value: unknown): boolean {
  return isObject(value) && 'startedDateTime' in value && isObject(value.request) && 'response' in value;
}

export function harEntry(entry: unknown, place: LogPosition, hooksPath?: string): LogEntry {
  if (!isObject(entry) || !isObject(entry.request)) return skip(place, 'the entry has no request');
  const { method, url, headers, postData } = entry.request;
  const attached = isObject(postData) ? attachedName(postData) : undefined;
  const beside = attached === undefined ? undefined : attachedBody(attached, place.file);
  const call = {
    method,
    url,
    headers,
    body: beside?.text ?? bodyOf(postData),
    time: entry.startedDateTime,
    status: statusOf(entry.response),
    answerWords: () => answerWords(entry),
  };
  const read = toLogEntry(call, place, hooksPath);
  return beside?.problem !== undefined && read.kind === 'skipped' ? skip(place, beside.problem) : read;
}

function bodyOf(postData: unknown): unknown {
  if (!isObject(postData)) return undefined;
  const { text, encoding } = postData;
  if (encoding !== 'base64' || typeof text !== 'string') return text;
  return textOf(Buffer.from(text, 'base64')) ?? text;
}

/** The file in which Playwright keeps a body with `content: 'attach'`. */
function attachedName({ _file }: Record<string, unknown>): string | undefined {
  return typeof _file === 'string' && _file !== '' ? _file : undefined;
}

function attachedBody(name: string, har: string): { text?: string; problem?: string } {
  const problem = `its body is not in the HAR, but in a file beside it (${shown(name)}) that cannot be read: keep them together, or record with content: 'embed'`;
  // Only a file beside the HAR: its author must not choose another one of this machine.
  if (har === '-' || name !== path.basename(name)) return { problem };
  try {
    const text = textOf(readFileSync(path.join(path.dirname(har), name)));
    return text === undefined ? { problem } : { text };
  } catch {
    return { problem };
  }
}

/**
 * As in SentRecord. Every entry of a HAR has a response; when no answer came, its status is below 100 (0 in browsers, -1
 * in Playwright), null or missing.
 */
function statusOf(response: unknown): number {
  return (isObject(response) ? statusCode(response.status) : undefined) ?? 0;
}
