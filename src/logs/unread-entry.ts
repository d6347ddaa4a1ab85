// The entry of a record that holds a call in a form that is not read: cut, packed, or written by another rule than JSON's.
import { isObject } from '../protocol/requests.ts';
import type { BodilessCalls } from './bodiless.ts';
import { bodyMember } from './body-member.ts';
import { belongingTo, notLikeHooks, skip } from './call.ts';
import { cutBodyIn } from './cut-body.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import { eventsIn, holdsUnread, mayName, namesEvent, notReadable, textIn } from './unread-call.ts';

/** Undefined when it holds none. @param text the record */
export function unreadEntry(value: unknown, place: LogPosition, text: string): LogEntry | undefined {
  if (isObject(value) && isPacked(value, text)) return skip(place, notReadable);
  if (!mayName.test(text)) return undefined;
  const cut = cutBodyIn(value);
  if (cut !== undefined) return skip(place, 'the JSON of a body in it is not complete', belongingTo(cut));
  return textIn(value, holdsUnread) === undefined ? undefined : skip(place, notReadable, belongingTo(text));
}

/** Whether the body of a record that has to do with the hooks is packed, encrypted or the like. @param text the record */
function isPacked(record: Record<string, unknown>, text: string): boolean {
  if (!/hook/i.test(text)) return false;
  const body = bodyMember(record)?.value;
  return typeof body === 'string' && /^[\w+/=-]{40,}$/.test(body);
}

/** Stands for a text that is not kept: it may hold a body. */
export const likelyText = '{"conversationId":"","botId":""}';

/** The entry of a record in which no call was found. @param given the record as a text */
export function entryWithoutCall(
  value: unknown,
  place: LogPosition,
  given: string,
  bodiless: BodilessCalls,
): LogEntry {
  const text = given === likelyText ? JSON.stringify(value) : given;
  if (isObject(value) && namesEvent(text)) return skip(place, notLikeHooks);
  const unread = unreadEntry(value, place, text);
  if (unread) return unread;
  const named = mayName.test(text) ? textIn(value, (one) => eventsIn(one).length > 0) : undefined;
  return named === undefined ? { kind: 'other' } : bodiless.events(place, eventsIn(named));
}
