// Cuts a text that is too long; never in the middle of a surrogate pair. What is cut keeps nothing of the rest in memory.
import { detached } from './kept.ts';

/** At most `max` characters, including the mark at the end. */
export function truncate(text: string, max: number, mark = '…'): string {
  return text.length > max ? detached(startOf(text, max - mark.length) + mark) : text;
}

/** The first `max` characters, followed by a note on the rest. */
export function truncateWithNote(text: string, max: number, note: string): string {
  return text.length > max ? detached(`${startOf(text, max)}…${note}`) : text;
}

function startOf(text: string, length: number): string {
  const cutsPair =
    /[\ud800-\udbff]/.test(text.charAt(length - 1)) && /[\udc00-\udfff]/.test(text.charAt(length));
  return text.slice(0, cutsPair ? length - 1 : length);
}
