// Logs that overlap, as rotation leaves them: a record that two of them have, equal to the millisecond, is one request.
import { hash } from 'node:crypto';
import type { SentRecord } from '../logs/log-entry.ts';
import { isWholeSecond } from '../logs/time.ts';
import { counted } from '../text/count.ts';
import { LogClock } from './log-clock.ts';
import { Recent } from './recent.ts';

export class Overlap {
  /** How many records were in another log before. */
  count = 0;
  /** Those whose time is a whole second: if the log notes no others, two senders may have sent the same within one. */
  #atWholeSeconds = 0;
  readonly #clock = new LogClock();
  /** The log of each record, by what is in it. */
  readonly #logs: Recent<string>;

  /** @param remembered how many records are remembered at least, and twice as many at most: far more than logs overlap */
  constructor(remembered = 200_000) {
    this.#logs = new Recent(remembered);
  }

  /** Whether the same record came from another log. */
  has({ file, time, url, status, body }: SentRecord): boolean {
    if (time === undefined) return false;
    this.#clock.note(time);
    const key = hash('sha1', JSON.stringify([time, url, status, body]), 'base64');
    const known = this.#logs.get(key);
    if (known !== undefined && known !== file) {
      this.count += 1;
      if (isWholeSecond(time)) this.#atWholeSeconds += 1;
      return true;
    }
    this.#logs.set(key, file);
    return false;
  }

  /** What was counted once, in words; undefined when there was nothing. */
  get words(): string | undefined {
    if (this.count === 0) return undefined;
    const unit = this.#inSeconds === 0 ? 'millisecond' : 'second';
    return `${counted(this.count, 'record')} ${this.count === 1 ? 'is' : 'are'} in two logs, equal to the ${unit}: counted once`;
  }

  get #inSeconds(): number {
    return this.#clock.countsMilliseconds ? 0 : this.#atWholeSeconds;
  }

  /** Why it is not known whether that is right. */
  get doubts(): string[] {
    const doubtful = this.#inSeconds;
    if (doubtful === 0) return [];
    const [are, they] = doubtful === 1 ? ['is', 'it was'] : ['are', 'they were'];
    return [
      `${counted(doubtful, 'record')} ${are} in two logs, equal to the second: with times in whole seconds it is not known whether ${they} sent once or twice`,
    ];
  }
}
