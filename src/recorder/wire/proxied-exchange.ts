// A request that has passed through the recorder, as an exchange that can be judged and written down.

import { type Answer, parseJson } from '../../protocol/answers.ts';
import { headersByName } from '../../protocol/header-folding.ts';
import { isObject } from '../../protocol/requests.ts';
import type { Exchange, TransportFailure, WireRequest } from '../../tenant/exchange.ts';
import { unpacked } from './bodies.ts';
import { pairsOf, type RawAnswer, type RawRequest } from './wire.ts';

/** What became of a request. With a failure and an answer both, the answer reached nobody. */
export interface ForwardOutcome {
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  answer?: RawAnswer;
  failure?: TransportFailure;
}

/** @param base where the sender has sent it: scheme, host and port of the recorder */
export function wireRequestOf({ method, target, headers: raw, body }: RawRequest, base: string): WireRequest {
  const headers = headersByName(pairsOf(raw));
  return {
    ...{ method, url: base + target, headers },
    ...(body.length > 0 ? { body: textOf(body, headers) } : {}),
  };
}

export function exchangeOf(
  request: WireRequest,
  { startedAt, durationMs, answer, failure }: ForwardOutcome,
): Exchange {
  return {
    ...{ request, startedAt, durationMs, attempts: 1 },
    ...(answer ? { answer: answerOf(answer) } : {}),
    ...(failure ? { failure } : {}),
  };
}

export function conversationIdOf({ body }: WireRequest): string | undefined {
  const value = body?.trimStart().startsWith('{') ? parseJson(body) : undefined;
  const id = isObject(value) ? value.conversationId : undefined;
  return typeof id === 'string' ? id : undefined;
}

function answerOf({ status, headers: raw, body }: RawAnswer): Answer {
  const headers = headersByName(pairsOf(raw));
  return { status, headers, body: textOf(body, headers) };
}

/** Bytes that are no UTF-8 are replaced: what is kept is text. */
function textOf(bytes: Buffer, headers: Record<string, string>): string {
  return unpacked(bytes, headers['content-encoding']).toString('utf8');
}
