// Reads a log line by line: a record in each, as JSON, or as JSON behind the prefix of a logger. Other lines are counted.
import { speaksOfAnswer } from './answers.ts';
import { type About, belongingTo, skip, toLogEntry } from './call.ts';
import { type CallParts, partsOf } from './call-parts.ts';
import { cutBodyIn } from './cut-body.ts';
import { type Embedded, fromBase64, jsonIn, maxJson, objectsIn } from './embedded.ts';
import { bodiesIn, mayBeIn } from './finder.ts';
import { withoutHexEscapes } from './hex-escapes.ts';
import { type ParseFailure, parsed } from './json.ts';
import type { LineTaker } from './lines.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import type { RecordReader } from './record.ts';
import { eventsIn, holdsUnread, mayName, notReadable } from './unread-call.ts';
import { callIn, statusBeside } from './url-in-text.ts';
import { wayOut } from './way-out.ts';

const other: LogEntry = { kind: 'other' };

/** So many texts without a record in between show that the log is that of an application. */
const maxTexts = 1000;

const notJson: ParseFailure = { reason: 'not JSON: it does not begin like JSON' };

/** Collects the entries of its lines until they are taken. */
export class LineReader implements LineTaker {
  readonly records: RecordReader;
  readonly #file: string;
  #found: LogEntry[] = [];
  /** Texts that came before it was known whether the log has others than calls. */
  #texts: { line: number; reason: string; text: string; call: CallParts | undefined }[] = [];

  constructor(file: string, records: RecordReader) {
    this.#file = file;
    this.records = records;
  }

  /** The entries since the last call. */
  takeEntries(): LogEntry[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  line(text: string, number: number, isCut: boolean): void {
    const read = this.#read(text, number);
    if (!read) return;
    const plain = withoutHexEscapes(text) ?? fromBase64(text.trim());
    const again = plain === undefined ? read : this.#read(plain, number);
    if (again) this.#text(plain ?? text, number, isCut, again);
  }

  /** @returns why the line is not JSON as a whole, if it is not */
  #read(text: string, number: number): ParseFailure | undefined {
    // To throw and to word an error takes longer than to read a line.
    const read = /^\s*[[{"\ufeff\0]/.test(text) || !text.includes('{') ? parsed(text) : notJson;
    if (!('value' in read)) return read;
    this.#record(read.value, number, text);
    return undefined;
  }

  #record(value: unknown, line: number, text: string): void {
    const entries = this.records.entries(value, { file: this.#file, line }, text);
    if (this.#texts.length > 0) this.#settleTexts();
    for (const entry of entries) this.#found.push(entry);
  }

  skip(line: number, reason: string, text: string | Buffer, damage?: About['damage'] | undefined): void {
    const about = { ...belongingTo(text), ...(damage ? { damage } : {}) };
    this.#found.push(skip({ file: this.#file, line }, reason, about));
  }

  /** A line that is not JSON as a whole. */
  #text(text: string, number: number, isCut: boolean, { reason, isUnfinished }: ParseFailure): void {
    if (beginsAsJson(text) || reason.startsWith('nested')) {
      const objects = mayBeIn(text) && !isUnfinished ? objectsIn(text) : undefined;
      if (objects) {
        for (const one of objects) this.#record(one.value, number, one.text);
        return;
      }
      if (isCut && isUnfinished) this.skip(number, 'the file ends in the middle of this line', text, 'cut');
      else this.skip(number, reason + wayOut(text), text);
      return;
    }
    const place = { file: this.#file, line: number };
    const isSearched = this.records.isPlaced || mayBeIn(text) || isFragment.test(text);
    const parts = isSearched ? jsonPartsOf(text) : [];
    if (parts.length >= maxJson) {
      this.skip(number, `it holds ${maxJson} pieces of JSON or more, so it was not read`, text);
      return;
    }
    const entries = this.records.entriesOfText(parts, place, text);
    if (!entries.some(({ kind }) => kind === 'request')) this.records.failures.other(text);
    if (entries.length > 0) {
      this.#settleTexts();
      this.#found.push(...entries);
      const isRead = entries.every(({ kind }) => kind !== 'skipped');
      if (isRead && cutBodyIn(textBeside(parts, text)) !== undefined) this.#incomplete(text, number, isCut);
      return;
    }
    if (closesMore(text)) {
      this.skip(number, reason, text);
      return;
    }
    // A body that was cut, by the logger or with the file, or the middle of one.
    const hasJson = parts.length > 0;
    const beside = hasJson ? textBeside(parts, text) : text;
    if (hasJson ? isCutBeside(beside) : isCutAlone(text)) {
      this.#incomplete(text, number, isCut);
      return;
    }
    if (mayName.test(beside) && holdsUnread(beside)) {
      this.skip(number, notReadable, text);
      return;
    }
    if (hasJson) this.records.kind = 'application';
    const call = parts.some(({ before }) => speaksOfAnswer(before)) ? undefined : callOfText(text);
    const entry = this.#named(beside, call, place);
    if (entry.kind === 'skipped') {
      this.#found.push(entry);
      return;
    }
    this.#texts.push({ line: number, reason, text, call });
    if (this.records.kind !== undefined || this.#texts.length >= maxTexts) this.#settleTexts();
  }

  /** The entry of a text that may name a call. */
  #named(text: string, call: CallParts | undefined, place: LogPosition): LogEntry {
    const { bodiless } = this.records;
    if (call) {
      if (bodiless.isLikeRequests(call.from)) return toLogEntry(call, place);
      return bodiless.call(place, call.status);
    }
    const names = mayName.test(text) ? eventsIn(text) : [];
    return names.length > 0 ? bodiless.events(place, names) : other;
  }

  #incomplete(text: string, number: number, isCut: boolean): void {
    if (isCut) this.skip(number, 'the file ends in the middle of this line', text, 'cut');
    else this.skip(number, 'the JSON in this line is not complete', text);
  }

  /** Nothing more comes. */
  end(): void {
    this.records.kind ??= 'application';
    this.#settleTexts();
  }

  /** A text among records of calls may be a damaged one; the log of an application has texts. */
  #settleTexts(): void {
    this.records.kind ??= 'application';
    const texts = this.#texts;
    this.#texts = [];
    const { bodiless, kind } = this.records;
    for (const { line, reason, text, call } of texts) {
      if (kind === 'calls') this.skip(line, reason, text);
      else if (call && bodiless.isLikeRequests(call.from)) {
        bodiless.settled();
        this.#found.push(toLogEntry(call, { file: this.#file, line }));
      } else this.#found.push(other);
    }
  }
}

/** The JSON in a line of text. What comes behind the end of other JSON belongs to that, of which the beginning is missing. */
function jsonPartsOf(text: string): Embedded[] {
  const parts: Embedded[] = [];
  for (const part of jsonIn(text)) {
    const isEnd = isEndOfJson.test(part.after);
    if (isEnd && (parts.length === 0 || bodiesIn(part.value).length === 0)) break;
    parts.push(part);
  }
  return parts;
}

/** A call of which a line names the URL; undefined when it may be something else that has to do with it. */
function callOfText(text: string): CallParts | undefined {
  if (callIn(text).url === undefined || /\b(?:OPTIONS|HEAD)\b/.test(text)) return undefined;
  const parts = partsOf({ body: {}, levels: [{ around: text, before: text }] });
  const { url, method } = parts;
  const status = parts.status ?? (typeof url === 'string' ? statusBeside(url, text) : undefined);
  const isCall = url !== undefined && (method === 'POST' || (method === undefined && status !== undefined));
  return isCall ? { ...parts, status, body: undefined } : undefined;
}

/** A line that has no JSON which is whole. */
function isCutAlone(text: string): boolean {
  return (text.includes('{') && text.includes('conversationId')) || isFragment.test(text);
}

/** @param beside a line without the JSON in it */
function isCutBeside(beside: string): boolean {
  return cutBodyIn(beside) !== undefined || (isFragment.test(beside) && mayName.test(beside));
}

/** A line without the JSON in it. */
function textBeside(parts: readonly Embedded[], text: string): string {
  let [beside, from] = ['', 0];
  for (const { before, after } of parts) {
    beside += `${text.slice(from, before.length)} `;
    from = text.length - after.length;
  }
  return beside + text.slice(from);
}

/** Whether a line is JSON that was damaged, as opposed to a text: it begins like JSON, or has NUL bytes. */
function beginsAsJson(text: string): boolean {
  if (/^\s*"/.test(text)) return !isCsv.test(text);
  return /^\s*(?:\{|\[\s*[[{"])/.test(text) || text.includes('\0');
}

/** Whether a line is the end of JSON: it closes more than it opens. */
function closesMore(text: string): boolean {
  return /[}\]]\s*$/.test(text) && text.split('}').length > text.split('{').length;
}

const isEndOfJson = /^\s*(?:[}\]]|,\s*")/;

/** Members of an object, outside of one. */
const isFragment = /\w\\?"\s*:\s*(?:\\?["{[\d-]|true|false|null)/;

const isCsv = /^\s*"(?:[^"]|"")*"\s*[,;\t]/;
