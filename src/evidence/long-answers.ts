// The long answers of a scenario, until it ends. Its checks read them in full, maybe more than once and late; in memory, the
// tenant would decide how much of it a run takes. Does not know what is in them.
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Answer } from '../protocol/answers.ts';
import { collectGarbage } from '../system/collect-garbage.ts';
import { readFully } from '../system/read-fully.ts';
import type { Exchange } from '../tenant/exchange.ts';

/** Characters of a body that stays in memory. */
const keptInMemory = 64 * 1024;
/** Bytes of answers that are read before the garbage of those readings is collected. */
const readBetweenCollections = 32 * 1024 * 1024;

let reused = Buffer.alloc(0);

/** Bytes that are used again by the next caller: a buffer for each answer would be garbage that V8 hardly counts. */
function scratch(length: number): Buffer {
  if (reused.length < length) reused = Buffer.allocUnsafeSlow(length);
  return reused.subarray(0, length);
}

export class LongAnswers {
  #folder: string | undefined;
  #file: number | undefined;
  #length = 0;
  #closed = false;
  #readSinceCollected = 0;
  /** The disk is full, or there is no place for a file. */
  #unusable = false;

  /**
   * The same exchange; a long answer is read from a file whenever somebody asks for its body.
   * @param exchange without secrets: its answer is written to the disk
   */
  keep(exchange: Exchange): Exchange {
    const { answer } = exchange;
    if (!answer || answer.body.length <= keptInMemory || this.#unusable) return exchange;
    if (this.#closed) throw new Error('The scenario has ended');
    const bytes = scratch(Buffer.byteLength(answer.body));
    bytes.write(answer.body);
    const from = this.#length;
    try {
      writeFileSync(this.#opened(), bytes);
    } catch {
      this.#unusable = true;
      return exchange;
    }
    this.#length += bytes.length;
    const { status, headers } = answer;
    return { ...exchange, answer: this.#fromFile(status, headers, from, bytes.length) };
  }

  /** Whoever asks for a long answer after this gets an error. */
  close(): void {
    this.#closed = true;
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#remove();
  }

  #fromFile(status: number, headers: Answer['headers'], from: number, length: number): Answer {
    const read = () => this.#read(from, length);
    return {
      status,
      headers,
      get body() {
        return read();
      },
    };
  }

  #opened(): number {
    if (this.#file !== undefined) return this.#file;
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'conformance-answers-'));
    this.#file = openSync(path.join(this.#folder, 'answers'), 'wx+', 0o600);
    // The open file stays usable, and nothing is left behind when the process dies.
    this.#remove();
    return this.#file;
  }

  #read(from: number, length: number): string {
    if (this.#file === undefined) throw new Error('The scenario has ended: its answers are gone');
    this.#readSinceCollected += length;
    if (this.#readSinceCollected > readBetweenCollections) {
      this.#readSinceCollected = 0;
      collectGarbage();
    }
    const bytes = scratch(length);
    if (readFully(this.#file, bytes, 0, from) < length) {
      throw new Error('A file with answers in the temporary folder was cut off');
    }
    return bytes.toString();
  }

  #remove(): void {
    try {
      if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // Windows may keep the name of a file as long as it is open.
    }
  }
}
