// A run through a company's proxy: all of it goes there, and the embedded sandbox stays on this machine.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { atEnd, run } from './harness.ts';
import { before as standingBefore } from './tenants.ts';

const minimum = 'features/conversation-events/minimum-conversation.feature';

/** A forward proxy on loopback that keeps which hosts it has opened a tunnel to, and how many bytes came back. */
async function forwardProxy() {
  const opened: string[] = [];
  const ports = new Set<number | undefined>();
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connect', (request, client, head) => {
    opened.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const tenant = connect(Number(port), hostname, () => {
      ports.add(tenant.localPort);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tenant.write(head);
      client.pipe(tenant).pipe(client);
    });
    for (const socket of [client, tenant])
      socket.on('error', () => [client, tenant].map((one) => one.destroy()));
    atEnd(() => tenant.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, opened, ports };
}

test('every request to the tenant goes through HTTP_PROXY', async () => {
  const proxy = await forwardProxy();
  const from: (number | undefined)[] = [];
  const tenant = await standingBefore((_, request) => {
    from.push(request.socket.remotePort);
    return false;
  });
  const ended = await run([minimum], { env: { ...tenant.env, HTTP_PROXY: proxy.url } });
  assert.equal(ended.code, 0, ended.output);
  const host = new URL(tenant.env.TENANT_URL!).host;
  assert.deepEqual([...new Set(proxy.opened)], [host]);
  assert.ok(from.length > 5);
  assert.deepEqual(
    from.filter((port) => !proxy.ports.has(port)),
    [],
  );
});

test('a host of NO_PROXY is reached without it', async () => {
  const proxy = await forwardProxy();
  const tenant = await standingBefore(() => false);
  const env = { ...tenant.env, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
  assert.equal((await run([minimum], { env })).code, 0);
  assert.deepEqual(proxy.opened, []);
});

test('the embedded sandbox is reached without it', async () => {
  const proxy = await forwardProxy();
  const ended = await run([minimum], { env: { HTTP_PROXY: proxy.url, http_proxy: proxy.url } });
  assert.equal(ended.code, 0, ended.output);
  assert.match(ended.output, /the embedded sandbox/);
  assert.deepEqual(proxy.opened, []);
});

test('a proxy that is not there: the tenant could not be reached', async () => {
  const tenant = await standingBefore(() => false);
  const ended = await run([minimum], {
    env: { ...tenant.env, HTTP_PROXY: 'http://me:pass-word@127.0.0.1:1' },
  });
  assert.equal(ended.code, 3, ended.output);
  assert.match(ended.output, /^TENANT_UNREACHABLE /m);
  assert.match(ended.output, /ECONNREFUSED.*: check the host and port of the proxy in HTTP_PROXY/);
  assert.doesNotMatch(ended.output, /pass-word|TENANT_URL|\n\s+at /);
  assert.equal(tenant.received.length, 0);
});

test('a proxy whose name nobody knows', async () => {
  const tenant = await standingBefore(() => false);
  const ended = await run([minimum], { env: { ...tenant.env, http_proxy: 'proxy.invalid:3128' } });
  assert.equal(ended.code, 3, ended.output);
  assert.match(ended.output, /ENOTFOUND proxy\.invalid: check the host name of the proxy in http_proxy/);
});
