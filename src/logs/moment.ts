// The date and the clock in a text that is no time for certain: enough to see which of two comes later, and no more.

export interface Moment {
  /** Year, month and day, or month and day; as it is written where nobody knows which number is the month. */
  date: readonly number[] | string | undefined;
  /** Since midnight. */
  seconds: number;
}

const asClock = String.raw`(?<![\d:.])(\d{1,2}):(\d\d)`;
const half = String.raw`(?!\d)(?:\s?([AP])\.?M\b)?`;
const clocks = [
  new RegExp(String.raw`${asClock}:(\d\d(?:[.,]\d{1,9})?)${half}`, 'i'),
  new RegExp(`${asClock}()${half}`, 'i'),
];

/** What may stand between a date and its clock. */
const between = /(?:\s+at\s+|[\sT,;:_|[\]"'(]*)$/;

const yearFirst = /(?<![\w.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
/** As in 20260504. */
const inDigits = /(?<![\w.-])(20\d\d)([01]\d)([0-3]\d)$/;
/** As glog writes it: I0504. */
const behindLevel = /(?<!\w)[IWEF]([01]\d)([0-3]\d)$/;
const dayFirst = /(?<!\w)(\d{1,2})[-/. ]+([a-z]{3,9})\.?(?:[-/., ]+(\d{4}|\d\d))?$/i;
const monthFirst = /(?:(?<!\w)(\d{4})[-/. ]+)?(?<![a-z])([a-z]{3,9})\.?[-/. ]+(\d{1,2})(?:,? +(\d{4}))?$/i;
const unclear = /(?<![\w.-])\d{1,2}([-/.])\d{1,2}(?:\1(?:\d{4}|\d\d)?)?$/;

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Undefined when a text has no clock. */
export function momentIn(text: string): Moment | undefined {
  for (const form of clocks) {
    const found = form.exec(text);
    if (!found) continue;
    const [, hours, minutes, seconds, ofDay] = found;
    const hour = ofDay === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(ofDay) ? 12 : 0);
    return {
      date: dateAtTheEnd(text.slice(0, found.index).replace(between, '')),
      seconds: (hour * 60 + Number(minutes)) * 60 + Number(seconds!.replace(',', '.')),
    };
  }
  return undefined;
}

function dateAtTheEnd(text: string): Moment['date'] {
  const full = yearFirst.exec(text);
  if (full) return [full[1], full[3], full[4]].map(Number);
  const digits = inDigits.exec(text) ?? behindLevel.exec(text);
  if (digits) return digits.slice(1).map(Number);
  const [, day, name, year] = dayFirst.exec(text) ?? [];
  if (name !== undefined) {
    const date = named(year, name, day);
    if (date) return date;
  }
  const [, before, month, of, after] = monthFirst.exec(text) ?? [];
  return (month === undefined ? undefined : named(before ?? after, month, of)) ?? unclear.exec(text)?.[0];
}

function named(year: string | undefined, name: string, day: string | undefined): number[] | undefined {
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return undefined;
  return [...(year === undefined ? [] : [Number(year)]), month, Number(day)];
}

const collator = new Intl.Collator('en', { numeric: true });
const hour = 3600;

/** Whether one moment comes before another one, as far as their texts tell. */
export function isEarlier(one: Moment, other: Moment): boolean {
  const dates = compared(one.date, other.date);
  if (dates !== 0 && dates !== undefined) return dates < 0;
  if (dates === undefined && isMidnightBetween(one, other)) return one.seconds > other.seconds;
  if (dates === undefined && typeof one.date === 'string' && typeof other.date === 'string')
    return collator.compare(one.date, other.date) < 0;
  return one.seconds < other.seconds;
}

/** The hour before midnight comes before the one after it, where no date says that a day lies between them. */
function isMidnightBetween({ seconds: one }: Moment, { seconds: other }: Moment): boolean {
  return Math.min(one, other) < hour && Math.max(one, other) >= 23 * hour;
}

/** Undefined when it is not known which date is the later one. */
function compared(one: Moment['date'], other: Moment['date']): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (String(one) === String(other)) return 0;
  if (typeof one === 'string' || typeof other === 'string' || one.length !== other.length) return undefined;
  // Without a year, January comes after December.
  if (one.length === 2 && Math.abs(one[0]! - other[0]!) === 11) return other[0]! - one[0]!;
  const differs = one.findIndex((number, index) => number !== other[index]);
  return one[differs]! - other[differs]!;
}
