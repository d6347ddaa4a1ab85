// A connection to the tenant that can fail: a TCP proxy before the reference tenant, which reads requests and decides for each
// what becomes of it. Unaware of what a run makes of that.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  type SecureContextOptions,
  type Server as TlsServer,
} from 'node:tls';
import { type RequestLine, type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { atEnd } from './harness.ts';

export interface Passage {
  body: string;
  /** Undefined where the body names none. */
  conversationId: string | undefined;
  /** How many requests of its conversation came before. */
  before: number;
  /** Where the answer goes, byte for byte. */
  socket: Socket;
  /** Brings the request to the tenant. @returns its answer, as bytes */
  answer(): Promise<Buffer>;
}

export interface FaultyConnection {
  env: Record<string, string>;
  /** What the tenant behind it has answered. */
  arrived: RequestLine[];
  received(conversationId: string): number;
  /** Every request that was read, lost ones among them. */
  passages: Passage[];
  /** Ends all connections but this one, and takes no new one for a while. */
  refuse(milliseconds: number, but: Socket): void;
  /** Ends all connections but this one. The next is made with this certificate, the ones after it as before. */
  present(certificate: SecureContextOptions, but: Socket): void;
}

/**
 * Opens a connection to a new reference tenant. @param meddle decides what becomes of a request; false passes it on
 * @param tls makes it https
 */
export async function faultyConnection(
  meddle: (passage: Passage, connection: FaultyConnection) => unknown,
  tls?: SecureContextOptions,
): Promise<FaultyConnection> {
  const arrived: RequestLine[] = [];
  const sandbox = await startSandbox({ onRequest: (line) => arrived.push(line) });
  const sockets = new Set<Socket>();
  const passages: Passage[] = [];
  const seen = new Map<string, number>();

  const onConnection = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    readRequests(socket, async (head, body) => {
      const conversationId = /"conversationId":"([^"]+)"/.exec(body)?.[1];
      const before = seen.get(conversationId ?? '') ?? 0;
      seen.set(conversationId ?? '', before + 1);
      const passage = { body, conversationId, before, socket, answer: () => asked(sandbox, head, body) };
      passages.push(passage);
      if ((await meddle(passage, connection)) === false) socket.write(await passage.answer());
    });
  };
  const server: Server = tls ? createTlsServer(tls, onConnection) : createServer(onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hangUp = (but?: Socket) => {
    for (const socket of sockets) if (socket !== but) socket.destroy();
  };
  atEnd(async () => {
    server.close();
    hangUp();
    await sandbox.close();
  });
  const TENANT_URL = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const connection: FaultyConnection = {
    env: { ...sandbox.settings, TENANT_URL, CALLBACK_TIMEOUT_MS: '1000' },
    arrived,
    received: sandbox.received,
    passages,
    refuse(milliseconds, but) {
      server.close();
      hangUp(but);
      setTimeout(() => server.listen(port, '127.0.0.1'), milliseconds);
    },
    present(certificate, but) {
      const { setSecureContext } = server as TlsServer;
      setSecureContext.call(server, certificate);
      hangUp(but);
      server.once('connection', () => setSecureContext.call(server, tls!));
    },
  };
  return connection;
}

/** An answer after which its connection is closed: the next request has to make a new one. */
export async function lastAnswer({ socket, answer }: Passage): Promise<void> {
  const text = (await answer()).toString('latin1');
  const last = text.replace('\nconnection: keep-alive', '\nconnection: close');
  await new Promise<void>((written) => socket.end(Buffer.from(last, 'latin1'), written));
}

/** One request after the other; the harness sends each body with its length. */
function readRequests(socket: Socket, take: (head: string, body: string) => Promise<void>): void {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = bytes.subarray(0, end).toString('latin1');
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    if (bytes.length < end + 4 + length) return;
    const body = bytes.subarray(end + 4).toString('utf8');
    bytes = Buffer.alloc(0);
    take(head, body).catch(() => socket.destroy());
  });
}

/** The tenant's answer to a request, which it gives on a separate connection. */
async function asked({ url }: Sandbox, head: string, body: string): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${head.replace(/^connection:.*$/im, 'connection: close')}\r\n\r\n${body}`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return keptOpen(Buffer.concat(chunks));
}

/** Between the proxy and the reference tenant. */
function keptOpen(answer: Buffer): Buffer {
  const end = answer.indexOf('\r\n\r\n');
  const head = answer
    .subarray(0, end)
    .toString('latin1')
    .replace(/^connection: close\r?$/im, 'connection: keep-alive');
  return Buffer.concat([Buffer.from(head, 'latin1'), answer.subarray(end)]);
}
