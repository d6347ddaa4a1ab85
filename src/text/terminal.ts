// Untrusted text must not control a reader's terminal, or hide anything from the reader.
import { truncate } from './truncate.ts';

/** Characters that a reader does not see and a terminal may obey: controls, direction marks, zero-width, line separators. */
export const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text on one line, with a replacement character for each invisible one. */
export function visible(text: string): string {
  return text.replace(invisible, '\ufffd');
}

/** A text of several lines, safe for a terminal: keeps line breaks and tabs, replaces all other invisible characters. */
export function harmless(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(invisible, (found) => (found === '\n' || found === '\t' ? found : '\ufffd'));
}

/** A text from the network, at a length that fits a line. */
export function printable(text: string): string {
  return truncate(visible(text), 120);
}
