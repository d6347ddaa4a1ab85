// Whether what looks like the times of a conversation, but is not known to be, rises with the log. Where it does not, the
// order of the log may not be the one in which the requests were sent.
import type { SentRecord } from '../logs/log-entry.ts';
import { isEarlier, momentIn } from '../logs/moment.ts';

const collator = new Intl.Collator('en', { numeric: true });

export class OtherTimes {
  readonly #latest = new Map<string, number | string>();
  #file: string | undefined;
  /** Where the times lie that fall, as `.delivered`. */
  falling: string | undefined;
  /** Whether they are in a form that is not read. */
  isUnread = false;

  note({ file, time, otherTimes }: SentRecord): void {
    if (time !== undefined || otherTimes === undefined) return;
    if (file !== this.#file) this.#latest.clear();
    this.#file = file;
    for (const [path, now] of Object.entries(otherTimes)) {
      const before = this.#latest.get(path);
      this.#latest.set(path, now);
      if (this.falling !== undefined || before === undefined || !isLess(now, before)) continue;
      this.falling = path;
      this.isUnread = typeof now === 'string';
    }
  }
}

function isLess(one: number | string, other: number | string): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  // What stands before a clock, as the number of a thread, is no part of the time.
  const [moment, otherMoment] = [momentIn(String(one)), momentIn(String(other))];
  if (moment && otherMoment) return isEarlier(moment, otherMoment);
  return collator.compare(String(one), String(other)) < 0;
}
