// The tenant of the benchmark: reads a body, says OK, and does nothing that could be measured. Forked by run.ts, which
// is told the port first and, whenever it asks, how many requests came since it asked last.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FromServer = { port: number } | { requests: number; firstAt: number };

const ok = Buffer.from('{"STATUS":"OK"}');
const headers = { 'content-type': 'application/json', 'content-length': ok.length };
let requests = 0;
let firstAt = 0;

const server = createServer((request, response) => {
  requests += 1;
  firstAt ||= Date.now();
  // What is read has to be kept: a receiver that throws it away is faster than any real one.
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(200, headers).end(ok);
  });
});
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => say({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  say({ requests, firstAt });
  requests = 0;
  firstAt = 0;
});
process.on('disconnect', () => process.exit());

function say(message: FromServer): void {
  process.send?.(message);
}
