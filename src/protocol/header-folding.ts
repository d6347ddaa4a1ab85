/**
 * Headers by name in lower case. A header that was sent several times becomes one, its values joined by commas (HTTP).
 * @param pairs a name and its value or values; a pair with anything else is left out
 */
export function headersByName(pairs: Iterable<readonly unknown[]>): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (typeof name !== 'string' || value === undefined || value === null) continue;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(headers);
}
