// Times without a zone: in autumn the clock goes back an hour, and the same times come twice. In that hour they are no
// evidence of order, so the order of the log counts.
import type { LogEntry, SentRecord } from './log-entry.ts';

export class LocalTimes {
  #latest: number | undefined;
  #rises = 0;
  #falls = 0;
  #settled: number | undefined;

  /** Settles the times of a batch. Its records are those that come next in the log. */
  settle(batch: readonly LogEntry[]): void {
    const records = batch.flatMap((entry) =>
      entry.kind === 'request' && entry.record.timeIsLocal ? [entry.record] : [],
    );
    if (records.length === 0) return;
    for (const { time } of records) this.#note(time!);
    for (const record of records) this.#settle(record);
  }

  #note(time: number): void {
    if (this.#latest !== undefined && time > this.#latest) this.#rises += 1;
    if (this.#latest !== undefined && time < this.#latest) this.#falls += 1;
    this.#latest = time;
  }

  #settle(record: SentRecord): void {
    const { time } = record;
    // Only that of this batch knows it.
    delete record.timeIsLocal;
    if (mayComeTwice(time!)) {
      const isNewestFirst = this.#falls > this.#rises;
      this.#settled ??= time!;
      this.#settled = isNewestFirst ? Math.min(this.#settled, time!) : Math.max(this.#settled, time!);
      record.time = this.#settled;
    } else this.#settled = time;
  }
}

/** Whether a time is in a night in which clocks go back somewhere: a Sunday in October, November or April. */
function mayComeTwice(time: number): boolean {
  const date = new Date(time);
  if (date.getUTCDay() !== 0 || date.getUTCHours() > 3) return false;
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  return (month === 10 && day >= 25) || ((month === 11 || month === 4) && day <= 7);
}
