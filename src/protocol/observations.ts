// An answer in a few words that are the same from one night to the next as long as the tenant behaves the same: what
// observed-behaviour.yaml keeps of it, and what a reader sees. Unaware of what was asked.
import { truncate } from '../text/truncate.ts';
import { type Answer, isSuccess, parseJson } from './answers.ts';
import { isObject } from './requests.ts';

/** Characters of the whole, and of a text that is quoted in it. */
const maxLength = 160;
const maxQuoteLength = 130;

/** `200 with {"STATUS":"OK"}`, `409 "the conversation has ended already"`, `401 with an empty body` … */
export function answerInBrief(answer: Answer): string {
  return truncate(`${answer.status} ${answerForm(answer)}`, maxLength);
}

function answerForm(answer: Answer): string {
  const text = answer.body.trim();
  if (text === '') return 'with an empty body';
  if (text === 'OK') return 'with the text OK';
  const json = parseJson(text);
  if (isObject(json)) return isSuccess(answer) ? `with ${outline(json)}` : explanation(json, answer.status);
  if (json !== undefined) return 'with JSON that is no object';
  return isHtml(answer) ? 'with an HTML page' : 'with a text';
}

/** The members of a success, or of an error under HTTP 200, that say how it went; the rest is about one request. */
function outline(json: Record<string, unknown>): string {
  const telling = {
    STATUS: word(json.STATUS),
    status: word(json.status),
    code: word(json.code),
    message: messageOf(json),
  };
  const told = JSON.stringify(telling);
  return told === '{}' ? 'a JSON object' : told;
}

function explanation(json: Record<string, unknown>, status: number): string {
  const message = messageOf(json);
  if (message === undefined) return 'without a message';
  const code = word(json.code);
  const ownCode = code === undefined || String(code) === String(status) ? '' : `, code ${code}`;
  return `"${message}"${ownCode}`;
}

/** What an error says: its message, or that of the first in the platform's list of errors. */
function messageOf(json: Record<string, unknown>): string | undefined {
  const [first] = Array.isArray(json.errors) ? json.errors : [];
  const said = isObject(first) ? [json.message, first.msg, first.message] : [json.message];
  const message = said.find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof message === 'string' ? quotable(message) : undefined;
}

function word(value: unknown): string | number | undefined {
  if (typeof value === 'string') return truncate(quotable(value), 20);
  return typeof value === 'number' && Math.abs(value) < 100_000 ? value : undefined;
}

/** Without what would differ tomorrow, in one line, and without what a terminal would obey. */
function quotable(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/g, ' ').replace(/\p{C}/gu, '').replaceAll('"', "'").trim();
  const lasting = volatile.reduce((masked, pattern) => masked.replace(pattern, '…'), line);
  return truncate(lasting.replace(/…(?:[\s:.,-]*…)+/g, '…'), maxQuoteLength);
}

/** In this order: a later one would take a part of what an earlier one takes whole. */
const volatile: readonly RegExp[] = [
  // Where it ran.
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  // A UUID.
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  // Moments: ISO, the date of HTTP and of a script, the time of day.
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[A-Z][a-z]{2} \d{1,2}|\d{1,2} [A-Z][a-z]{2}) \d{4}/g,
  /\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b(?: ?GMT(?:[+-]\d{4})?)?/g,
  // How long something took.
  /\b\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|sec|seconds?)\b/gi,
  // Ids: long words of letters and digits, a conversationId among them; hexadecimal ones; long numbers.
  /\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{16,}/gi,
  /\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi,
  /\d{5,}/g,
];

/** A page for people, as a portal or a gateway answers. Its content type says little: many servers send OK as text/html. */
export function isHtml({ body }: Answer): boolean {
  return /^\s*<(?:!doctype html|html)\b/i.test(body);
}
