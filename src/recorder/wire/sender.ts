// What the connection of a sender shows: the target of a request, its body, and whether the sender waits for the answer.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyRoom } from './body-room.ts';

/** A sender that uses the recorder as its proxy sends the whole URL. What follows the host stays as it is. */
export function targetOf(url: string): string {
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(url)?.[0];
  if (authority === undefined) return url;
  const rest = url.slice(authority.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

export type NoBody = 'too long' | 'no room' | 'broken off';

/**
 * Reads a body to its end even when it is not kept: a sender that still writes would not see the answer.
 * @param limit in bytes
 * @param room of all bodies; who gets a body gives its bytes back
 */
export async function bodyOf(
  message: IncomingMessage,
  limit: number,
  room: BodyRoom,
): Promise<Buffer | NoBody> {
  const chunks: Buffer[] = [];
  let [size, taken] = [0, 0];
  let without: NoBody | undefined;
  const drop = (why: NoBody) => {
    without = why;
    chunks.length = 0;
    room.give(taken);
    taken = 0;
  };
  try {
    for await (const chunk of message) {
      if (without) continue;
      size += chunk.length;
      if (size > limit) drop('too long');
      else if (!room.take(chunk.length)) drop('no room');
      else {
        taken += chunk.length;
        chunks.push(chunk);
      }
    }
  } catch {
    drop('broken off');
  }
  return without ?? Buffer.concat(chunks);
}

/**
 * Whether the sender has gone. One that has closed its half of the connection may still wait for the answer. If it has
 * closed the whole connection, the first bytes written to it are answered with a reset, and the next write fails; 100
 * Continue provides bytes that change nothing (RFC 9110, 15.2).
 */
export async function hasGone(
  { socket, httpVersion }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const mayHaveGone = socket.readableEnded && httpVersion !== '1.0' && response.socket === socket;
  if (socket.destroyed || !mayHaveGone) return socket.destroyed;
  for (const [part, waitMs] of interimParts) {
    if (socket.destroyed) break;
    socket.write(part);
    await once(socket, 'close', { signal: AbortSignal.timeout(waitMs) }).catch(() => {});
  }
  return socket.destroyed;
}

/** The first wait is longer than a round trip. */
const interimParts: [part: string, waitMs: number][] = [
  ['HTTP/1.1 100 Continue\r\n', 250],
  ['\r\n', 50],
];
