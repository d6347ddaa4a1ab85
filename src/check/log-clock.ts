// How exact the times of logs are. One that ends on a whole second may be exact, or stand for the whole of it.
import { isWholeSecond } from '../logs/time.ts';

/** A clock that counts milliseconds is at a whole second once in a thousand times: this is far from it. */
const fewest = 10;

export class LogClock {
  #whole = 0;
  #others = 0;

  /** Notes the time of a request. */
  note(ms: number | undefined): void {
    if (ms === undefined) return;
    if (isWholeSecond(ms)) this.#whole += 1;
    else this.#others += 1;
  }

  /** Whether its whole seconds are as exact as its other times, since they are few. */
  get countsMilliseconds(): boolean {
    return this.#others > fewest * this.#whole;
  }

  /** Whether two events at the same time were at the same millisecond, as far as is known. */
  isExact(ms: number): boolean {
    return !isWholeSecond(ms) || this.countsMilliseconds;
  }
}

/** Whether a time is before another one: where one may be in whole seconds, only the seconds are compared. */
export function isCertainlyBefore(one: number, other: number): boolean {
  const unit = isWholeSecond(one) || isWholeSecond(other) ? 1000 : 1;
  return Math.floor(one / unit) < Math.floor(other / unit);
}
