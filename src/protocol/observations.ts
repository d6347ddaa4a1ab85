// Describes an answer in a few words, for observed-behaviour.yaml and for people. The words stay the same from one night
// to the next as long as the tenant behaves the same. Unaware of the question.
import { truncate } from '../text/truncate.ts';
import { type Answer, isSuccess, parseJson } from './answers.ts';
import { isObject } from './requests.ts';

/** In characters: of the whole description, and of a quoted message in it. */
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
  if (json !== undefined) return 'with JSON that is not an object';
  return isHtml(answer) ? 'with an HTML page' : 'with a text';
}

/** The members that show success or failure, of an answer with HTTP 2xx; other members vary from request to request. */
function outline(json: Record<string, unknown>): string {
  const members = {
    STATUS: word(json.STATUS),
    status: word(json.status),
    code: word(json.code),
    message: messageOf(json),
  };
  const text = JSON.stringify(members);
  return text === '{}' ? 'a JSON object' : text;
}

function explanation(json: Record<string, unknown>, status: number): string {
  const message = messageOf(json);
  if (message === undefined) return 'without a message';
  const code = word(json.code);
  const ownCode = code === undefined || String(code) === String(status) ? '' : `, code ${code}`;
  return `"${message}"${ownCode}`;
}

/** The message of an error, or that of the first entry in the platform's list of errors. */
function messageOf(json: Record<string, unknown>): string | undefined {
  const [first] = Array.isArray(json.errors) ? json.errors : [];
  const candidates = isObject(first) ? [json.message, first.msg, first.message] : [json.message];
  const message = candidates.find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof message === 'string' ? quotable(message) : undefined;
}

function word(value: unknown): string | number | undefined {
  if (typeof value === 'string') return truncate(quotable(value), 20);
  return typeof value === 'number' && Math.abs(value) < 100_000 ? value : undefined;
}

/** One line, without the parts that differ from run to run, and without control characters that a terminal would obey. */
function quotable(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/g, ' ').replace(/\p{C}/gu, '').replaceAll('"', "'").trim();
  const stable = volatile.reduce((masked, pattern) => masked.replace(pattern, '…'), line);
  return truncate(stable.replace(/…(?:[\s:.,-]*…)+/g, '…'), maxQuoteLength);
}

/** The order matters: a later pattern would match a part of what an earlier one matches whole. */
const volatile: readonly RegExp[] = [
  // IP addresses, with or without a port.
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  // A UUID.
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  // Times: ISO, the dates of HTTP and of JavaScript, the time of day.
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:[A-Z][a-z]{2} \d{1,2}|\d{1,2} [A-Z][a-z]{2}) \d{4}/g,
  /\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b(?: ?GMT(?:[+-]\d{4})?)?/g,
  // Durations.
  /\b\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|sec|seconds?)\b/gi,
  // Ids: long words of letters and digits (a conversationId is one), hexadecimal ones, long numbers.
  /\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{16,}/gi,
  /\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi,
  /\d{5,}/g,
];

/** Whether an answer is a web page, as a portal or a gateway sends. Looks at the body: many servers send OK as text/html. */
export function isHtml({ body }: Answer): boolean {
  return /^\s*<(?:!doctype html|html)\b/i.test(body);
}
