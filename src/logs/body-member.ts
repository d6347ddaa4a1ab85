// Where the body of a request would be in a record, when what is there is not one.
import { isEventName } from '../protocol/event-table.ts';
import { isObject } from '../protocol/requests.ts';
import { bytesOf, textOf } from './embedded.ts';
import { isAnswerKey, isBodyKey, isLogKey } from './names.ts';
import { untyped } from './typed-value.ts';

const maxDepth = 4;

/** The member in which the body of a request would be, by its name. */
export function bodyMember(value: Record<string, unknown>, depth = 0): { value: unknown } | undefined {
  for (const key of Object.keys(value)) {
    if (isAnswerKey(key)) continue;
    const member = value[key];
    if (isBodyKey(key)) {
      if (!isObject(member)) return { value: member };
      const inner = member.text ?? member.content ?? member.raw ?? member;
      return { value: inner };
    }
    const within = isObject(member) && depth < maxDepth ? bodyMember(member, depth + 1) : undefined;
    if (within) return within;
  }
  return undefined;
}

/** Whether a record has a field of a body, and is something else: that of a logger, a list of other events, or a callback. */
export function isOfAnother(value: Record<string, unknown>): boolean {
  return isCallback(value) || Object.keys(value).some(isLogKey) || isOtherList(value.events);
}

/** It has the outcome and the session of its conversation, and nothing that a request has: that may have a session as well. */
function isCallback(value: Record<string, unknown>): boolean {
  const hasSession = 'sessionId' in value || 'botSessionId' in value;
  return 'status' in value && hasSession && !ofRequest.some((name) => name in value);
}

const ofRequest = [
  ...['events', 'query', 'author', 'language', 'source'],
  ...['sendUserMessage', 'sendAgentMessage'],
];

/** Whether a list of events is one of another kind, as CloudWatch has it. */
function isOtherList(events: unknown): boolean {
  return (
    Array.isArray(events) &&
    events.length > 0 &&
    events.every((one) => isObject(one) && !isEventName(one.name) && ('message' in one || 'timestamp' in one))
  );
}

/** The body in a record as documented: as it is, or in what an exporter has put around it. */
export function recordedBody(given: unknown): unknown {
  const body = untyped(given);
  const isBuffer = isObject(body) && body.type === 'Buffer' && Array.isArray(body.data);
  const bytes = isBuffer ? bytesOf(body.data as unknown[]) : undefined;
  return (bytes && textOf(bytes)) ?? body;
}

/** The body of a request that the recorder kept as bytes. */
export function textOfBytes(bytes: unknown): string | undefined {
  const base64 = isObject(bytes) ? bytes.request : undefined;
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : undefined;
}
