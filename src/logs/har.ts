// Reads a HAR 1.2, as browsers, proxies and API tools export it. It is one JSON document, so it is read as a whole.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../protocol/requests.ts';
import { shown } from '../text/shown-value.ts';
import { answerWords } from './answer-words.ts';
import { type About, skip, toLogEntry } from './call.ts';
import { textOf } from './embedded.ts';
import { parsed } from './json.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import { forPurpose } from './on-purpose.ts';
import { codeOf } from './status.ts';
import { statusCode } from './status-code.ts';
import { maxDocumentBytes, type WholeText, wholeText } from './whole-text.ts';

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

/** The line of an entry is its number. @throws what reading throws, as BrokenOff */
export async function* harEntries(
  text: AsyncGenerator<Buffer>,
  file: string,
  hooksPath?: string,
): AsyncGenerator<LogEntry[]> {
  const entries = parsedEntries(await wholeText(text));
  if (!Array.isArray(entries)) {
    const { reason, ...about } = entries;
    yield [skip({ file, line: 1 }, reason, about)];
    return;
  }
  for (let from = 0; from < entries.length; from += batchEntries) {
    yield entries
      .slice(from, from + batchEntries)
      .map((entry, index) => harEntry(entry, { file, line: from + index + 1 }, hooksPath));
  }
}

/** @returns the entries as parsed, or the reason why there are none */
function parsedEntries(whole: WholeText): unknown[] | (About & { reason: string }) {
  if (!('text' in whole)) {
    return whole.problem === 'too long'
      ? { reason: `the HAR is longer than ${maxDocumentBytes / 1e6} MB, so it was not read` }
      : { reason: `the HAR is not UTF-8: byte ${whole.byte} is invalid; nothing of it could be judged` };
  }
  const read = parsed(whole.text);
  if ('reason' in read) {
    const reason = `the HAR is ${read.reason}; nothing of it could be judged`;
    return { reason, ...(read.isUnfinished ? { damage: 'cut' } : {}) };
  }
  const log = isObject(read.value) ? read.value.log : undefined;
  return isObject(log) && Array.isArray(log.entries) ? log.entries : { reason: 'the HAR has no log.entries' };
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
  const status = statusOf(entry.response);
  const call = {
    method,
    url,
    headers,
    body: beside?.text ?? bodyOf(postData),
    time: entry.startedDateTime,
    status,
    answerWords: () => answerWords(entry),
  };
  const read = toLogEntry(call, place, hooksPath);
  if (beside?.problem !== undefined && read.kind === 'skipped') return skip(place, beside.problem);
  return forPurpose(entry._purpose, read, status);
}

function bodyOf(postData: unknown): unknown {
  if (!isObject(postData)) return undefined;
  const { text, encoding } = postData;
  if (encoding !== 'base64' || typeof text !== 'string') return text;
  return textOf(Buffer.from(text, 'base64')) ?? text;
}

/** The entry in a line of a trace of Playwright (trace.network). */
export function tracedEntry({ type, snapshot }: Record<string, unknown>): unknown {
  return type === 'resource-snapshot' && isHarEntry(snapshot) ? snapshot : undefined;
}

/**
 * The file in which Playwright keeps a body, relative to the log: with `content: 'attach'` beside a HAR, with a trace in
 * its folder `resources`.
 */
function attachedName({ _file, _sha1 }: Record<string, unknown>): string | undefined {
  if (typeof _file === 'string' && _file !== '') return _file;
  return typeof _sha1 === 'string' && _sha1 !== '' ? `resources/${_sha1}` : undefined;
}

function attachedBody(name: string, har: string): { text?: string; problem?: string } {
  const problem = `its body is not in the HAR, but in a file beside it (${shown(name)}) that cannot be read: keep them together, or record with content: 'embed'`;
  // Only a file beside the HAR: its author must not choose another one of this machine.
  const inFolder = name.replace(/^resources\//, '');
  if (har === '-' || inFolder !== path.basename(inFolder) || inFolder === '..') return { problem };
  try {
    const text = textOf(readFileSync(path.join(path.dirname(har), name)));
    return text === undefined ? { problem } : { text };
  } catch {
    return { problem };
  }
}

/**
 * As in SentRecord. Every entry of a HAR has a response; when no answer came, its status is below 100 (0 in browsers, -1
 * in Playwright), null or missing. An answer with a status that HTTP does not know came all the same.
 */
function statusOf(response: unknown): number | undefined {
  if (!isObject(response)) return 0;
  const { status, content } = response;
  const known = statusCode(status);
  if (known !== undefined || typeof status !== 'number' || status < 600) return known ?? 0;
  return codeOf(isObject(content) ? content.text : undefined);
}
