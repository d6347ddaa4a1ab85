// The id that a logger gives a request: it stands in each line about the same one.
import { isObject } from '../protocol/requests.ts';
import type { FoundBody } from './finder.ts';
import { canonical } from './names.ts';

const names = new Set(
  'requestid reqid xrequestid httprequestid correlation correlationid xcorrelationid exchangeid eventid messageid invocationid id'.split(
    ' ',
  ),
);
/** What holds an id of its own: event.id, request.id. */
const holders = new Set([
  'event',
  'request',
  'req',
  'http',
  'headers',
  'requestheaders',
  'context',
  'meta',
  'metadata',
]);

/** The nearest one; undefined when there is none. What lies outside of a list is not about one of its members. */
export function requestIdOf({ levels }: FoundBody): string | undefined {
  for (const level of levels.toReversed()) {
    if ('member' in level) return undefined;
    const found = 'object' in level ? idIn(level.object, level.key) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function idIn(record: Record<string, unknown>, inner: string): string | undefined {
  const { traceid, spanid, others } = idsIn(record);
  const [own] = others;
  if (own !== undefined) return own;
  if (traceid !== undefined && spanid !== undefined) return `${traceid} ${spanid}`;
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (key === inner || !isObject(value) || !holders.has(canonical(key))) continue;
    const [of] = idsIn(value).others;
    if (of !== undefined) return of;
  }
  return undefined;
}

function idsIn(record: Record<string, unknown>): { traceid?: string; spanid?: string; others: string[] } {
  const found: { traceid?: string; spanid?: string; others: string[] } = { others: [] };
  for (const key of Object.keys(record)) {
    const value = record[key];
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') continue;
    const name = canonical(key);
    if (name === 'traceid' || name === 'spanid') found[name] = String(value);
    else if (names.has(name)) found.others.push(`${name} ${value}`);
  }
  return found;
}
