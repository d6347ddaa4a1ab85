// Requests that Node does not hand to the server, since they cannot be read or ask for a tunnel: refused and reported.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { answerClientError } from '../../sandbox/unreadable-request.ts';

/** @param onTrouble called for each of them */
export function onUnreadable(server: Server, onTrouble: (text: string) => void): void {
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    // A connection that only ends is not a request.
    if (error.code !== 'ECONNRESET' && socket.writable) onTrouble(refusedText(error.code ?? error.message));
    answerClientError(error, socket);
  });
  server.on('connect', (_, socket: Socket) => {
    onTrouble(refusedText('CONNECT'));
    socket.on('error', () => {});
    answerClientError(new Error('CONNECT'), socket);
  });
}

function refusedText(why: string): string {
  return `A request that cannot be read was refused (${why}): it was neither passed on nor recorded`;
}
