// Whether the outcomes of transfers can arrive, as far as this machine can see.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { before, test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, smallServer } from '../run/harness.ts';
import { doctor } from './run-doctor.ts';

let settings: Record<string, string> = {};
before(async () => {
  const sandbox = await startSandbox();
  atEnd(() => sandbox.close());
  settings = sandbox.settings;
});
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('a port that is in use, and an address that is not this machine', async () => {
  const taken = await smallServer((_, response) => response.end());
  const { port } = new URL(taken.url);
  const inUse = await doctor({ ...settings, CALLBACK_PORT: port });
  assert.equal(inUse.code, 3, inUse.output);
  assert.deepEqual(inUse.amiss, ['✗ callback listener', '– callback URL']);
  assert.equal(inUse.of('callback listener').found, `port ${port} of 127.0.0.1 is in use`);
  assert.match(
    inUse.of('callback listener').todo.join(),
    /^CALLBACK_PORT: End what listens there, choose another/,
  );
  const elsewhere = await doctor({ ...settings, CALLBACK_HOST: '192.0.2.1' });
  assert.match(elsewhere.of('callback listener').found, /^192\.0\.2\.1 is not an address of this machine/);
  assert.match(elsewhere.of('callback listener').todo.join(), /^CALLBACK_HOST: 127\.0\.0\.1 is for/);
});

test('a CALLBACK_PUBLIC_URL that leads to the listener', async () => {
  const port = await freePort();
  const tunnel = await smallServer((request, response) => {
    fetch(`http://127.0.0.1:${port}${request.path}`, { method: 'POST', body: request.body }).then(
      ({ status }) => response.writeHead(status).end(),
      () => response.writeHead(502).end(),
    );
  });
  const visit = await doctor({
    ...settings,
    CALLBACK_PORT: String(port),
    CALLBACK_PUBLIC_URL: `${tunnel.url}/in`,
  });
  assert.equal(visit.code, 0, visit.output);
  assert.deepEqual(visit.amiss, []);
  assert.match(visit.of('callback URL').found, /\/in leads to the listener, from this machine at least$/);
  assert.match(tunnel.received[0]!.path, /^\/in\/callbacks\//);
});

test('a CALLBACK_PUBLIC_URL that leads elsewhere', async () => {
  const elsewhere = await smallServer((_, response) => response.writeHead(200).end());
  const visit = await doctor({ ...settings, CALLBACK_PUBLIC_URL: elsewhere.url });
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.amiss, ['✗ callback URL']);
  assert.match(visit.of('callback URL').found, /it leads elsewhere: HTTP 200$/);
  assert.match(
    visit.of('callback URL').todo.join('\n'),
    /^CALLBACK_PORT: .*any free one\nCALLBACK_PUBLIC_URL: /,
  );
});

test('a tunnel with nothing behind it, and a host that does not exist', async () => {
  const tunnel = await smallServer((_, response) => response.writeHead(502).end());
  const port = String(await freePort());
  const empty = await doctor({ ...settings, CALLBACK_PORT: port, CALLBACK_PUBLIC_URL: tunnel.url });
  assert.equal(empty.code, 3, empty.output);
  assert.match(
    empty.of('callback URL').found,
    /a gateway or tunnel answers, but nothing behind it: HTTP 502$/,
  );
  assert.match(empty.of('callback URL').todo.join('\n'), /^CALLBACK_PUBLIC_URL: /);
  const unknown = await doctor({ ...settings, CALLBACK_PUBLIC_URL: 'http://callbacks.invalid' });
  assert.match(unknown.of('callback URL').found, /not a known name/, unknown.output);
  assert.equal(unknown.code, 3);
});

test('with a CALLBACK_PUBLIC_URL that this machine cannot reach, nothing is ready', async () => {
  const visit = await doctor({ ...settings, CALLBACK_PUBLIC_URL: 'http://127.0.0.1:1' });
  assert.equal(visit.code, 3, visit.output);
  assert.deepEqual(visit.amiss, ['✗ callback URL']);
  assert.match(visit.of('callback URL').found, /refused; a run relies on it only if something reaches it/);
  assert.match(visit.output, /1 thing to fix, first: callback URL/);
});
