// Logs that overlap, as rotation leaves them: a record that two of them have, equal to the millisecond, is one request.
import { hash } from 'node:crypto';
import type { SentRecord } from '../logs/log-entry.ts';

export class Overlap {
  readonly #remembered: number;
  /** How many records were in another log before. */
  count = 0;
  /** The log of each record, by what is in it. */
  #younger = new Map<string, string>();
  #older = new Map<string, string>();

  /** @param remembered how many records are remembered at least, and twice as many at most: far more than logs overlap */
  constructor(remembered = 200_000) {
    this.#remembered = remembered;
  }

  /** Whether the same record came from another log. */
  has({ file, time, url, status, body }: SentRecord): boolean {
    if (time === undefined) return false;
    const key = hash('sha1', JSON.stringify([time, url, status, body]), 'base64');
    const known = this.#younger.get(key) ?? this.#older.get(key);
    if (known !== undefined && known !== file) {
      this.count += 1;
      return true;
    }
    if (this.#younger.size >= this.#remembered) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, file);
    return false;
  }
}
