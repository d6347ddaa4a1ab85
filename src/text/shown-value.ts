// A value that is wrong, in the sentence that says so.
import { visible } from './terminal.ts';
import { truncate } from './truncate.ts';

/** As JSON, at a length that fits a line. */
export function shown(value: unknown): string {
  return truncate(visible(written(value)), 60, '...');
}

function written(value: unknown): string {
  // In JSON a number beyond all bounds, which 1e999 is read as, would be null.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    // What nests some thousand levels deep can be read, but not be written.
    return Array.isArray(value) ? '[[[...' : '{...';
  }
}
