// The headers of a request, in whatever form a log has them.
import { isObject } from '../protocol/requests.ts';

/**
 * Names in lower case; a header that was sent several times is one, as HTTP has it.
 * @param given name to value; the list of a HAR; pairs of name and value; names and values in turn, as Node has them
 */
export function headersOf(given: object): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of pairsOf(given)) {
    if (typeof name !== 'string' || value === undefined || value === null) continue;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(headers);
}

function pairsOf(given: object): unknown[][] {
  if (!Array.isArray(given)) return Object.entries(given);
  if (typeof given[0] === 'string') {
    return given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : []));
  }
  return given.flatMap((one) => {
    if (Array.isArray(one)) return [one];
    return isObject(one) ? [[one.name, one.value]] : [];
  });
}
