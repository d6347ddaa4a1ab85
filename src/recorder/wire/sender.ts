// What the connection of a sender shows: the target of a request, its body, and whether the sender waits for the answer.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBodyBytes } from './bodies.ts';

/** A sender that uses the recorder as its proxy sends the whole URL. What follows the host stays as it is. */
export function targetOf(url: string): string {
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(url)?.[0];
  if (authority === undefined) return url;
  const rest = url.slice(authority.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Reads a body to its end even when it is too long: a sender that still writes would not see the answer. */
export async function bodyOf(message: IncomingMessage): Promise<Buffer | 'too long' | 'broken off'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return 'broken off';
  }
  return size > maxBodyBytes ? 'too long' : Buffer.concat(chunks);
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
