// The id that a logger gives a request: it stands in each line about the same one.
import { isObject } from '../protocol/requests.ts';
import type { FoundBody } from './finder.ts';
import type { LogEntry } from './log-entry.ts';
import { canonical } from './names.ts';
import { statusOf } from './status.ts';

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

/** Whether the record of a body says that it is a request, as Logbook writes it: its answer is in a record of its own. */
export function isAnsweredApart({ levels }: FoundBody): boolean {
  return levels.some((level) => 'object' in level && level.object.type === 'request');
}

/**
 * The entry of a record that says it is a response, as Logbook writes it: the request is in a record of its own. With a URL or
 * a request in it, it may be the answer to the one that is being handled.
 */
export function answerIn(record: unknown): LogEntry | undefined {
  if (!isObject(record) || record.type !== 'response') return undefined;
  if (['url', 'uri', 'path', 'request', 'req'].some((name) => name in record)) return undefined;
  const [requestId, status] = [idIn(record, ''), statusOf(record)];
  return requestId === undefined || status === undefined
    ? undefined
    : { kind: 'other', answer: { requestId, status } };
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
