// A wrong value, quoted in a message.
import { visible } from './terminal.ts';
import { truncate } from './truncate.ts';

const maxLength = 60;

/** A value as JSON, at a length that fits a line. */
export function shown(value: unknown): string {
  return truncate(visible(serialised(beginningOf(value)).slice(0, 4 * maxLength)), maxLength, '...');
}

/** What is shown of a long text needs only its beginning. */
function beginningOf(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 4 * maxLength) : value;
}

function serialised(value: unknown): string {
  // JSON.stringify writes Infinity, which 1e999 is parsed as, as null.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    // A value of several thousand levels can be parsed, but not serialised.
    return Array.isArray(value) ? '[[[...' : '{...';
  }
}
