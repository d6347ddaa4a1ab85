// One HTTP call of a log: decides whether it is a request that this project judges, and keeps what was recorded of it.
import { hooksPaths } from '../protocol/endpoints.ts';
import { isEventName } from '../protocol/event-table.ts';
import { isRefused } from '../protocol/lifecycle/tracker.ts';
import { conversationIdOf, isObject } from '../protocol/requests.ts';
import { hooksEndpoint, isAssignment } from '../protocol/sent-request.ts';
import { grouped } from '../text/count.ts';
import { fromBase64 } from './embedded.ts';
import { exactJson } from './exact-json.ts';
import { mayBeIn } from './finder.ts';
import { headersOf } from './headers.ts';
import { type Parsed, parsed } from './json.ts';
import type { LogEntry, LogPosition, SentRecord, Skipped } from './log-entry.ts';
import type { OtherTimes } from './other-times.ts';
import { seenId } from './seen-id.ts';
import { instantOf } from './time.ts';

/** A call as it was read: each member may be any value. */
export interface Call {
  method?: unknown;
  url?: unknown;
  /** In any form that headersOf takes. */
  headers?: unknown;
  /** An object, or JSON as a text. */
  body?: unknown;
  time?: unknown;
  /** As in SentRecord. */
  otherTimes?: OtherTimes | undefined;
  /** As in SentRecord. */
  status?: number | undefined;
  /** As in SentRecord. */
  requestId?: string | undefined;
  /** As in SentRecord. */
  isAnsweredApart?: boolean | undefined;
  /** What the receiver said; asked for only when it refused the request. */
  answerWords?: (() => string | undefined) | undefined;
  /** As in SentRecord; needless for a body that is a text. */
  exact?: (() => unknown) | undefined;
}

type Destination = 'hooks' | 'assign-conversation' | 'perhaps hooks' | 'unknown' | 'elsewhere';

const other: LogEntry = { kind: 'other' };
const hooksFields = ['conversationId', 'botId', 'events', 'query'];

/** The entry of a call, recognised by its URL or, without one, by its body. A call to another service is `other`. */
export function toLogEntry(call: Call, place: LogPosition, hooksPath?: string): LogEntry {
  const destination = destinationOf(call.url, hooksPath);
  const method = typeof call.method === 'string' ? call.method.toUpperCase() : undefined;
  // A browser sends OPTIONS before the request; HEAD has no body.
  if (method === 'OPTIONS' || method === 'HEAD') return other;
  const { body } = call;
  // Most calls of a HAR go to other services: a body is parsed only when it may be meant for the hooks.
  if (destination === 'elsewhere' && typeof body === 'string' && !mayBeIn(body)) return other;
  if (body === undefined || body === null || body === '')
    return withoutBody(call, method, destination, place);
  const read = typeof body === 'string' ? parsedBody(body) : { value: body };
  if ('value' in read && isObject(read.value)) return withBody(call, read.value, destination, place);
  if (isDoubtful(destination)) return other;
  return skip(place, 'value' in read ? notAnObject(read.value) : `the body is ${cutOr(read.reason, body)}`, {
    ...('value' in read ? {} : belongingTo(body as string)),
    ...refusedAs(call),
  });
}

function notAnObject(value: unknown): string {
  return typeof value === 'string' && mayBeIn(value)
    ? 'the body is a text of JSON that holds the JSON as a text: it is not known whether it was sent so; let the log have the body as it was sent'
    : 'the body is JSON, but not an object';
}

/** A body as it was recorded: a text, or bytes in base64, plain or gzip. */
function parsedBody(body: string): Parsed {
  const read = parsed(body);
  const packed = 'value' in read ? undefined : fromBase64(body.trim());
  return packed === undefined ? read : parsed(packed);
}

/** Whether a body without a URL is meant for the hooks (CE, Request Body). */
export function isLikeHooks(body: object): boolean {
  return 'conversationId' in body || hooksFields.some((field) => field in body);
}

export const notLikeHooks = `JSON, but not a hooks request: it has none of ${hooksFields.slice(0, -1).join(', ')} and ${hooksFields.at(-1)}`;

/** What is known about a skipped line, besides the reason. */
export type About = Pick<Skipped, 'conversationId' | 'damage' | 'wasRefused'>;

export function skip({ file, line }: LogPosition, reason: string, about: About = {}): LogEntry {
  return { kind: 'skipped', skipped: { file, line, reason, ...about } };
}

/** The conversation of a text that cannot be read, if the text shows it. */
export function belongingTo(text: string | Buffer): About {
  const conversationId = seenId(text);
  return conversationId === undefined ? {} : { conversationId };
}

/** The conversation of a body. */
export function aboutBody({ conversationId }: Record<string, unknown>): About {
  return typeof conversationId === 'string' ? { conversationId } : {};
}

function refusedAs({ status }: Call): About {
  return isRefused(status) ? { wasRefused: true } : {};
}

function destinationOf(url: unknown, hooksPath: string | undefined): Destination {
  if (typeof url !== 'string' || url === '') return 'unknown';
  const path = hooksEndpoint(url, hooksPath)?.path;
  if (path !== undefined && (path === hooksPath || (documentedPaths as string[]).includes(path)))
    return 'hooks';
  if (isAssignment(url)) return 'assign-conversation';
  // Other services have such paths as well, and a wrong path of the hooks (HOOKS-EP-02) looks the same.
  return url.includes('/hook') ? 'perhaps hooks' : 'elsewhere';
}

function isDoubtful(destination: Destination): boolean {
  return destination === 'perhaps hooks' || destination === 'elsewhere';
}

const documentedPaths = Object.values(hooksPaths);

/** assign-conversation may have all its parameters in the query. */
function withoutBody(call: Call, method: string | undefined, to: Destination, place: LogPosition): LogEntry {
  if (to === 'assign-conversation') return { kind: 'request', record: recordOf(call, undefined, place) };
  if (isDoubtful(to) || method === 'GET') return other;
  return skip(place, 'no body was recorded', refusedAs(call));
}

/** The most events that one request is judged with: documented ones have one or two, and each costs time. */
export const maxEvents = 1000;

function withBody(call: Call, body: Record<string, unknown>, to: Destination, place: LogPosition): LogEntry {
  if (to === 'unknown' && !isLikeHooks(body)) return skip(place, notLikeHooks);
  if (to === 'perhaps hooks' && hooksFields.filter((field) => field in body).length < 2) return other;
  if (to === 'elsewhere' && !isHooksBody(body)) return other;
  const excess = excessOf(body, place);
  if (excess) return excess;
  return { kind: 'request', record: recordOf(call, body, place) };
}

/** The entry of a body with too many events to be judged; undefined for any other. */
export function excessOf(body: Record<string, unknown>, place: LogPosition): LogEntry | undefined {
  const { events } = body;
  if (!Array.isArray(events) || events.length <= maxEvents) return undefined;
  const conversationId = conversationIdOf(body);
  const reason = `it has ${grouped(events.length)} events in one request; up to ${grouped(maxEvents)} are judged`;
  return skip(place, reason, conversationId === undefined ? {} : { conversationId });
}

/**
 * Whether a body is clearly meant for the hooks, and so went to a wrong path (HOOKS-EP-02). A single field of a message
 * does not suffice: other services have bodies with an agentId or a source as well.
 */
function isHooksBody(body: Record<string, unknown>): boolean {
  if (!('conversationId' in body)) return false;
  if ('query' in body && 'author' in body) return true;
  const { events } = body;
  return Array.isArray(events) && events.some((event) => isObject(event) && isEventName(event.name));
}

/** The reason, or a better one for a long body that the harness cut (src/evidence/redaction.ts). */
function cutOr(reason: string, body: unknown): string {
  return typeof body === 'string' && /… \(cut, \d+ characters\)$/.test(body)
    ? 'incomplete: it was cut when it was recorded'
    : reason;
}

function recordOf(call: Call, body: unknown, { file, line }: LogPosition): SentRecord {
  const record: SentRecord = { file, line, body };
  if (typeof call.method === 'string') record.method = call.method.toUpperCase();
  if (typeof call.url === 'string' && call.url !== '') record.url = call.url;
  if (typeof call.headers === 'object' && call.headers !== null) record.headers = headersOf(call.headers);
  const time = instantOf(call.time);
  if (time !== undefined) record.time = time.ms;
  else if (call.time !== undefined && call.time !== null && call.time !== '') {
    record.timeUnread = true;
    if (typeof call.time === 'string') record.otherTimes = { '.time': call.time };
  } else if (call.otherTimes) record.otherTimes = call.otherTimes;
  if (call.status !== undefined) record.status = call.status;
  if (call.requestId !== undefined) record.requestId = call.requestId;
  if (call.isAnsweredApart) record.isAnsweredApart = true;
  if (isRefused(call.status)) {
    const words = call.answerWords?.();
    if (words !== undefined) record.refusal = words;
  }
  const exact =
    call.exact ?? (typeof call.body === 'string' ? () => exactJson(call.body as string) : undefined);
  if (exact) record.exact = exact;
  // The last member, since it is taken away again.
  if (time?.isLocal) record.timeIsLocal = true;
  return record;
}
