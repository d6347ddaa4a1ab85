// Takes "100 Continue" out of what a tenant sends. A server may send it unasked (RFC 9110, 15.2), and undici, which never
// asks for it, would break the connection off although the event was taken.

import type { Socket } from 'node:net';
import { type buildConnector, type Dispatcher, Pool } from 'undici';

type Connector = buildConnector.connector;

/** For `factory` of an agent whose `connect` is a function. */
export function poolWithoutInterim(origin: string | URL, options: object): Dispatcher {
  const { connect } = options as { connect: Connector };
  const filtered: Connector = (to, callback) =>
    connect(to, (...result: Parameters<buildConnector.Callback>) => {
      const [, socket] = result;
      if (socket) withoutInterim(socket as Socket);
      callback(...result);
    });
  return new Pool(origin, { ...options, connect: filtered });
}

/** undici sends a request only when the answer to the one before is complete, so what follows a request is its answer. */
function withoutInterim(socket: Socket): void {
  const [read, write] = [socket.read.bind(socket), socket.write.bind(socket)];
  let isStart = true;
  let begun: Buffer = Buffer.alloc(0);
  socket.write = ((...args: Parameters<Socket['write']>) => {
    isStart = true;
    return write(...args);
  }) as Socket['write'];
  socket.read = (size?: number) => {
    for (;;) {
      const chunk: Buffer | null = read(size);
      if (chunk === null || !isStart) return chunk;
      const { rest, isComplete } = afterInterim(Buffer.concat([begun, chunk]));
      begun = isComplete ? Buffer.alloc(0) : rest;
      if (!isComplete) continue;
      isStart = false;
      return rest;
    }
  };
}

const statusLine = 'HTTP/1.1 100';
const maxInterimBytes = 64 * 1024;

/** What follows the interim answers; incomplete while nobody can know whether another one begins. */
function afterInterim(bytes: Buffer): { rest: Buffer; isComplete: boolean } {
  let rest = bytes;
  for (;;) {
    const start = rest.toString('latin1', 0, statusLine.length);
    if (!statusLine.startsWith(start.replace('/1.0', '/1.1'))) return { rest, isComplete: true };
    const end = start.length < statusLine.length ? undefined : headEnd(rest);
    if (end === undefined) return { rest, isComplete: rest.length > maxInterimBytes };
    rest = rest.subarray(end);
  }
}

function headEnd(bytes: Buffer): number | undefined {
  const found = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, maxInterimBytes));
  return found ? found.index + found[0].length : undefined;
}
