// A wrong value, quoted in a message.
import { visible } from './terminal.ts';
import { truncate } from './truncate.ts';

/** A value as JSON, at a length that fits a line. */
export function shown(value: unknown): string {
  return truncate(visible(serialised(value)), 60, '...');
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
