// Cuts bytes into lines, as they come. A line is looked at as bytes until it is known to be text of a bearable length.
import { isUtf8 } from 'node:buffer';
import type { Skipped } from './log-entry.ts';
import { lookedAt } from './seen-id.ts';

/** Most bytes of a line; a documented request has a few hundred. */
export const maxLineBytes = 10_000_000;

export interface LineTaker {
  /** @param cut whether the file ends without the line being ended */
  line(text: string, number: number, cut: boolean): void;
  /** @param text of the line, or as much of it as was kept */
  skip(number: number, reason: string, text: Buffer, damage?: Skipped['damage']): void;
}

const newline = 0x0a;
const closingBrace = 0x7d;

export class Lines {
  readonly #taker: LineTaker;
  /** Number of the line before the next one. */
  #number = 0;
  /** Of a line that began in an earlier chunk; only its beginning when it is too long to be kept. */
  #parts: Buffer[] = [];
  /** Bytes of that line, kept or not. */
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
      this.#kept(false);
    }
    const to = chunk.lastIndexOf(newline) + 1;
    if (to > from) this.#whole(chunk.subarray(from, to));
    const begun = Math.max(from, to);
    if (begun < chunk.length) this.#keep(chunk.subarray(begun));
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#size > 0) this.#kept(true);
  }

  /** Nothing more comes, although there should; a line that has begun cannot be judged. */
  brokenOff(reason: string, damage: Skipped['damage']): void {
    this.#taker.skip(this.#number + 1, reason, Buffer.concat(this.#parts), damage);
  }

  /** Lines that are all there, each with its line end. */
  #whole(bytes: Buffer): void {
    const known = isUtf8(bytes);
    for (let from = 0; from < bytes.length; ) {
      const to = bytes.indexOf(newline, from);
      this.#number += 1;
      if (known && to - from <= maxLineBytes) this.#text(bytes.toString('utf8', from, to), false);
      else this.#bytes(bytes.subarray(from, to), false);
      from = to + 1;
    }
  }

  #keep(part: Buffer): void {
    const isKept = this.#size <= maxLineBytes;
    this.#size += part.length;
    if (!isKept) return;
    this.#parts.push(part);
    if (this.#size > maxLineBytes) this.#parts = [Buffer.concat(this.#parts, lookedAt)];
  }

  #kept(cut: boolean): void {
    const [parts, size] = [this.#parts, this.#size];
    this.#parts = [];
    this.#size = 0;
    this.#number += 1;
    const line = Buffer.concat(parts);
    if (size > maxLineBytes) this.#tooLong(size, line);
    else this.#bytes(line, cut);
  }

  #bytes(line: Buffer, cut: boolean): void {
    if (line.length > maxLineBytes) this.#tooLong(line.length, line);
    else if (isUtf8(line)) this.#text(line.toString('utf8'), cut);
    else this.#invalid(line, cut);
  }

  /** Empty lines are none; the carriage return before a line end is white space to JSON. */
  #text(line: string, cut: boolean): void {
    if (line.charCodeAt(0) > 0x20 || line.trim() !== '') this.#taker.line(line, this.#number, cut);
  }

  #tooLong(size: number, start: Buffer): void {
    const long = `the line is ${(size / 1e6).toFixed(1)} MB long; lines of up to ${maxLineBytes / 1e6} MB are read`;
    this.#taker.skip(this.#number, long, start);
  }

  #invalid(line: Buffer, cut: boolean): void {
    const at = invalidAt(line);
    const wrong = `invalid UTF-8: byte ${at + 1} of the line is 0x${line[at]!.toString(16).padStart(2, '0')}`;
    const told = cut ? `${wrong}, and the file ends without a line end` : wrong;
    this.#taker.skip(this.#number, told, line, cut && line.at(-1) !== closingBrace ? 'cut' : undefined);
  }
}

const replacement = '\ufffd';
const replacementBytes = Buffer.from(replacement);

/** Index of the first byte that is no UTF-8; -1 when all are: decoded, it is a replacement that was not there before. */
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
