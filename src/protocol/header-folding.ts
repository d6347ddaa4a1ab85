/**
 * Headers by their names in lower case; one that was sent several times is one, with commas between, as HTTP has it.
 * @param pairs name and value, or several values; what is neither a name nor a value is left out
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
