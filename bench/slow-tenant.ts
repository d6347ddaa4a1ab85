// The reference tenant behind a connection that takes its time. run.ts forks it; it sends its settings first, and on each
// message from run.ts the number of requests since the last one.
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '../src/sandbox/server.ts';

export type FromSlowTenant = { settings: Record<string, string> } | { requests: number };

const latencyMs = Number(process.argv[2]);
const sandbox = await startSandbox();
let requests = 0;

const server = createServer(async (request, response) => {
  requests += 1;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  await sleep(latencyMs);
  const { method, url, headers } = request;
  const passed = httpRequest(sandbox.url + url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  passed.end(Buffer.concat(chunks));
});
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  send({ settings: { ...sandbox.settings, TENANT_URL: `http://127.0.0.1:${port}` } });
});
process.on('message', () => {
  send({ requests });
  requests = 0;
});
process.on('disconnect', () => process.exit());

function send(message: FromSlowTenant): void {
  process.send?.(message);
}
