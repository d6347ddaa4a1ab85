// The start of a text that is longer than there is room for. Never half of a character that is two in JavaScript.

/** At most `max` characters, the mark at the end included. */
export function truncate(text: string, max: number, mark = '…'): string {
  return text.length > max ? startOf(text, max - mark.length) + mark : text;
}

/** The first `max` characters, and then what a reader has to know of the rest. */
export function truncateWithNote(text: string, max: number, note: string): string {
  return text.length > max ? `${startOf(text, max)}…${note}` : text;
}

function startOf(text: string, length: number): string {
  const cutsPair =
    /[\ud800-\udbff]/.test(text.charAt(length - 1)) && /[\udc00-\udfff]/.test(text.charAt(length));
  return text.slice(0, cutsPair ? length - 1 : length);
}
