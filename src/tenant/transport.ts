// The one way to reach a tenant: Playwright's APIRequestContext, with the retry rule of the design.
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIRequestContext, request } from 'playwright';
import type { Answer } from '../protocol/answers.ts';
import type { Exchange, WireRequest } from './exchange.ts';
import { proxyFor } from './proxy.ts';
import { busyFailure, type ClassifiedFailure, connectionFailure, retryAfterMs } from './way-failures.ts';

export interface TransportOptions {
  /** Base URL of the tenant; says which proxy applies. */
  url: string;
  requestTimeoutMs: number;
  /** Resolves when the next request may be sent. */
  ready?: () => Promise<void>;
  env?: Record<string, string | undefined>;
}

const maxAttempts = 3;
/** A tenant that asks for a longer pause is not waited for. */
const maxPauseMs = 30_000;

export class Transport {
  readonly #context: APIRequestContext;
  readonly #options: TransportOptions;

  private constructor(context: APIRequestContext, options: TransportOptions) {
    this.#context = context;
    this.#options = options;
  }

  static async open(options: TransportOptions): Promise<Transport> {
    const proxy = proxyFor(options.url, options.env ?? process.env);
    const context = await request.newContext({
      timeout: options.requestTimeoutMs,
      maxRedirects: 0,
      ...(proxy ? { proxy } : {}),
    });
    return new Transport(context, options);
  }

  /**
   * Sends a request and answers with the exchange; it never throws for what happens on the way.
   * A request is sent again only when it certainly was not processed: an event is not idempotent.
   */
  async send(wire: WireRequest): Promise<Exchange> {
    const startedAt = Date.now();
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      await this.#options.ready?.();
      const { answer, failure } = await this.#once(wire);
      const pause = failure && attempt < maxAttempts ? pauseBeforeRetry(failure, answer, attempt) : undefined;
      if (pause !== undefined) {
        await sleep(pause);
        continue;
      }
      return {
        request: wire,
        startedAt,
        durationMs: Math.round((performance.now() - start) * 10) / 10,
        attempts: attempt,
        ...(answer ? { answer } : {}),
        ...(failure ? { failure: { kind: failure.kind, message: tried(failure.message, attempt) } } : {}),
      };
    }
  }

  async close(): Promise<void> {
    await this.#context.dispose();
  }

  async #once(wire: WireRequest): Promise<{ answer?: Answer; failure?: ClassifiedFailure }> {
    try {
      const response = await this.#context.fetch(wire.url, {
        method: wire.method,
        headers: wire.headers,
        // A Buffer goes out as it is; Playwright would turn a text that is no JSON into a JSON string.
        ...(wire.body === undefined ? {} : { data: Buffer.from(wire.body) }),
        maxRedirects: 0,
      });
      const body = await response.text();
      const answer = { status: response.status(), headers: response.headers(), body };
      void response.dispose();
      const failure = busyFailure(answer);
      return failure ? { answer, failure } : { answer };
    } catch (error) {
      return { failure: connectionFailure(error) };
    }
  }
}

/** Milliseconds to wait before the request is sent again; undefined when it must not be. */
function pauseBeforeRetry(
  failure: ClassifiedFailure,
  answer: Answer | undefined,
  attempt: number,
): number | undefined {
  if (!failure.unprocessed || failure.kind === 'TLS') return undefined;
  const asked = answer && retryAfterMs(answer, Date.now());
  const pause = asked ?? 100 * 4 ** attempt;
  return pause <= maxPauseMs ? pause : undefined;
}

function tried(message: string, attempts: number): string {
  return attempts === 1 ? message : `${message} (tried ${attempts} times)`;
}
