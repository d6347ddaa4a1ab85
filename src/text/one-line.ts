// Untrusted text for a list, a table or a line of the terminal.
import { visible } from './terminal.ts';
import { truncate } from './truncate.ts';

/** A text as one line of at most `max` characters, safe for a terminal. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return visible(truncate(text.replace(/\s+/g, ' ').trim(), max));
}
