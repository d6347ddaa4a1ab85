// A callback listener for one test, and its clients; all are closed after the test.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'node:test';
import {
  type CallbackListener,
  type CallbackListenerOptions,
  startCallbackListener,
} from '../../src/tenant/callback-listener.ts';

const open: { close(): Promise<void> }[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

export async function started(options: Partial<CallbackListenerOptions> = {}): Promise<CallbackListener> {
  const listener = await startCallbackListener({ host: '127.0.0.1', port: 0, ...options });
  listener.expect('key');
  open.push(listener);
  return listener;
}

export async function post(
  listener: CallbackListener,
  key: string,
  body: string | Uint8Array<ArrayBuffer> = 'x',
  headers = {},
): Promise<number> {
  const answer = await fetch(`${listener.url}/callbacks/${key}`, { method: 'POST', body, headers });
  await answer.text();
  return answer.status;
}

/** A raw connection, and a promise for all that comes back until it ends. */
export async function connected(
  listener: CallbackListener,
): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = connect(Number(new URL(listener.url).port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  await once(socket, 'connect');
  return { socket, ended };
}
