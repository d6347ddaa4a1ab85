// The one way to reach a tenant: Playwright's APIRequestContext, with the retry rule of the design.

import { setTimeout as sleep } from 'node:timers/promises';
import { type APIRequestContext, type APIResponse, request } from 'playwright';
import type { Answer } from '../protocol/answers.ts';
import type { Env } from '../system/env.ts';
import { withinLimit } from './answer-limit.ts';
import { type ClientCertificate, clientCertificateFor } from './client-certificate.ts';
import type { Exchange, TransportFailure, WireRequest } from './exchange.ts';
import { LongAnswers } from './long-answers.ts';
import { type Proxy as CompanyProxy, proxyFor } from './proxy.ts';
import { RateLimit } from './rate-limit.ts';
import {
  busyFailure,
  closedFailure,
  connectionFailure,
  isUnprocessed,
  namesIn,
  proxyFailure,
  retryAfterMs,
  type SettingNames,
} from './transport-failures.ts';
import type { WaitingBudget } from './waiting-budget.ts';

export interface TransportOptions {
  /** Base URL of the tenant; says which proxy applies. */
  url: string;
  requestTimeoutMs: number;
  /** Resolves when the next request may be sent. */
  ready?: () => Promise<void>;
  /** How long all pauses before a request is sent again may take together. Left out: any time. */
  budget?: WaitingBudget;
  env?: Env;
}

const maxAttempts = 3;
/**
 * A context keeps every answer until the answer is disposed of, which costs as much as half a request. So small ones
 * stay, and now and then the context is disposed of with all of them.
 */
const keptBody = 16 * 1024;
const keptAnswers = 200;
/**
 * Servers close a connection that has been idle for some seconds, mostly five. An event that is sent at that moment is lost,
 * and cannot be sent again: so what was idle for longer than this is not used.
 */
const maxIdleMs = 2000;
/** A tenant that asks for a longer pause is not waited for. */
const maxPauseMs = 30_000;

export class Transport {
  readonly #options: TransportOptions;
  readonly #proxy: CompanyProxy | undefined;
  readonly #names: SettingNames;
  readonly #certificate: ClientCertificate | undefined;
  readonly #limit: RateLimit;
  readonly #longAnswers = new LongAnswers();
  /**
   * Playwright keeps cookies in a context. A tenant could recognise the client by one, and accept a request without a
   * token; so a context serves one request at a time, and none after an answer that set a cookie. So each has one connection
   * at most, and `since` is how long that has been idle.
   */
  readonly #idle: { context: APIRequestContext; since: number }[] = [];
  readonly #open = new Set<APIRequestContext>();
  readonly #kept = new WeakMap<APIRequestContext, number>();
  #closed = false;

  private constructor(options: TransportOptions) {
    this.#options = options;
    const { url, env = process.env } = options;
    this.#proxy = proxyFor(url, env);
    this.#names = namesIn(env, url);
    this.#certificate = clientCertificateFor(url, env);
    this.#limit = new RateLimit(options.budget);
  }

  /** @throws CodedError when a variable of the proxy holds no URL, or the certificate of this machine cannot be used */
  static async open(options: TransportOptions): Promise<Transport> {
    const transport = new Transport(options);
    // It has no connection yet.
    transport.#idle.push({ context: await transport.#newContext(), since: Number.POSITIVE_INFINITY });
    return transport;
  }

  /**
   * Sends a request and answers with the exchange; it never throws for what happens on the network.
   * A request is sent again only when it certainly was not processed: an event is not idempotent.
   */
  async send(wire: WireRequest): Promise<Exchange> {
    const sent = withContentType(wire);
    const startedAt = Date.now();
    const start = performance.now();
    let rateLimited = 0;
    for (let attempt = 1; ; attempt++) {
      await this.#options.ready?.();
      await this.#limit.ready();
      const { answer, failure } = await this.#longAnswers.send(() => this.#once(sent));
      const again = this.#asLimited(answer);
      if (again !== undefined) rateLimited += 1;
      if (again === true) continue;
      const mayRetry = again === undefined && attempt - rateLimited < maxAttempts;
      const pause =
        failure && mayRetry ? pauseBeforeRetry(failure, answer, attempt - rateLimited) : undefined;
      const isSpent = pause !== undefined && this.#options.budget?.take(pause) === false;
      if (pause !== undefined && !isSpent) {
        await sleep(pause);
        continue;
      }
      const why = again ? `; not sent again: ${again}` : isSpent ? this.#spent() : '';
      const message = failure && tried(failure.message, attempt) + why;
      return {
        request: sent,
        startedAt,
        durationMs: Math.round((performance.now() - start) * 10) / 10,
        attempts: attempt,
        ...(rateLimited > 0 ? { rateLimited } : {}),
        ...(answer ? { answer } : {}),
        ...(failure ? { failure: { ...failure, message: message! } } : {}),
      };
    }
  }

  /** What the rate limit says to an answer: undefined when it has nothing to do with one. */
  #asLimited(answer: Answer | undefined): true | string | undefined {
    if (answer?.status === 429) return this.#limit.limited(retryAfterMs(answer, Date.now()));
    if (answer) this.#limit.answered();
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((context) => this.#discard(context)));
  }

  #spent(): string {
    const seconds = (this.#options.budget?.limitMs ?? 0) / 1000;
    return `; not sent again, since the run has waited as long as MAX_RETRY_WAIT_SECONDS allows (${seconds})`;
  }

  async #once(wire: WireRequest): Promise<{ answer?: Answer; failure?: TransportFailure }> {
    let context: APIRequestContext | undefined;
    let reusable = false;
    try {
      context = (await this.#idleContext()) ?? (await this.#newContext());
      const open = context;
      const response = await onShallowStack(() =>
        withinLimit(() =>
          open.fetch(wire.url, {
            method: wire.method,
            headers: wire.headers,
            // A Buffer goes out as it is; Playwright would turn a text that is not JSON into a JSON string.
            ...(wire.body === undefined ? {} : { data: Buffer.from(wire.body) }),
          }),
        ),
      );
      const body = await onShallowStack(() => response.text());
      const answer = { status: response.status(), headers: response.headers(), body };
      if (body.length > keptBody) await response.dispose();
      const failure = (await this.#isOfProxy(response))
        ? proxyFailure(answer.status, this.#names)
        : busyFailure(answer, this.#names);
      reusable = answer.headers['set-cookie'] === undefined && this.#serves(context);
      return failure ? { answer, failure } : { answer };
    } catch (error) {
      const failureOf = this.#closed ? closedFailure : connectionFailure;
      return { failure: failureOf(error, this.#names) };
    } finally {
      if (context && reusable && !this.#closed) this.#idle.push({ context, since: performance.now() });
      else if (context) await this.#discard(context);
    }
  }

  /** The one that was used last, while its connection can be trusted. */
  async #idleContext(): Promise<APIRequestContext | undefined> {
    const latest = this.#idle.pop();
    if (!latest || performance.now() - latest.since <= maxIdleMs) return latest?.context;
    // All others have been idle even longer.
    const stale = [latest, ...this.#idle.splice(0)];
    await Promise.all(stale.map(({ context }) => this.#discard(context)));
    return undefined;
  }

  /** Counts the answers that a context has kept. @returns whether it may keep more */
  #serves(context: APIRequestContext): boolean {
    const kept = (this.#kept.get(context) ?? 0) + 1;
    this.#kept.set(context, kept);
    return kept < keptAnswers;
  }

  /** A proxy that opens no connection to the tenant answers itself; Playwright then knows no address of the other side. */
  async #isOfProxy(response: APIResponse): Promise<boolean> {
    return this.#proxy !== undefined && (await response.serverAddr()) === null;
  }

  async #newContext(): Promise<APIRequestContext> {
    if (this.#closed) throw new Error('the transport is closed');
    const context = await request.newContext({
      timeout: this.#options.requestTimeoutMs,
      maxRedirects: 0,
      ...(this.#certificate
        ? { clientCertificates: [{ origin: new URL(this.#options.url).origin, ...this.#certificate }] }
        : {}),
      ...(this.#proxy ? { proxy: escaped(this.#proxy) } : {}),
    });
    this.#open.add(context);
    return context;
  }

  async #discard(context: APIRequestContext): Promise<void> {
    this.#open.delete(context);
    await context.dispose();
  }
}

/** Playwright writes down and parses the stack of each call of its interface: the deeper, the dearer. */
function onShallowStack<T>(call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    queueMicrotask(() => call().then(resolve, reject));
  });
}

/** Playwright would add application/octet-stream to a body without a content type: an empty one is the nearest. */
function withContentType(wire: WireRequest): WireRequest {
  if (wire.body === undefined || wire.headers['content-type'] !== undefined) return wire;
  return { ...wire, headers: { ...wire.headers, 'content-type': '' } };
}

/** Playwright decodes the credentials once more. */
function escaped(proxy: CompanyProxy): CompanyProxy {
  const { username, password } = proxy;
  return {
    ...proxy,
    ...(username === undefined ? {} : { username: username.replaceAll('%', '%25') }),
    ...(password === undefined ? {} : { password: password.replaceAll('%', '%25') }),
  };
}

/** Milliseconds to wait before the request is sent again; undefined when it must not be. */
function pauseBeforeRetry(
  failure: TransportFailure,
  answer: Answer | undefined,
  attempt: number,
): number | undefined {
  if (!isUnprocessed(failure, answer) || failure.kind === 'TLS') return undefined;
  const asked = answer && retryAfterMs(answer, Date.now());
  const pause = asked ?? 100 * 4 ** attempt;
  return pause <= maxPauseMs ? pause : undefined;
}

function tried(message: string, attempts: number): string {
  return attempts === 1 ? message : `${message} (tried ${attempts} times)`;
}
