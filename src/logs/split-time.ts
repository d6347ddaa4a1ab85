// The time of a record that keeps its day and its hour apart.
import { canonical } from './names.ts';
import { epochMs } from './time.ts';

const days = new Set(['date', 'day', 'logdate', 'eventdate', 'datum', 'fecha']);
const hours = new Set(['time', 'timeofday', 'logtime', 'eventtime', 'clock', 'uhrzeit', 'zeit', 'hora']);
const isHour = /^\d{1,2}:\d\d(?::\d\d)?/;

/** The two as one text; undefined when they are not there. */
export function splitTime(record: Record<string, unknown>): string | undefined {
  const [day, hour] = [memberNamed(record, days), memberNamed(record, hours)];
  if (typeof day !== 'string' || typeof hour !== 'string' || !isHour.test(hour)) return undefined;
  const whole = `${day.replace(/[T ]00:00:00(?:\.0+)?Z?$/, '')} ${hour}`;
  return epochMs(whole) === undefined ? undefined : whole;
}

function memberNamed(record: Record<string, unknown>, names: ReadonlySet<string>): unknown {
  const key = Object.keys(record).find((one) => names.has(canonical(one)));
  return key === undefined ? undefined : record[key];
}
