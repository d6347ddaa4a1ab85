// What stands in front of a conformant sandbox and changes how its answers travel, never what they say.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Sends an answer of the sandbox on. @param asked the request that it answers */
export type Pass = (answer: IncomingMessage, response: ServerResponse, asked: IncomingMessage) => void;

export interface Front {
  url: string;
  close(): Promise<void>;
}

/** Starts it on any free port of this machine. @param tenant URL of the sandbox behind it */
export async function startFront(tenant: string, pass: Pass): Promise<Front> {
  const server = createServer((asked, response) => {
    const onward = request(
      tenant + asked.url,
      { method: asked.method, headers: asked.rawHeaders },
      (answer) => pass(answer, response, asked),
    );
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The headers of an answer, but those that say how it came over this connection. */
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
