// The connection from the recorder to the tenant: passes a request on once, as it came, and its answer back unchanged.
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import type { Env } from '../../system/env.ts';
import { clientCertificate } from '../../tenant/client-certificate.ts';
import type { TransportFailure } from '../../tenant/exchange.ts';
import { proxyFor } from '../../tenant/proxy.ts';
import {
  connectionFailure,
  namesIn,
  type SettingNames,
  transportFailure,
} from '../../tenant/transport-failures.ts';
import { maxBodyBytes } from './bodies.ts';
import { poolWithoutInterim } from './interim.ts';
import { endToEnd, type RawAnswer, type RawRequest, without } from './wire.ts';

export interface ForwardOptions {
  /** Of the tenant; its path is put before that of each request. */
  url: string;
  /** From the first byte sent to the last byte received. */
  timeoutMs: number;
  env?: Env;
}

/** The options of the recorder that stand for these settings of a run. */
const namesOfRecorder = { url: '--forward', timeout: '--timeout' };

/** The limit of a timer in Node. */
const maxTimerMs = 2 ** 31 - 1;

export type Forwarded = { answer: RawAnswer } | { failure: TransportFailure };

export class Forward {
  readonly #origin: string;
  readonly #prefix: string;
  readonly #timeoutMs: number;
  readonly #names: SettingNames;
  readonly #dispatcher: Dispatcher;

  /** @throws Error when a proxy variable does not hold a URL */
  constructor({ url, timeoutMs, env = process.env }: ForwardOptions) {
    const { origin, pathname } = new URL(url);
    this.#origin = origin;
    this.#prefix = pathname.replace(/\/+$/, '');
    this.#timeoutMs = Math.min(timeoutMs, maxTimerMs);
    this.#names = namesIn(env, url, namesOfRecorder);
    this.#dispatcher = dispatcherFor(url, this.#timeoutMs, env);
  }

  /** Returns a failure of the network instead of throwing it; follows no redirect, and sends nothing twice. */
  async send({ method, target, headers, body }: RawRequest): Promise<Forwarded> {
    try {
      const answer = await this.#dispatcher.request({
        origin: this.#origin,
        path: this.#prefix + target,
        method: method as Dispatcher.HttpMethod,
        // undici writes the length itself; the bytes are the same.
        headers: without(without(endToEnd(headers), 'host'), 'content-length'),
        body: body.length > 0 ? body : null,
        responseHeaders: 'raw',
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return {
        answer: {
          status: answer.statusCode,
          statusText: answer.statusText,
          headers: endToEnd(answer.headers as unknown as string[]),
          body: Buffer.from(await answer.body.arrayBuffer()),
        },
      };
    } catch (error) {
      return { failure: this.#failureOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #failureOf(error: unknown): TransportFailure {
    if ((error as Error).name !== 'TimeoutError') return connectionFailure(error, this.#names);
    const waited = `the tenant did not answer within ${this.#timeoutMs / 1000} s; it may have taken the request`;
    return transportFailure('TRANSPORT_TIMEOUT', waited);
  }
}

/** HTTP/1.1 only: HTTP/2 puts the names of headers in lower case. */
function dispatcherFor(url: string, timeoutMs: number, env: Env): Dispatcher {
  const options = {
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxBodyBytes,
    maxHeaderSize: 64 * 1024,
    factory: poolWithoutInterim,
  };
  const proxy = proxyFor(url, env);
  const tls = { allowH2: false, timeout: timeoutMs, ...clientCertificate(env) };
  if (!proxy) return new Agent({ ...options, connect: buildConnector(tls) });
  const { server, username, password = '' } = proxy;
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return new ProxyAgent({
    ...options,
    uri: server,
    proxyTunnel: true,
    requestTls: tls,
    proxyTls: { allowH2: false, timeout: timeoutMs },
    ...(username === undefined ? {} : { token: `Basic ${credentials}` }),
  });
}
