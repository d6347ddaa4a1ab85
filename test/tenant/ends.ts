// Servers on the loopback for tests of the transport; each is closed after its test.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createNetServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { afterEach } from 'node:test';
import type { Exchange, WireRequest } from '../../src/tenant/exchange.ts';
import { Transport, type TransportOptions } from '../../src/tenant/transport.ts';

export const token = 'eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6ImNzLTEifQ.very-secret-signature';

export const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

export async function listening(server: NetServer, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: Buffer;
  /** The client's port: the same for all requests of one connection. */
  connection: number;
}

export interface HttpEnd {
  url: string;
  server: Server;
  received: Received[];
}

/** An HTTP server that keeps what it receives. @param answer gets the number of requests before */
export async function httpEnd(
  answer: (response: ServerResponse, before: number) => void = ok,
): Promise<HttpEnd> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers, rawHeaders, socket } = request;
    const connection = socket.remotePort ?? 0;
    received.push({ method, path: url, headers, rawHeaders, body: Buffer.concat(chunks), connection });
    answer(response, received.length - 1);
  });
  const url = await listening(server);
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url, server, received };
}

export function ok(response: ServerResponse): void {
  response.end('OK');
}

export interface NetEnd {
  url: string;
  port: number;
  /** How many connections have sent bytes, and those bytes. */
  requests: number;
}

/** A TCP server that answers the first bytes of every connection. */
export async function netEnd(answer: (socket: Socket) => void): Promise<NetEnd> {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      end.requests += 1;
      answer(socket);
    });
  });
  const url = await listening(server);
  const end: NetEnd = { url, port: Number(new URL(url).port), requests: 0 };
  ends.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return end;
}

export async function opened(url: string, options: Partial<TransportOptions> = {}): Promise<Transport> {
  const transport = await Transport.open({ url, requestTimeoutMs: 5000, env: {}, ...options });
  ends.push(() => transport.close());
  return transport;
}

export function posted(url: string, rest: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', url, headers: { 'content-type': 'application/json', token }, body: '{}', ...rest };
}

export async function sentTo(url: string, options: Partial<TransportOptions> = {}): Promise<Exchange> {
  return (await opened(url, options)).send(posted(`${url}/x`));
}

/** Asserts that there is no answer that can be judged, and no secret in the message. */
export function assertFailed(exchange: Exchange, kind: string, attempts: number): void {
  const { failure } = exchange;
  assert.equal(failure?.kind, kind, JSON.stringify(failure ?? exchange.answer));
  assert.equal(exchange.attempts, attempts);
  assert.ok(!failure.message.includes(token) && !failure.message.includes('secret'), failure.message);
  assert.match(failure.message, /^[^\n]+: [^\n]+$/, 'one line: what happened, and what to do');
  assert.equal(/\(tried \d times\)/.test(failure.message), attempts > 1, failure.message);
}
