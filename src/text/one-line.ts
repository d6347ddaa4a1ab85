// Text from elsewhere in a list, a table or a line of the terminal.
import { visible } from './terminal.ts';
import { truncate } from './truncate.ts';

/** A text as one line of at most `max` characters, which a terminal may be given. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return visible(truncate(text.replace(/\s+/g, ' ').trim(), max));
}
