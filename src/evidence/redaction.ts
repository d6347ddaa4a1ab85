// Redacts exchanges. Every exchange goes through here before it is kept anywhere.

import type { Exchange } from '../tenant/exchange.ts';
import { truncateWithNote } from '../text/truncate.ts';

/** Headers whose values may be shown; of every other header only the name is shown. */
const shownHeaders = new Set([
  'accept',
  'accountid',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'location',
  'retry-after',
  'server',
  'transfer-encoding',
  'user-agent',
  'vary',
  'via',
  'x-request-id',
]);

const authHeaders = new Set(['token', 'auth']);

/** Headers that carry a token of ours only when it is to be refused: the placeholder of it, and nothing else, is shown. */
const otherCarriers = new Set(['authorization', 'cookie']);
const placeholderAlone = /^(Bearer |Basic |token=|auth=)<(a token|another secret) [^<>]*>$/;

/** Characters of a body; longer ones are cut before they are written. Verdicts are decided on whole bodies. */
const maxBody = 64 * 1024;
/** Characters of an answer in a report: all reports of a run are in memory until its end. */
const maxReported = 8 * 1024;

export type Redact = (text: string) => string;

/** The forms of an exchange. None of them has a secret in what a check or a report quotes. */
export interface Forms {
  /** The answer in full: checks quote parts of it, and redaction would not recognise a part of a secret. */
  judged: Exchange;
  evidence: Exchange;
  reported: Exchange;
}

export function formsOf(exchange: Exchange, redact: Redact): Forms {
  const whole = redacted(exchange, redact);
  const evidence = shortened(whole, maxBody);
  const { answer } = exchange;
  return {
    judged: answer ? { ...exchange, answer: { ...answer, body: whole.answer!.body } } : exchange,
    evidence,
    reported: evidence.answer
      ? { ...evidence, answer: { ...evidence.answer, body: cut(whole.answer!.body, maxReported) } }
      : evidence,
  };
}

/** A copy of an exchange that may be written: only the header values of the allowlist, and no secret values. */
export function redacted(exchange: Exchange, redact: Redact): Exchange {
  const { request, answer, failure } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      url: redact(request.url),
      headers: headers(request.headers, redact),
      ...(request.body === undefined ? {} : { body: redact(request.body) }),
    },
    ...(answer
      ? { answer: { ...answer, headers: headers(answer.headers, redact), body: redact(answer.body) } }
      : {}),
    ...(failure ? { failure: { ...failure, message: redact(failure.message) } } : {}),
  };
}

function shortened(exchange: Exchange, maxLength: number): Exchange {
  const { request, answer } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      ...(request.body === undefined ? {} : { body: cut(request.body, maxLength) }),
    },
    ...(answer ? { answer: { ...answer, body: cut(answer.body, maxLength) } } : {}),
  };
}

function headers(given: Record<string, string>, redact: Redact): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, header(name, value, redact)]),
  );
}

function header(name: string, value: string, redact: Redact): string {
  if (shownHeaders.has(name)) return redact(value);
  // A placeholder instead of a token is not secret, and a reader needs it to repeat the request.
  const clean = redact(value);
  if (otherCarriers.has(name) && placeholderAlone.test(clean)) return clean;
  if (!authHeaders.has(name)) return '<redacted>';
  return clean !== value || value.length < 24 ? clean : '<redacted>';
}

function cut(body: string, maxLength: number): string {
  return truncateWithNote(body, maxLength, ` (cut, ${body.length} characters)`);
}
