// Logs that overlap, as rotation leaves them: a record that two of them have, equal to the millisecond, is one request.
import { hash } from 'node:crypto';
import type { SentRecord } from '../logs/log-entry.ts';
import { isSuccess } from '../logs/status-code.ts';
import { isWholeSecond } from '../logs/time.ts';
import { counted } from '../text/count.ts';
import { LogClock } from './log-clock.ts';
import { Recent } from './recent.ts';
import { maxBetweenHops } from './same-request.ts';

export class Overlap {
  /** How many records were in another log before. */
  count = 0;
  /** Those whose time is a whole second: if the log notes no others, two senders may have sent the same within one. */
  #atWholeSeconds = 0;
  /** Requests that another log has under the same id, at another time within a second. */
  #atHops = 0;
  readonly #clock = new LogClock();
  /** The log of each record, by what is in it. */
  readonly #logs: Recent<string>;
  /** By id and body: the logs that have the latest of those that were accepted, and its first and its last time in them. */
  readonly #accepted: Recent<{ files: Set<string>; first: number; last: number }>;

  /** @param remembered how many records are remembered at least, and twice as many at most: far more than logs overlap */
  constructor(remembered = 200_000) {
    this.#logs = new Recent(remembered);
    this.#accepted = new Recent(remembered);
  }

  /** Whether the same record came from another log. */
  has(record: SentRecord): boolean {
    const { file, time, url, status, body } = record;
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
    return this.#isAtHop(record, time);
  }

  /**
   * Whether it is a request that another log has as well, less than a second earlier or later. True says that it need not be
   * judged again, and that it is not known whether it was sent twice: a proxy may have logged on its way what its client has sent.
   */
  #isAtHop({ file, requestId, status, body }: SentRecord, time: number): boolean {
    if (requestId === undefined || !isSuccess(status)) return false;
    const key = hash('sha1', JSON.stringify([requestId, body]), 'base64');
    const known = this.#accepted.get(key);
    // A hop logs a request once: what the same log has again was sent again.
    if (known && !known.files.has(file) && isNear(time, known)) {
      known.files.add(file);
      known.first = Math.min(known.first, time);
      known.last = Math.max(known.last, time);
      this.#atHops += 1;
      return true;
    }
    this.#accepted.set(key, { files: new Set([file]), first: time, last: time });
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
    const found: string[] = [];
    const doubtful = this.#inSeconds;
    if (doubtful > 0) {
      const [are, they] = doubtful === 1 ? ['is', 'it was'] : ['are', 'they were'];
      found.push(
        `${counted(doubtful, 'record')} ${are} in two logs, equal to the second: with times in whole seconds it is not known whether ${they} sent once or twice`,
      );
    }
    if (this.#atHops > 0) {
      const [are, they] = this.#atHops === 1 ? ['is', 'it was'] : ['are', 'they were'];
      found.push(
        `${counted(this.#atHops, 'request')} ${are} in two logs under one id, less than a second apart: it is not known whether ${they} sent once or twice; check the log of one hop alone`,
      );
    }
    return found;
  }
}

function isNear(time: number, { first, last }: { first: number; last: number }): boolean {
  return time > first - maxBetweenHops && time < last + maxBetweenHops;
}
