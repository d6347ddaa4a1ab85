// What somebody else wrote must not steer the terminal of whoever reads it, nor hide anything from a reader.
import { truncate } from './truncate.ts';

/** What a reader would not see, and a terminal might obey: controls, direction marks, zero-width and line separators. */
export const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text on one line, with a replacement character for each that is invisible. */
export function visible(text: string): string {
  return text.replace(invisible, '\ufffd');
}

/** A text of one line or several with nothing in it that a terminal might obey. */
export function harmless(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(invisible, (found) => (found === '\n' || found === '\t' ? found : '\ufffd'));
}

/** What came over the wire, at a length that fits a line. */
export function printable(text: string): string {
  return truncate(visible(text), 120);
}
