// A request and an answer as they are on the wire: bytes, and headers with their case, order and repetitions.

/** Names and values in turn, as in Node: [name, value, name, value …]. */
export type RawHeaders = readonly string[];

export interface RawRequest {
  method: string;
  /** Path and query as they came. */
  target: string;
  headers: RawHeaders;
  body: Buffer;
}

export interface RawAnswer {
  status: number;
  statusText: string;
  headers: RawHeaders;
  body: Buffer;
}

/** Headers about one connection, not the message; those that Connection names are too (RFC 9110, 7.6.1). */
const hopByHop = /^(?:connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i;

export function endToEnd(headers: RawHeaders): string[] {
  const named = valuesOf(headers, 'connection').flatMap((value) =>
    value.split(',').map((name) => name.trim().toLowerCase()),
  );
  return pairsOf(headers)
    .filter(([name]) => !hopByHop.test(name) && !named.includes(name.toLowerCase()))
    .flat();
}

export function without(headers: RawHeaders, name: string): string[] {
  return pairsOf(headers)
    .filter(([given]) => given.toLowerCase() !== name)
    .flat();
}

function valuesOf(headers: RawHeaders, name: string): string[] {
  return pairsOf(headers)
    .filter(([given]) => given.toLowerCase() === name)
    .map(([, value]) => value);
}

export function pairsOf(headers: RawHeaders): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) pairs.push([headers[at]!, headers[at + 1]!]);
  return pairs;
}
