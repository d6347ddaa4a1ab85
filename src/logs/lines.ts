// Cuts a stream of bytes into lines. A line is decoded only when it is short enough and valid UTF-8.
import { isUtf8 } from 'node:buffer';
import type { Skipped } from './log-entry.ts';
import { searchedBytes } from './seen-id.ts';

/** The longest line that is read; a documented request has a few hundred bytes. */
export const maxLineBytes = 10_000_000;

export interface LineTaker {
  /** @param isCut whether the file ends without a line end after it */
  line(text: string, number: number, isCut: boolean): void;
  /** @param text the line, or its beginning if only that was kept */
  skip(number: number, reason: string, text: Buffer, damage?: Skipped['damage']): void;
}

const newline = 0x0a;
const closingBrace = 0x7d;

export class Lines {
  readonly #taker: LineTaker;
  /** The number of the latest line. */
  #number = 0;
  /** The line that began in an earlier chunk; only its beginning when it is too long to be kept. */
  #parts: Buffer[] = [];
  /** The length of that line so far, whether kept or not. */
  #size = 0;

  constructor(taker: LineTaker) {
    this.#taker = taker;
  }

  take(chunk: Buffer): void {
    let from = 0;
    if (this.#size > 0) {
      from = chunk.indexOf(newline) + 1;
      this.#keep(from === 0 ? chunk : chunk.subarray(0, from - 1));
      if (from === 0) return;
      this.#endLine(false);
    }
    const to = chunk.lastIndexOf(newline) + 1;
    if (to > from) this.#completeLines(chunk.subarray(from, to));
    const rest = Math.max(from, to);
    if (rest < chunk.length) this.#keep(chunk.subarray(rest));
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#size > 0) this.#endLine(true);
  }

  /** The stream broke off. A line that has begun cannot be judged. */
  brokenOff(reason: string, damage: Skipped['damage']): void {
    this.#taker.skip(this.#number + 1, reason, Buffer.concat(this.#parts), damage);
  }

  /** Takes complete lines, each with its line end. */
  #completeLines(bytes: Buffer): void {
    const isValid = isUtf8(bytes);
    for (let from = 0; from < bytes.length; ) {
      const to = bytes.indexOf(newline, from);
      this.#number += 1;
      if (isValid && to - from <= maxLineBytes) this.#text(bytes.toString('utf8', from, to), false);
      else this.#bytes(bytes.subarray(from, to), false);
      from = to + 1;
    }
  }

  #keep(part: Buffer): void {
    const isKept = this.#size <= maxLineBytes;
    this.#size += part.length;
    if (!isKept) return;
    this.#parts.push(part);
    if (this.#size > maxLineBytes) this.#parts = [Buffer.concat(this.#parts, searchedBytes)];
  }

  #endLine(isCut: boolean): void {
    const [parts, size] = [this.#parts, this.#size];
    this.#parts = [];
    this.#size = 0;
    this.#number += 1;
    const line = Buffer.concat(parts);
    if (size > maxLineBytes) this.#tooLong(size, line);
    else this.#bytes(line, isCut);
  }

  #bytes(line: Buffer, isCut: boolean): void {
    if (line.length > maxLineBytes) this.#tooLong(line.length, line);
    else if (isUtf8(line)) this.#text(line.toString('utf8'), isCut);
    else this.#invalid(line, isCut);
  }

  /** Skips empty lines. Keeps the carriage return before a line end, which is white space in JSON. */
  #text(line: string, isCut: boolean): void {
    if (line.charCodeAt(0) > 0x20 || line.trim() !== '') this.#taker.line(line, this.#number, isCut);
  }

  #tooLong(size: number, start: Buffer): void {
    const reason = `the line is ${(size / 1e6).toFixed(1)} MB long; lines of up to ${maxLineBytes / 1e6} MB are read`;
    this.#taker.skip(this.#number, reason, start);
  }

  #invalid(line: Buffer, isCut: boolean): void {
    const at = invalidAt(line);
    const wrong = `invalid UTF-8: byte ${at + 1} of the line is 0x${line[at]!.toString(16).padStart(2, '0')}`;
    const reason = isCut ? `${wrong}, and the file ends without a line end` : wrong;
    this.#taker.skip(this.#number, reason, line, isCut && line.at(-1) !== closingBrace ? 'cut' : undefined);
  }
}

const replacement = '\ufffd';
const replacementBytes = Buffer.from(replacement);

/** Index of the first byte that is not valid UTF-8; -1 when all are valid. Valid text may have U+FFFD as well. */
export function invalidAt(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  let [at, from] = [0, 0];
  for (;;) {
    const next = text.indexOf(replacement, from);
    if (next === -1) return -1;
    at += Buffer.byteLength(text.slice(from, next));
    if (!bytes.subarray(at, at + replacementBytes.length).equals(replacementBytes)) return at;
    at += replacementBytes.length;
    from = next + 1;
  }
}
