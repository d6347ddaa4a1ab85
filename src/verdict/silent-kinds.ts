// Kinds of request that a tenant never answers in time: after a few of them, no more are sent, since each takes as long as
// the time-out allows.
import type { Exchange } from '../tenant/exchange.ts';
import { eventOf } from './lost-requests.ts';

/** So many time-outs in a row, and no answer to any request of the kind. */
const patience = 3;

/** What is known of a request before it is sent. */
interface Planned {
  to: string;
  body?: object | string;
}

export class SilentKinds {
  readonly #answered = new Set<string>();
  readonly #timedOut = new Map<string, number>();

  note(exchange: Exchange): void {
    const kind = eventOf({ ...exchange, label: 'request' });
    if (!exchange.failure) this.#answered.add(kind);
    if (exchange.failure?.kind === 'time-out') this.#timedOut.set(kind, (this.#timedOut.get(kind) ?? 0) + 1);
  }

  /** Why a request is not worth sending, in words; undefined when it is. */
  whyNot({ to, body = '' }: Planned): string | undefined {
    // Most tenants answer: nothing is looked at then.
    if (this.#timedOut.size === 0) return undefined;
    const request = {
      method: '',
      url: `/${to}`,
      headers: {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const kind = eventOf({ request, startedAt: 0, durationMs: 0, attempts: 0, label: 'request' });
    const times = this.#timedOut.get(kind) ?? 0;
    if (times < patience || this.#answered.has(kind)) return undefined;
    return `${kind} was not sent: the ${times} before it got no answer in time, and no other of its kind did`;
  }
}
