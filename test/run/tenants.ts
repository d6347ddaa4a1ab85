// Tenants that differ from the documents in one way each.
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../../src/protocol/answers.ts';
import type { Behaviour } from '../../src/sandbox/behaviour.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, type SmallServer, settingsFor, smallServer } from './harness.ts';

type Env = Record<string, string>;

/** Settings that point at a sandbox with parts of its behaviour replaced. */
export async function sandboxWith(behaviour: Partial<Behaviour>): Promise<Env> {
  const sandbox = await startSandbox({ behaviour });
  atEnd(() => sandbox.close());
  return { ...sandbox.settings, CALLBACK_TIMEOUT_MS: '1000' };
}

export function success(answer: Partial<Answer>): Promise<Env> {
  return sandboxWith({ hooksSuccess: () => ({ status: 200, headers: {}, body: '', ...answer }) });
}

/** The same answer to everything. */
export async function always(status: number, body: string): Promise<Env & { TENANT_URL: string }> {
  const server = await smallServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  return { ...settingsFor(server.url), TENANT_URL: server.url };
}

export interface Front extends Pick<SmallServer, 'received'> {
  env: Env;
}

/**
 * Something before a conformant sandbox. @param meddle answers itself, or changes how the sandbox's answer travels;
 * true when it has dealt with the request
 */
export async function before(
  meddle: (body: string, request: IncomingMessage, response: ServerResponse) => boolean,
  pass: (from: IncomingMessage, response: ServerResponse) => void = passOn,
): Promise<Front> {
  const sandbox = await startSandbox();
  const received: SmallServer['received'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', headers } = request;
    received.push({ method, path: url, headers, body });
    if (meddle(body, request, response)) return;
    const { 'transfer-encoding': _, ...passed } = headers;
    httpRequest(sandbox.url + url, { method, headers: passed }, (answer) => pass(answer, response)).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
    await sandbox.close();
  });
  const TENANT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { env: { ...sandbox.settings, TENANT_URL, CALLBACK_TIMEOUT_MS: '1000' }, received };
}

function passOn(from: IncomingMessage, response: ServerResponse): void {
  response.writeHead(from.statusCode ?? 500, from.headers);
  from.pipe(response);
}
