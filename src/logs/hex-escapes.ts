// What nginx writes unless its log_format has escape=json: a quotation mark, a backslash and whatever is not ASCII as the
// bytes that it has in UTF-8, \x22. JSON has no such escape.

const escapes = /(?:\\x[0-9a-f]{2})+/gi;
/** The beginning of an object in a text of JSON. */
const inJson = /"\s*:\s*"\s*\{\s*\\x22/i;

/** A line of a log with what its escapes stand for; undefined when it has no object that is escaped so. */
export function withoutHexEscapes(line: string): string | undefined {
  if (!/\{\s*\\x22/i.test(line)) return undefined;
  return inJson.test(line)
    ? line.replace(escapes, (bytes) => JSON.stringify(decoded(bytes)).slice(1, -1))
    : line.replace(escapes, decoded);
}

function decoded(bytes: string): string {
  return Buffer.from(bytes.replaceAll(/\\x/gi, ''), 'hex').toString();
}
