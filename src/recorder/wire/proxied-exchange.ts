// A request that passed through the recorder, as an exchange that can be judged and recorded.

import { isUtf8 } from 'node:buffer';
import type { Answer } from '../../protocol/answers.ts';
import { headersByName } from '../../protocol/header-folding.ts';
import type { Exchange, TransportFailure, WireRequest } from '../../tenant/exchange.ts';
import { unpacked } from './bodies.ts';
import { pairsOf, type RawAnswer, type RawRequest } from './wire.ts';

/** What became of a request. With both a failure and an answer, the answer did not reach the sender. */
export interface ForwardOutcome {
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  answer?: RawAnswer;
  failure?: TransportFailure;
}

/** @param baseUrl of the recorder, which the sender sent the request to: scheme, host and port */
export function wireRequestOf(
  { method, target, headers: raw, body }: RawRequest,
  baseUrl: string,
): WireRequest {
  const headers = headersByName(pairsOf(raw));
  return {
    ...{ method, url: baseUrl + target, headers },
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

function answerOf({ status, headers: raw, body }: RawAnswer): Answer {
  const headers = headersByName(pairsOf(raw));
  return { status, headers, body: textOf(body, headers) };
}

/** The bodies of an exchange that are not UTF-8, unpacked. */
export interface NotText {
  request?: Buffer;
  answer?: Buffer;
}

export function notText(request: RawRequest, answer: RawAnswer | undefined): NotText {
  const bytesOf = ({ headers, body }: RawRequest | RawAnswer) => {
    const plain = unpacked(body, headersByName(pairsOf(headers))['content-encoding']);
    return isUtf8(plain) ? undefined : plain;
  };
  const [ofRequest, ofAnswer] = [bytesOf(request), answer && bytesOf(answer)];
  return { ...(ofRequest ? { request: ofRequest } : {}), ...(ofAnswer ? { answer: ofAnswer } : {}) };
}

/** A record holds text: bytes that are not UTF-8 are replaced, and kept beside it. */
function textOf(bytes: Buffer, headers: Record<string, string>): string {
  return unpacked(bytes, headers['content-encoding']).toString('utf8');
}
