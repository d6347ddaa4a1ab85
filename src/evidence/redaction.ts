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

/** Characters of a body; longer ones are cut before they are written. Verdicts are decided on whole bodies. */
const maxBody = 64 * 1024;

export type Redact = (text: string) => string;

/**
 * A copy of an exchange that may be written: only the header values of the allowlist, and no secret values.
 * @param maxLength characters of a body; longer ones are cut
 */
export function redacted(exchange: Exchange, redact: Redact, maxLength = maxBody): Exchange {
  const { request, answer, failure } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      url: redact(request.url),
      headers: headers(request.headers, redact),
      ...(request.body === undefined ? {} : { body: cut(redact(request.body), maxLength) }),
    },
    ...(answer
      ? {
          answer: {
            ...answer,
            headers: headers(answer.headers, redact),
            body: cut(redact(answer.body), maxLength),
          },
        }
      : {}),
    ...(failure ? { failure: { ...failure, message: redact(failure.message) } } : {}),
  };
}

/** A copy that may be judged. Checks quote parts of an answer, and redaction would not recognise a part of a secret. */
export function judgeable(exchange: Exchange, redact: Redact): Exchange {
  const { answer } = exchange;
  return answer ? { ...exchange, answer: { ...answer, body: redact(answer.body) } } : exchange;
}

function headers(given: Record<string, string>, redact: Redact): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, header(name, value, redact)]),
  );
}

function header(name: string, value: string, redact: Redact): string {
  if (shownHeaders.has(name)) return redact(value);
  if (!authHeaders.has(name)) return '<redacted>';
  // A placeholder instead of a token is not secret, and a reader needs it to repeat the request.
  const clean = redact(value);
  return clean !== value || value.length < 24 ? clean : '<redacted>';
}

function cut(body: string, maxLength: number): string {
  return truncateWithNote(body, maxLength, ` (cut, ${body.length} characters)`);
}
