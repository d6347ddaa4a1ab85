// The time of a request, in any of the forms that logs have.
import { isObject } from '../protocol/requests.ts';
import { untyped } from './typed-value.ts';

/** 2026-05-04T09:30:04.123+02:00 and its relatives: a space, a slash or nothing between the parts, a space before the zone. */
const iso =
  /^(\d{4})([-/.]?)(\d\d)\2(\d\d)[T _](\d\d):?(\d\d)(?::?(\d\d)(?:[.,:](\d{1,9}))?)?\s*(Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d(?::?\d\d)?)?(\[[\w/+-]+\])?$/i;
/** As in mail, HTTP and Java: Mon, 4 May 2026 09:30:04 +0200; also 04-May-2026 09:30:04. */
const dayFirst =
  /^(?:[a-z]{3,9},? +)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4}),? (?:at )?(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? *(?:(Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d:?\d\d)(?: +\(.*\))?)?$/i;
/** As in the access logs of Apache and nginx: 04/May/2026:09:30:04 +0200. */
const access = /^(\d{2})\/([a-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? *([+-]\d\d:?\d\d)?$/i;
/** As Splunk, asctime, Java and JavaScript write it: Mon May 4 09:30:04.123 CEST 2026, May 4, 2026 9:30:04.123 AM. */
const monthFirst =
  /^(?:[a-z]{3,9},? )?([a-z]{3})[a-z]* (\d{1,2}),? (?:(\d{4}),?(?: @| at)? )?(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?([ap])\.?m\.?)?(?: (?:(?:UTC|GMT)(?=[+-]))?(Z|[A-Z]{3,4}|[+-]\d\d:?\d\d))?(?: \(.*\))?(?: (\d{4}))?$/i;
/** 2026-5-4 9:30:04 AM, and as Go writes it: 2026-05-04 09:30:04.123 +0000 UTC m=+0.5. */
const yearFirst =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|[A-Z]{3,4}|[+-]\d\d:?\d\d)(?: [A-Z]{3,4})?(?: m=[+-][\d.]+)?)?$/i;

/** 24.11.2025 16:00:29, 11/24/2025 4:00:29 PM */
const numeric =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}),?[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?\s*(Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d:?\d\d)?$/i;
/** As .NET writes it in JSON. */
const ofDotNet = /^\\?\/Date\((\d{9,14})(?:[+-]\d{4})?\)\\?\/$/;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const zones: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  JST: 9,
  AEST: 10,
  AEDT: 11,
  EDT: -4,
  EST: -5,
  CDT: -5,
  CST: -6,
  MDT: -6,
  MST: -7,
  PDT: -7,
  PST: -8,
};

export interface Instant {
  /** Epoch milliseconds; UTC when the log has no zone. */
  ms: number;
  /** The log has no zone: in autumn its clock goes back an hour. */
  isLocal?: true;
}

/**
 * Epoch milliseconds of a number (seconds to nanoseconds), of ISO 8601, or of a date as in mail, HTTP and access logs; UTC
 * unless it has a zone. Undefined when it cannot be read.
 */
export function epochMs(given: unknown): number | undefined {
  return instantOf(given)?.ms;
}

/** Whether a time may have been noted in whole seconds, however it was written: what comes in one has no order. */
export function isWholeSecond(ms: number): boolean {
  return ms % 1000 === 0;
}

export function instantOf(value: unknown): Instant | undefined {
  const given = untyped(value);
  if (typeof given === 'number') return known(inMilliseconds(given));
  if (typeof given === 'string') return ofText(given.trim());
  if (typeof given === 'bigint') return known(inMilliseconds(Number(given)));
  if (Array.isArray(given)) return ofList(given);
  return isObject(given) ? ofObject(given) : undefined;
}

/** The common form, for which JavaScript has a reader that is faster. */
const isUsual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/;

/** Of the latest text: whether it is a time is asked before which one. */
let latest: { text: string; instant: Instant | undefined } = { text: '', instant: undefined };

function ofText(text: string): Instant | undefined {
  // A duration has such a name too, as 0.012.
  if (text.length < shortest) return undefined;
  if (latest.text !== text) latest = { text, instant: read(text) };
  return latest.instant;
}

/** Seconds of 1973. */
const shortest = 9;

function read(given: string): Instant | undefined {
  if (isUsual.test(given)) return known(Date.parse(given));
  const text = plain(given);
  if (/^\d{9,}(\.\d+)?$/.test(text)) return known(inMilliseconds(Number(text)));
  const [, year, , month, day, hour, minute, second, fraction, zone] = iso.exec(text) ?? [];
  if (year) return instant([year, month!, day!], [hour!, minute!, second, fraction], zone);
  const named = dayFirst.exec(text) ?? access.exec(text);
  if (named) {
    const [, day, month, year, hour, minute, second, fraction, zone] = named;
    return instant([year!, monthNumber(month!), day!], [hour!, minute!, second, fraction], zone);
  }
  const ofNumbers = numeric.exec(text);
  if (ofNumbers) return fromNumbers(ofNumbers);
  const [, ticks] = ofDotNet.exec(text) ?? [];
  if (ticks) return known(Number(ticks));
  const loose = yearFirst.exec(text);
  if (loose) return fromYearFirst(loose);
  const american = monthFirst.exec(text);
  if (!american) return undefined;
  const [, name, dayOf, yearBefore, hourOf, minuteOf, secondOf, fractionOf, half, zoneOf, yearBehind] =
    american;
  const yearOf = yearBefore ?? yearBehind;
  // Without a year, as in syslog, it is not known which one.
  if (yearOf === undefined) return undefined;
  const clock: Clock = [hoursOf(hourOf!, half), minuteOf!, secondOf, fractionOf];
  return instant([yearOf, monthNumber(name!), dayOf!], clock, zoneOf);
}

/** Without the spaces and the minus of typographers, and without the brackets of access logs. */
function plain(text: string): string {
  return text
    .replaceAll('\u2212', '-')
    .replace(/\s+/g, ' ')
    .replace(/^\[(.*)\]$/, '$1');
}

function fromYearFirst(read: RegExpExecArray): Instant | undefined {
  const [, year, , month, day, hour, minute, seconds, fraction, half, zone] = read;
  return instant([year!, month!, day!], [hoursOf(hour!, half), minute!, seconds, fraction], zone);
}

function hoursOf(hour: string, half: string | undefined): string {
  return half ? String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)) : hour;
}

/** Which of the two is the month, the dots say, AM and PM, or a number that no month has. Otherwise it is not known. */
function fromNumbers(read: RegExpExecArray): Instant | undefined {
  const [, first, separator, second, year, hour, minute, seconds, fraction, half, zone] = read;
  const isDayFirst = separator === '.' || (!half && Number(first) > 12);
  const isMonthFirst = separator !== '.' && (half !== undefined || Number(second) > 12);
  if (isDayFirst === isMonthFirst) return undefined;
  const [month, day] = isDayFirst ? [second!, first!] : [first!, second!];
  return instant([year!, month, day], [hoursOf(hour!, half), minute!, seconds, fraction], zone);
}

/** As Java writes a local time, [2025,11,24,16,0,29,968000000]; or a time in a list of its own. */
function ofList(list: readonly unknown[]): Instant | undefined {
  if (list.length === 1) return instantOf(list[0]);
  const [year, month, day, hour, minute, second = 0, nanos = 0] = list;
  if (list.length < 5 || list.length > 7 || !list.every((one) => Number.isInteger(one))) return undefined;
  const fraction = String(nanos).padStart(9, '0');
  return instant(
    [String(year), String(month), String(day)],
    [String(hour), String(minute), String(second), fraction],
    undefined,
  );
}

/** As log4j2, protobuf and PHP write it. */
function ofObject(given: Record<string, unknown>): Instant | undefined {
  const { date, timezone } = given;
  if (typeof date === 'string') return ofText(`${date} ${timezone}`) ?? ofText(date);
  const { epochSecond, seconds, nanoOfSecond, nanos } = given;
  const whole = Number(epochSecond ?? seconds ?? Number.NaN);
  const rest = Number(nanoOfSecond ?? nanos ?? 0);
  return whole > 0 ? known(whole * 1000 + rest / 1e6) : undefined;
}

type Clock = [hour: string, minute: string, second: string | undefined, fraction: string | undefined];

function instant(
  [year, month, day]: [string, string | number, string],
  [hour, minute, second = '0', fraction]: Clock,
  zone: string | undefined,
): Instant | undefined {
  const parts = [month, day, hour, minute, second].map(Number) as [number, number, number, number, number];
  const [m, d, h, min, s] = parts;
  const isReal = m >= 1 && m <= 12 && d >= 1 && d <= 31 && h <= 24 && min <= 59 && s <= 60;
  if (!isReal) return undefined;
  // Parts of a millisecond count: two requests may come in one.
  const local = Date.UTC(Number(year), m - 1, d, h, min, s) + Number(`0.${fraction ?? 0}`) * 1000;
  if (Number.isNaN(local)) return undefined;
  const offset = zone === undefined ? 0 : offsetMs(zone);
  if (offset === undefined) return undefined;
  return zone === undefined ? { ms: local, isLocal: true } : { ms: local - offset };
}

/** Undefined for letters that stand for several zones, or for none. */
function offsetMs(zone: string): number | undefined {
  const named = zones[zone.toUpperCase()];
  if (named !== undefined) return named * 3_600_000;
  if (/^[a-z]{3,}$/i.test(zone)) return undefined;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** From 1; not a number for a word that is no month. */
function monthNumber(name: string): number {
  return months.indexOf(name.toLowerCase()) + 1 || Number.NaN;
}

/** The size shows the unit: 1e11 seconds is the year 5138, 1e11 milliseconds is 1973, and so on. */
function inMilliseconds(time: number): number | undefined {
  if (!(time > 0 && time < 1e20)) return undefined;
  if (time < 1e11) return time * 1000;
  if (time < 1e14) return time;
  return time < 1e17 ? time / 1e3 : time / 1e6;
}

function known(ms: number | undefined): Instant | undefined {
  return ms === undefined || Number.isNaN(ms) ? undefined : { ms };
}
