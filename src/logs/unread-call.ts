// A call that a log names in a form that is not read, such as HookRequest(conversationId=c-1, botId=st-1): it must not be
// passed over, since it may break a rule.
import { eventNames } from '../protocol/event-table.ts';
import { holdsSentRequest } from './answers.ts';
import { isAnswerKey } from './names.ts';

const events = eventNames.join('|');
// In a URL, a quotation mark is %22: no word ends there.
const event = new RegExp(events);
const allEvents = new RegExp(events, 'g');
const eventOfBody = new RegExp(`name\\W{1,12}(?:${events})`, 'i');
const eventAlone = new RegExp(`"(?:${events})\\\\*"`);
const otherFields = /transfertype|transition|isExtAD|participant|bot_?id/i;
const conversation = /conversation_?id/i;
const bot = /bot_?id/i;
/** A line of a body that is written over several. */
const member = /^[\s["'(<-]*conversation_?id["'\])>]*\s*(?:=>|[:=>])\s*\S+\s*$/i;
/** `conversationId` as hexadecimal digits, and as base64 wherever it begins. */
const packed = /636f6e766572736174696f6e4964|Y29udmVyc2F0aW9uSW|NvbnZlcnNhdGlvbklk|jb252ZXJzYXRpb25JZ/i;

/** What a text must have to name a call at all. */
export const mayName = new RegExp(`conversation_?id|${events}|${packed.source}`, 'i');

export const notReadable =
  'it names a call in a form that is not read: let the log have the body as JSON, as it was sent';

export const perhapsToldAgain =
  'it has the body of a request before it and speaks of an answer, and it is not known whether it tells of that request or was sent: let the log say "response body:" before what is an answer, or leave such lines out';

export const whoseRequest =
  'a request to another URL lies beside its body: it is not known whether it is this call; name the URL of the call: --url .path';

/** Whether a record in which no body was found has a value that is the name of an event. */
export function namesEvent(json: string): boolean {
  return eventAlone.test(json);
}

/** Whether a text holds a body in a form that is not read. */
export function holdsUnread(text: string): boolean {
  if (event.test(text)) return eventOfBody.test(text) || otherFields.test(text);
  return (conversation.test(text) && bot.test(text)) || member.test(text) || packed.test(text);
}

/** The events that a text names. */
export function eventsIn(text: string): readonly string[] {
  return text.match(allEvents) ?? [];
}

const maxDepth = 20;

/** The first text in a record for which a test holds; an answer may be anything. */
export function textIn(
  value: unknown,
  holds: (text: string) => boolean,
  depth = 0,
  isInAnswer = false,
): string | undefined {
  if (typeof value === 'string') return !isInAnswer && holds(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const isAnswer = (isInAnswer || isAnswerKey(key)) && !holdsSentRequest(key);
    const found = textIn(inner, holds, depth + 1, isAnswer);
    if (found !== undefined) return found;
  }
  return undefined;
}
