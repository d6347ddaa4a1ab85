// The order in which requests are passed on: one after the other on each connection, and each with a time of its own.
import type { Socket } from 'node:net';

/** Many requests may come in one millisecond, and the check orders them by time. */
const minStepMs = 0.001;

export interface Turn {
  /** Settled when the earlier requests of the connection are over. */
  begins: Promise<void>;
  /** Has to be called in any case: the next request waits for it. */
  over(): void;
}

export class RequestOrder {
  readonly #last = new WeakMap<Socket, Promise<void>>();
  #latest: number;

  /** @param after epoch milliseconds; all times are later */
  constructor(after = 0) {
    this.#latest = after;
  }

  /** Epoch milliseconds; later than any time before, even when the clock is set back. */
  time(): number {
    this.#latest = Math.max(Date.now(), this.#latest + minStepMs);
    return this.#latest;
  }

  /** A sender may write its next request before it has seen an answer: the tenant gets them in their order. */
  turn(socket: Socket): Turn {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begins = this.#last.get(socket) ?? Promise.resolve();
    this.#last.set(socket, promise);
    return { begins, over: resolve };
  }
}
