// `npm run bench:memory`: the memory of a whole run against a tenant whose every answer is valid and 9 MB long. Options of
// cucumber select scenarios.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import manifest from '../package.json' with { type: 'json' };
import { startSandbox } from '../src/sandbox/server.ts';
import { table } from './figures.ts';
import { measure } from './processes.ts';

const repository = path.dirname(import.meta.dirname);
const padding = 'x'.repeat(9_000_000);

if (process.argv.includes('--help')) {
  console.log(
    'Usage: npm run bench:memory -- [arguments of npm test]\n\nThe peak memory of a run whose answers have 9 MB each.',
  );
  process.exit();
}
const sandbox = await startSandbox();
const server = createServer(async (request, response) => {
  const { status, headers, body } = await answerOf(request);
  const long = padded(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(long) }).end(long);
});
// Nobody is quick with such answers: a connection waits longer for its next request than usual.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1');
const folder = await mkdtemp(path.join(os.tmpdir(), 'conformance-bench-'));
try {
  const { port } = server.address() as AddressInfo;
  const { wallMs, peakMb } = await measure(
    [...manifest.scripts.test.replace(/^node /, '').split(' '), ...process.argv.slice(2)],
    repository,
    path.join(folder, 'cost.json'),
    {
      ...sandbox.settings,
      TENANT_URL: `http://127.0.0.1:${port}`,
      NO_PROXY: '127.0.0.1',
      // Twelve of them at once take their time on a busy machine.
      REQUEST_TIMEOUT_MS: '120000',
      REPORTS_DIR: path.join(folder, 'reports'),
    },
  );
  console.log(
    table([
      { figure: 'a run with answers of 9 MB', unit: 's', values: [wallMs / 1000] },
      { figure: '… its peak memory', unit: 'MB', values: [peakMb], atMost: 600 },
    ]),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
  server.close().closeAllConnections();
  await sandbox.close();
}

async function answerOf(request: IncomingMessage) {
  const { method = 'GET', url = '/' } = request;
  const body = await buffer(request);
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct)
      .filter(([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name))
      .map(([name, values]) => [name, values!.join(', ')]),
  );
  const answer = await fetch(sandbox.url + url, {
    ...{ method, headers },
    ...(body.length > 0 ? { body } : {}),
  });
  const type = answer.headers.get('content-type');
  return { status: answer.status, headers: type ? { 'content-type': type } : {}, body: await answer.text() };
}

/** The same with a member more, or with white space where it is not an object. */
function padded(body: string): string {
  return body.startsWith('{')
    ? body.replace(/\}$/, `,"padding":"${padding}"}`)
    : body + ' '.repeat(padding.length);
}
