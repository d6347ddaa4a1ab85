// The connection to the tenant: names, connections, proxies, and servers that never answer.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { atEnd, settingsFor } from '../run/harness.ts';
import { doctor, type Visit } from './run-doctor.ts';

test('a port where nothing listens: reported once, not once a check', async () => {
  const visit = await doctor(settingsFor('http://127.0.0.1:1'));
  assert.equal(visit.code, 3, visit.output);
  const { mark, found, todo } = visit.of('connection');
  assert.equal(mark, '✗');
  assert.match(found, /^127\.0\.0\.1:1 refused.*ECONNREFUSED/);
  assert.match(todo.join(), /^TENANT_URL: check host and port/);
  for (const check of ['TLS', 'answer', 'clock', 'hooks path', 'token', 'bot']) {
    assert.equal(visit.of(check).found, 'not checked: fix connection first');
  }
  assert.equal(visit.of('callback listener').mark, '✓', 'what does not depend on it is looked at');
  assert.match(visit.last, /^1 thing to fix, first: connection \(127\.0\.0\.1:1 refused/);
});

test('an unknown host', async () => {
  const visit = await doctor({ ...settingsFor('https://tenant.invalid'), REQUEST_TIMEOUT_MS: '8000' });
  assert.equal(visit.code, 3, visit.output);
  const { mark, found, todo } = visit.of('name resolution');
  assert.equal(mark, '✗');
  assert.match(found, /tenant\.invalid/);
  assert.match(todo.join(), /TENANT_URL/);
  assert.match(todo.join(), /VPN/);
  assert.equal(visit.of('connection').found, 'not checked: fix name resolution first');
});

/** Accepts connections and sends nothing. */
async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

test('a wait for a server that never answers ends after REQUEST_TIMEOUT_MS', async () => {
  const port = await silentPort();
  const limited = { REQUEST_TIMEOUT_MS: '1000' };
  const waitsForNothing = await doctor(settingsFor('http://127.0.0.1:1'));
  const waited = ({ seconds }: Visit) => seconds - waitsForNothing.seconds;
  const http = await doctor({ ...settingsFor(`http://localhost:${port}`), ...limited });
  assert.equal(http.code, 3, http.output);
  assert.match(http.of('name resolution').found, /^localhost is .*127\.0\.0\.1/);
  assert.equal(http.of('connection').mark, '✓');
  assert.match(http.of('answer').found, /^TRANSPORT_TIMEOUT /);
  assert.match(http.of('answer').todo.join(), /REQUEST_TIMEOUT_MS/);
  assert.ok(waited(http) < 9, `${http.seconds} s`);
  assert.equal(http.of('token').found, 'not checked: fix answer first');
  const https = await doctor({ ...settingsFor(`https://127.0.0.1:${port}`), ...limited });
  assert.equal(https.of('TLS').found, 'no TLS within 1000 ms');
  assert.equal(https.code, 3, https.output);
  const HTTPS_PROXY = `http://127.0.0.1:${port}`;
  const proxy = await doctor({ ...settingsFor('https://tenant.invalid'), HTTPS_PROXY, ...limited });
  assert.match(proxy.of('connection').found, /^the proxy 127\.0\.0\.1:\d+ timed out.*\(waited 1000 ms\)$/);
  assert.match(proxy.of('connection').todo.join(), /firewall/);
  assert.ok(waited(https) < 9, `${https.seconds} s`);
});

/** A company's proxy: every tunnel leads to one port of this machine. @param status its answer when it opens no tunnel */
async function companyProxy(to: number | undefined, status = 403): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connect', (request, client, head) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    client.on('error', () => {});
    if (to === undefined) return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const tenant = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tenant.write(head);
      client.pipe(tenant).pipe(client);
    });
    tenant.on('error', () => client.destroy());
    atEnd(() => tenant.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://me:pass-word@127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('through a proxy, which resolves the name of the tenant itself', async () => {
  const sandbox = await startSandbox();
  atEnd(() => sandbox.close());
  const proxy = await companyProxy(Number(new URL(sandbox.url).port));
  const visit = await doctor({
    ...sandbox.settings,
    TENANT_URL: 'http://tenant.invalid',
    HTTP_PROXY: proxy.url,
  });
  assert.equal(visit.code, 0, visit.output);
  assert.match(visit.of('name resolution').found, /the proxy finds tenant\.invalid by itself/);
  assert.match(visit.of('connection').found, /^tenant\.invalid:80 through 127\.0\.0\.1:\d+ in \d+ ms$/);
  assert.equal(visit.of('token').mark, '✓');
  assert.deepEqual(
    [...new Set(proxy.asked)],
    [`tenant.invalid:80 Basic ${Buffer.from('me:pass-word').toString('base64')}`],
  );
  // A tenant elsewhere cannot reach a listener on the loopback of this machine.
  assert.deepEqual(visit.amiss, ['! TLS', '! callback URL']);
  assert.match(visit.of('TLS').found, /anyone on the network can read the token/);
  assert.match(visit.of('callback URL').todo.join(), /^CALLBACK_PUBLIC_URL: /);
  assert.doesNotMatch(visit.output, /pass-word/);
});

test('a proxy that opens no tunnel, and one that does not exist', async () => {
  const settings = settingsFor('https://tenant.invalid');
  const forbidden = await doctor({ ...settings, HTTPS_PROXY: (await companyProxy(undefined)).url });
  assert.equal(forbidden.code, 3, forbidden.output);
  assert.equal(forbidden.of('connection').found, 'PROXY_REFUSED the proxy, not the tenant, answered 403');
  assert.match(forbidden.of('connection').todo.join(), /^check HTTPS_PROXY/);
  const stranger = await doctor({ ...settings, HTTPS_PROXY: (await companyProxy(undefined, 407)).url });
  assert.match(stranger.of('connection').todo.join(), /user and password into HTTPS_PROXY/);
  const absent = await doctor({ ...settings, HTTPS_PROXY: 'http://127.0.0.1:1' });
  assert.match(absent.of('connection').found, /^the proxy 127\.0\.0\.1:1 refused/);
  assert.match(absent.of('connection').todo.join(), /^HTTPS_PROXY: /);
});
