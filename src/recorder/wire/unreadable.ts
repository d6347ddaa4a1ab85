// Requests that Node hands to nobody, since they cannot be read or ask for a tunnel: they are refused in words, and said.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { answerClientError } from '../../sandbox/unreadable-request.ts';

/** @param onTrouble told of each */
export function onUnreadable(server: Server, onTrouble: (text: string) => void): void {
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    // A connection that only ends is no request.
    if (error.code !== 'ECONNRESET' && socket.writable) onTrouble(unread(error.code ?? error.message));
    answerClientError(error, socket);
  });
  server.on('connect', (_, socket: Socket) => {
    onTrouble(unread('CONNECT'));
    socket.on('error', () => {});
    answerClientError(new Error('CONNECT'), socket);
  });
}

function unread(why: string): string {
  return `A request that cannot be read was refused (${why}): it was neither passed on nor recorded`;
}
