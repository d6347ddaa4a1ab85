// What the connection of a sender shows: where a request goes to, its body, and whether anybody waits for the answer.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBodyBytes } from './bodies.ts';

/** A sender that takes the recorder for a proxy of its own names the whole URL. What stands behind its host is left as it is. */
export function targetOf(url: string): string {
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(url)?.[0];
  if (authority === undefined) return url;
  const rest = url.slice(authority.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Read to its end even when it is too long: a sender that still writes would see no answer. */
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
 * Whether the sender has left. One that has closed its half of the connection may wait, or have closed all of it: then a
 * first few bytes are thrown back, and the next cannot be written. HTTP has 100 Continue for such bytes (RFC 9110, 15.2).
 */
export async function hasGone(
  { socket, httpVersion }: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const mayHaveGone = socket.readableEnded && httpVersion !== '1.0' && response.socket === socket;
  if (socket.destroyed || !mayHaveGone) return socket.destroyed;
  for (const [part, waitMs] of interim) {
    if (socket.destroyed) break;
    socket.write(part);
    await once(socket, 'close', { signal: AbortSignal.timeout(waitMs) }).catch(() => {});
  }
  return socket.destroyed;
}

/** The first wait is longer than a way there and back. */
const interim: [part: string, waitMs: number][] = [
  ['HTTP/1.1 100 Continue\r\n', 250],
  ['\r\n', 50],
];
