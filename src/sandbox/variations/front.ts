// A proxy in front of a conformant sandbox that changes how its answers are sent, never what they say.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes an answer of the sandbox on. @param request the request that it answers */
export type PassOn = (answer: IncomingMessage, response: ServerResponse, request: IncomingMessage) => void;

export interface Front {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts it on any free port of this machine, unless the address says otherwise.
 * @param tenant URL of the sandbox behind it
 */
export async function startFront(
  tenant: string,
  passOn: PassOn,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<Front> {
  const server = createServer((incoming, response) => {
    const outgoing = request(
      tenant + incoming.url,
      { method: incoming.method, headers: incoming.rawHeaders },
      (answer) => passOn(answer, response, incoming),
    );
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The headers of an answer, without those about the connection it came on. */
export function headersOf(answer: IncomingMessage): Record<string, string | string[]> {
  const {
    'content-length': _,
    'keep-alive': __,
    connection: ___,
    'transfer-encoding': ____,
    ...headers
  } = answer.headers as Record<string, string | string[]>;
  return headers;
}
