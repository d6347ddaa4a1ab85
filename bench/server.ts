// The tenant of the benchmark: reads a body and answers OK, as fast as it can. run.ts forks it; it sends its port first, and
// on each message from run.ts the number of requests since the last one.
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
  // It keeps the bytes that it reads: a server that throws them away is faster than any real one.
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(200, headers).end(ok);
  });
});
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => send({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  send({ requests, firstAt });
  requests = 0;
  firstAt = 0;
});
process.on('disconnect', () => process.exit());

function send(message: FromServer): void {
  process.send?.(message);
}
