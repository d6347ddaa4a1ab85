// A request that has passed through the recorder, as an exchange that can be judged and written down.
import type { Answer } from '../protocol/answers.ts';
import type { Exchange, WayFailure } from '../tenant/exchange.ts';
import { unpacked } from './bodies.ts';
import { headersByName, type RawAnswer, type RawRequest } from './wire.ts';

export interface Passed {
  request: RawRequest;
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  answer?: RawAnswer;
  failure?: WayFailure;
}

/** @param base where the sender has sent it: scheme, host and port of the recorder */
export function exchangeOf(
  { request, startedAt, durationMs, answer, failure }: Passed,
  base: string,
): Exchange {
  const headers = headersByName(request.headers);
  return {
    request: {
      method: request.method,
      url: base + request.target,
      headers,
      ...(request.body.length > 0 ? { body: textOf(request.body, headers) } : {}),
    },
    startedAt,
    durationMs,
    attempts: 1,
    ...(answer ? { answer: answerOf(answer) } : {}),
    ...(failure ? { failure } : {}),
  };
}

function answerOf({ status, headers: raw, body }: RawAnswer): Answer {
  const headers = headersByName(raw);
  return { status, headers, body: textOf(body, headers) };
}

/** Bytes that are no UTF-8 are replaced: what is kept is text. */
function textOf(bytes: Buffer, headers: Record<string, string>): string {
  return unpacked(bytes, headers['content-encoding']).toString('utf8');
}
