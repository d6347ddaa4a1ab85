// In which order requests go on: those of one connection one after the other, and no two of them at the same time.
import type { Socket } from 'node:net';

/** A millisecond holds many requests, and a check orders by time. */
const minStepMs = 0.001;

export interface Turn {
  /** Settled when those that came before on the connection are over. */
  come: Promise<void>;
  /** To be called in any case: the next one waits for it. */
  over(): void;
}

export class RequestOrder {
  readonly #last = new WeakMap<Socket, Promise<void>>();
  #latest: number;

  /** @param after epoch milliseconds; all times are later than that */
  constructor(after = 0) {
    this.#latest = after;
  }

  /** Epoch milliseconds; later than all that were given before, also when the clock is set back. */
  time(): number {
    this.#latest = Math.max(Date.now(), this.#latest + minStepMs);
    return this.#latest;
  }

  /** A sender may write its next request before it has seen an answer: a tenant is to see them in their order. */
  turn(socket: Socket): Turn {
    const { promise, resolve } = Promise.withResolvers<void>();
    const come = this.#last.get(socket) ?? Promise.resolve();
    this.#last.set(socket, promise);
    return { come, over: resolve };
  }
}
