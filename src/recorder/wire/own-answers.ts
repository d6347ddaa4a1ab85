// What the recorder answers when the tenant does not, and what the record says then.
import type { Answer } from '../../protocol/answers.ts';
import { refusal } from '../../sandbox/refusal.ts';
import type { TransportFailure } from '../../tenant/exchange.ts';
import { transportFailure } from '../../tenant/transport-failures.ts';
import { maxBodyBytes } from './bodies.ts';
import { rawAnswer } from './send-response.ts';
import type { RawAnswer } from './wire.ts';

export function tooLongRefusal(limit: number): Answer {
  const without = limit < maxBodyBytes ? ' without a good token' : '';
  return refusal(413, `The body has more than ${limit} bytes${without}; the request was not passed on`);
}

export const senderGone = transportFailure(
  'TRANSPORT_RESET',
  'the sender closed the connection before it was answered; look at its time-out',
);
export const stopped = transportFailure(
  'TRANSPORT_CLOSED',
  'the recorder was stopped before the tenant answered, which may have processed the request',
);

export function failureAnswer(failure: TransportFailure): RawAnswer {
  const status = failure === stopped ? 503 : failure.kind === 'time-out' ? 504 : 502;
  return rawAnswer(refusal(status, `The recorder got no answer from the tenant: ${failure.message}`));
}
