// One HTTP call as a log has it: whether it is a request that this project judges, and what of it was recorded.
import { hooksPaths } from '../protocol/endpoints.ts';
import { isObject } from '../protocol/requests.ts';
import { hooksEndpoint, isAssignment } from '../protocol/sent-request.ts';
import { parsed } from './json.ts';
import type { Found, Place, SentRecord } from './record.ts';

/** As it was read: each member may be anything. */
export interface Call {
  method?: unknown;
  url?: unknown;
  /** Name to value, or the list of a HAR. */
  headers?: unknown;
  /** An object, or JSON as a text. */
  body?: unknown;
  time?: unknown;
  /** As in SentRecord. */
  status?: number | undefined;
}

type Destination = 'hooks' | 'assign-conversation' | 'perhaps hooks' | 'unknown' | 'other';

const other: Found = { kind: 'other' };
const hooksFields = ['conversationId', 'botId', 'events', 'query'];

/** What a call is. Without a URL its body tells; with that of another service it is none of ours. */
export function foundInCall(call: Call, place: Place, hooksPath?: string): Found {
  const destination = destinationOf(call.url, hooksPath);
  const method = typeof call.method === 'string' ? call.method.toUpperCase() : undefined;
  // OPTIONS is a browser's question before the request; HEAD carries nothing.
  if (destination === 'other' || method === 'OPTIONS' || method === 'HEAD') return other;
  const { body } = call;
  if (body === undefined || body === null || body === '')
    return withoutBody(call, method, destination, place);
  const read = typeof body === 'string' ? parsed(body) : { value: body };
  if ('value' in read && isObject(read.value)) return withBody(call, read.value, destination, place);
  if (destination === 'perhaps hooks') return other;
  return skip(
    place,
    'value' in read ? 'the body is JSON, but no object' : `the body is ${cutOr(read.reason, body)}`,
  );
}

/** Whether a body without a URL is meant for the hooks (CE, Request Body). */
export function isLikeHooks(body: object): boolean {
  return 'conversationId' in body || hooksFields.some((field) => field in body);
}

export const notLikeHooks = `JSON, but no hooks request: it has none of ${hooksFields.slice(0, -1).join(', ')} and ${hooksFields.at(-1)}`;

export function skip({ file, line }: Place, reason: string): Found {
  return { kind: 'skipped', skipped: { file, line, reason } };
}

function destinationOf(url: unknown, hooksPath: string | undefined): Destination {
  if (typeof url !== 'string' || url === '') return 'unknown';
  const path = hooksEndpoint(url, hooksPath)?.path;
  if (path !== undefined && (path === hooksPath || (documentedPaths as string[]).includes(path)))
    return 'hooks';
  if (isAssignment(url)) return 'assign-conversation';
  // Others have paths with hooks as well, and a wrong path of ours (HOOKS-EP-02) looks no different.
  return url.includes('/hook') ? 'perhaps hooks' : 'other';
}

const documentedPaths = Object.values(hooksPaths);

/** assign-conversation may carry all in its query. */
function withoutBody(call: Call, method: string | undefined, to: Destination, place: Place): Found {
  if (to === 'assign-conversation') return { kind: 'request', record: recordOf(call, undefined, place) };
  if (to === 'perhaps hooks' || method === 'GET') return other;
  return skip(place, 'no body was recorded');
}

function withBody(call: Call, body: Record<string, unknown>, to: Destination, place: Place): Found {
  if (to === 'unknown' && !isLikeHooks(body)) return skip(place, notLikeHooks);
  if (to === 'perhaps hooks' && hooksFields.filter((field) => field in body).length < 2) return other;
  return { kind: 'request', record: recordOf(call, body, place) };
}

/** The harness cuts what it keeps of a long body (src/evidence/redaction.ts). */
function cutOr(reason: string, body: unknown): string {
  return typeof body === 'string' && /… \(cut, \d+ characters\)$/.test(body)
    ? 'not whole: it was cut when it was recorded'
    : reason;
}

function recordOf(call: Call, body: unknown, { file, line }: Place): SentRecord {
  const record: SentRecord = { file, line, body };
  if (typeof call.method === 'string') record.method = call.method.toUpperCase();
  if (typeof call.url === 'string' && call.url !== '') record.url = call.url;
  if (typeof call.headers === 'object' && call.headers !== null) record.headers = headersOf(call.headers);
  const time = timeOf(call.time);
  if (time !== undefined) record.time = time;
  if (call.status !== undefined) record.status = call.status;
  return record;
}

/** Names in lower case; a header that was sent several times is one, as HTTP has it. */
function headersOf(given: object): Record<string, string> {
  const pairs = Array.isArray(given)
    ? given.filter(isObject).map(({ name, value }) => [name, value])
    : Object.entries(given);
  const headers = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (typeof name !== 'string' || value === undefined || value === null) continue;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(headers);
}

/** Seconds until then are fewer, milliseconds more: it is the year 1973 of one and 5138 of the other. */
const secondsUntil = 1e11;

/** Epoch milliseconds of what is given as such, as epoch seconds, or as ISO 8601, which is UTC unless it says otherwise. */
export function timeOf(given: unknown): number | undefined {
  if (typeof given === 'number')
    return Number.isFinite(given) && given > 0 ? inMilliseconds(given) : undefined;
  if (typeof given !== 'string') return undefined;
  const text = given.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return inMilliseconds(Number(text));
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  const iso = text.replace(' ', 'T').replace(',', '.');
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function inMilliseconds(time: number): number {
  return time < secondsUntil ? time * 1000 : time;
}
