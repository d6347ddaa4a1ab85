// The time of a request, in any of the forms that logs have.

const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const rfc2822 =
  /^([a-z]{3}, *)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(:\d\d)?( +([a-z]{1,5}|[+-]\d{4}))?( +\(.*\))?$/i;

/**
 * Epoch milliseconds of a number (seconds to nanoseconds), of ISO 8601, or of a date as in mail and HTTP; UTC unless it
 * has a zone. Undefined when it cannot be read.
 */
export function epochMs(given: unknown): number | undefined {
  if (typeof given === 'number') return inMilliseconds(given);
  if (typeof given !== 'string') return undefined;
  const text = given.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return inMilliseconds(Number(text));
  if (iso.test(text)) return parsedIso(text.replace(' ', 'T').replace(',', '.'));
  const zone = rfc2822.exec(text);
  return zone ? known(Date.parse(zone[3] ? text : `${text} GMT`)) : undefined;
}

function parsedIso(text: string): number | undefined {
  return known(Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`));
}

/** The size shows the unit: 1e11 seconds is the year 5138, 1e11 milliseconds is 1973, and so on. */
function inMilliseconds(time: number): number | undefined {
  if (!(time > 0 && time < 1e20)) return undefined;
  if (time < 1e11) return time * 1000;
  if (time < 1e14) return time;
  return time < 1e17 ? time / 1e3 : time / 1e6;
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}
