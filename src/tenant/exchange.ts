import type { TransportCode } from '../errors/error-codes.ts';
import type { Answer } from '../protocol/answers.ts';

/** A request as it goes over the wire. Header names are lower case. */
export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export type FailureKind = 'DNS' | 'TLS' | 'refused' | 'reset' | 'time-out' | 'busy' | 'other';

/** Why no answer arrived that could be judged: the transport failed, not the tenant. */
export interface TransportFailure {
  kind: FailureKind;
  code: TransportCode;
  /** The code, and in words what was tried and what to do. */
  message: string;
}

/** A request and its answer, or why there is none. */
export interface Exchange {
  request: WireRequest;
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  /** How many times it was sent; more than once only where it certainly was not processed. */
  attempts: number;
  /** How many of them were answered 429, when any was. */
  rateLimited?: number;
  /** Present unless the connection failed; also with `failure` when the answer was 429, 502, 503 or 504. */
  answer?: Answer;
  failure?: TransportFailure;
}

/** Whoever brings a request to the tenant. It does not throw for what happens on the network. */
export interface Sender {
  send(wire: WireRequest): Promise<Exchange>;
}
