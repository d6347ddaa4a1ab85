// Takes what a tenant posts to callback URLs, whatever it is, and keeps it. Unaware of what a callback should hold
// and of who waits for it.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { METHODS } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { CodedError } from '../errors/coded-error.ts';
import { type BodyRead, Room, readBody } from './callback-body.ts';
import { keyOf, rootKey } from './callback-path.ts';

export interface ReceivedDelivery {
  key: string;
  method: string;
  /** Path and query, as they came. */
  path: string;
  contentType?: string;
  headers: IncomingHttpHeaders;
  /** As it came; empty when truncated. */
  body: Buffer;
  /** When its last byte was read, in epoch milliseconds. */
  receivedAt: number;
  /** Whether the body was over the limit. */
  truncated: boolean;
}

/** A delivery for a key that nobody has, or no longer has. */
export interface UnexpectedDelivery {
  /** At most 80 characters of it: it is what the other side chose. */
  key: string;
  method: string;
  receivedAt: number;
  /** Whether the key is one of ours that nobody waits for any more; otherwise a stranger came by. */
  issued: boolean;
}

export interface CallbackListenerOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Most bytes of a body. */
  bodyLimit?: number;
  /** Longest time for a request to come in, head and body. */
  requestTimeoutMs?: number;
  /** Most deliveries that are kept at a time, and most bytes of those and of what is being received; the rest is counted. */
  maxKept?: { deliveries: number; bytes: number };
}

export interface CallbackListener {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** From now on deliveries for the key are taken. */
  expect(key: string): void;
  /** Later deliveries for the key are unexpected, and what was kept for it is dropped. */
  forget(key: string): void;
  onDelivery(fn: (delivery: ReceivedDelivery) => void): void;
  /** What is kept for a path like /callbacks/KEY. */
  deliveries(path: string): ReceivedDelivery[];
  unexpected(): UnexpectedDelivery[];
  /** How many requests have posted something, to whatever path: any one shows that the listener can be reached. */
  requests(): number;
  /** Deliveries, expected or not, that found no room and were only counted. */
  dropped(): number;
  close(): Promise<void>;
}

/** The listener could not bind its address: one of its two settings is at fault. */
export class CallbackListenError extends CodedError {
  override readonly name = 'CallbackListenError';
  readonly setting: 'CALLBACK_PORT' | 'CALLBACK_HOST';
  /** What is wrong with it. What to do is in sentences of their own. */
  readonly problem: string;

  constructor(setting: CallbackListenError['setting'], problem: string) {
    super('CALLBACK_LISTEN', `${setting}: ${problem}`);
    this.setting = setting;
    this.problem = problem;
  }
}

const mebibyte = 1024 * 1024;
/** Methods that cannot carry anything. */
const onlyAsks = ['HEAD', 'OPTIONS'];

/** @throws CallbackListenError */
export async function startCallbackListener(options: CallbackListenerOptions): Promise<CallbackListener> {
  const { host, port, bodyLimit = mebibyte, requestTimeoutMs = 10_000 } = options;
  const limits = options.maxKept ?? { deliveries: 1000, bytes: 64 * mebibyte };
  const kept = new Map<string, ReceivedDelivery[]>();
  const room = new Room(limits.bytes);
  let keptInAll = 0;
  const listeners: ((delivery: ReceivedDelivery) => void)[] = [];
  const unexpected: UnexpectedDelivery[] = [];
  const issued = new Set<string>();
  let dropped = 0;

  function noteUnexpected(key: string, method: string): void {
    if (unexpected.length >= limits.deliveries) dropped += 1;
    else unexpected.push({ key: key.slice(0, 80), method, receivedAt: Date.now(), issued: issued.has(key) });
  }

  /** @returns the HTTP status of the answer */
  async function take(key: string, request: IncomingMessage): Promise<number> {
    const method = request.method ?? '';
    // Some tenants try a URL before they post to it. That is no outcome, and no news.
    if (onlyAsks.includes(method)) return kept.has(key) ? 200 : 404;
    // Whoever looks whether something listens here asks for it, too.
    if (key === rootKey && !(kept.has(key) && method === 'POST')) return 404;
    // What nobody waits for is not read: a stranger must not fill the memory.
    if (!kept.has(key)) {
      noteUnexpected(key, method);
      return 404;
    }
    const read = await readBody(request, bodyLimit, room);
    const size = read.kind === 'whole' ? read.bytes.length : 0;
    const mine = kept.get(key);
    if (!mine || read.kind === 'without room' || keptInAll >= limits.deliveries) {
      room.giveBack(size);
      if (mine) dropped += 1;
      else noteUnexpected(key, method);
      return mine ? 503 : 404;
    }
    const delivery = received(key, request, read);
    mine.push(delivery);
    keptInAll += 1;
    for (const onDelivery of listeners) onDelivery(delivery);
    return delivery.truncated ? 413 : 200;
  }

  function forget(key: string): void {
    const deliveries = kept.get(key) ?? [];
    kept.delete(key);
    keptInAll -= deliveries.length;
    for (const { body } of deliveries) room.giveBack(body.length);
  }

  const app = httpServer(requestTimeoutMs, take);
  let requests = 0;
  app.server.on('request', ({ method }) => {
    // Whoever only looks whether something listens here may be nearer than the tenant.
    if (!['GET', ...onlyAsks].includes(method ?? '')) requests += 1;
  });
  await listen(app, host, port);
  return {
    url: `http://${reachable(host)}:${(app.server.address() as AddressInfo).port}`,
    expect: (key) => {
      issued.add(key);
      kept.set(key, kept.get(key) ?? []);
    },
    forget,
    onDelivery: (fn) => void listeners.push(fn),
    deliveries: (path) => [...(kept.get(keyOf(path) ?? 'no key of ours') ?? [])],
    unexpected: () => [...unexpected],
    requests: () => requests,
    dropped: () => dropped,
    close: () => app.close(),
  };
}

function httpServer(
  requestTimeout: number,
  take: (key: string, request: IncomingMessage) => Promise<number>,
): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    requestTimeout,
    http: {
      // Node takes the longer of the two times for the whole request, and 60 s for the head by default.
      headersTimeout: requestTimeout,
      // By default it looks for slow clients every 30 seconds only.
      connectionsCheckingInterval: Math.min(1000, requestTimeout),
    },
    routerOptions: { maxParamLength: Number.MAX_SAFE_INTEGER },
    // A path that cannot be decoded is not a key of ours.
    frameworkErrors: (_, __, reply) => void (reply as FastifyReply).code(404).send(),
  });
  // Without a body in fastify's eyes: it would refuse content types and parse what we want as it came.
  for (const method of METHODS) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });
  app.route({
    method: app.supportedMethods,
    url: '*',
    handler: async (request, reply) => {
      const key = keyOf(request.raw.url ?? '');
      return reply.code(key === undefined ? 404 : await take(key, request.raw)).send();
    },
  });
  // The one error there is: the client went away before its body was complete. That was no delivery.
  app.setErrorHandler((_, __, reply) => void reply.code(400).send());
  return app;
}

function received(key: string, request: IncomingMessage, read: BodyRead): ReceivedDelivery {
  const contentType = request.headers['content-type'];
  return {
    key,
    method: request.method ?? '',
    path: request.url ?? '',
    ...(contentType === undefined ? {} : { contentType }),
    headers: { ...request.headers },
    body: read.kind === 'whole' ? read.bytes : Buffer.alloc(0),
    receivedAt: Date.now(),
    truncated: read.kind !== 'whole',
  };
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code = '' } = error;
  const anyFree = 'or leave CALLBACK_PORT out: any free port is taken then';
  if (code === 'EADDRINUSE') {
    const text = `port ${port} of ${host} is in use. End what listens there, choose another port, ${anyFree}`;
    return new CallbackListenError('CALLBACK_PORT', text);
  }
  if (code === 'EACCES') {
    const text = `this user may not listen on port ${port}. Choose one above 1023, ${anyFree}`;
    return new CallbackListenError('CALLBACK_PORT', text);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const text = `${host} is not an address of this machine (${code}). 127.0.0.1 is for this machine only, 0.0.0.0 for all of its networks; what the tenant calls goes into CALLBACK_PUBLIC_URL`;
    return new CallbackListenError('CALLBACK_HOST', text);
  }
  return error;
}

/** An address that a client on this machine can use: the wildcards are for binding only. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
