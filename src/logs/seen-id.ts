// Finds the conversation of a line that cannot be read as a whole.

/** How much of a text is searched. */
export const searchedBytes = 64 * 1024;

/** Also matches JSON inside a JSON string, where quotes are escaped. */
const member = /(\\{0,7})"conversationId\1"\s{0,20}:\s{0,20}\1"([^"\\\ufffd]{1,200})\1"/g;

/** The only conversationId that a text shows; undefined when it shows none, or several. */
export function seenId(text: string | Buffer): string | undefined {
  const start =
    typeof text === 'string' ? text.slice(0, searchedBytes) : text.toString('utf8', 0, searchedBytes);
  const ids = new Set([...start.matchAll(member)].map(([, , id]) => id));
  return ids.size === 1 ? [...ids][0] : undefined;
}
