// Which proxy of the environment applies, and that requests really go through it: a forward proxy on the loopback counts
// them. Playwright opens a tunnel (CONNECT) for http:// too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, suite, test } from 'node:test';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { proxyFor } from '../../src/tenant/proxy.ts';
import { Transport } from '../../src/tenant/transport.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

suite('proxyFor()', () => {
  type Case = [name: string, url: string, env: Record<string, string>, server: string | undefined];
  const [http, https] = ['http://tenant.example.com/x', 'https://tenant.example.com/x'];
  const cases: Case[] = [
    ['nothing set', https, {}, undefined],
    ['empty', https, { HTTPS_PROXY: '' }, undefined],
    ['HTTPS_PROXY for https', https, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
    ['https_proxy for https', https, { https_proxy: 'http://p:3128' }, 'http://p:3128'],
    ['HTTP_PROXY not for https', https, { HTTP_PROXY: 'http://p:3128' }, undefined],
    ['HTTP_PROXY for http', http, { HTTP_PROXY: 'http://p:3128' }, 'http://p:3128'],
    ['http_proxy for http', http, { http_proxy: 'http://p:3128' }, 'http://p:3128'],
    ['HTTPS_PROXY not for http', http, { HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['lower case first', https, { HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' }, 'http://lower'],
    [
      'an empty lower-case variable counts as unset',
      https,
      { HTTPS_PROXY: 'http://p:1', https_proxy: '' },
      'http://p:1',
    ],
    ['without a scheme', https, { HTTPS_PROXY: 'p.example.com:3128' }, 'http://p.example.com:3128'],
    ['without a port', https, { HTTPS_PROXY: 'http://p.example.com' }, 'http://p.example.com'],
    ['a proxy over TLS', https, { HTTPS_PROXY: 'https://p:3129/' }, 'https://p:3129'],
    ['a SOCKS proxy', https, { HTTPS_PROXY: 'socks5://p:1080' }, 'socks5://p:1080'],
    ['an IPv6 proxy', https, { HTTPS_PROXY: 'http://[::1]:3128' }, 'http://[::1]:3128'],
  ];
  for (const [name, url, env, server] of cases) {
    test(name, () => assert.deepEqual(proxyFor(url, env), server === undefined ? undefined : { server }));
  }

  const credentials: Record<string, [value: string, expected: object]> = {
    'user and password': ['http://me:word@p:3128', { username: 'me', password: 'word' }],
    'encoded ones are decoded': [
      'http://do%40main:p%40ss%2F%3A%25@p:3128',
      { username: 'do@main', password: 'p@ss/:%' },
    ],
    'a percent sign that is not encoded': ['http://me:100%@p:3128', { username: 'me', password: '100%' }],
    'a user alone': ['http://me@p:3128', { username: 'me' }],
    'without a scheme': ['me:word@p:3128', { username: 'me', password: 'word' }],
  };
  for (const [name, [value, expected]] of Object.entries(credentials)) {
    test(name, () => {
      assert.deepEqual(proxyFor(https, { HTTPS_PROXY: value }), { server: 'http://p:3128', ...expected });
    });
  }

  for (const value of ['http://me:pass word@', 'http://me:pa/ss@p:3128:x', 'http://', '//me:hunter2@:x']) {
    test(`${value} is not a URL, and the error does not repeat it`, () => {
      assert.throws(
        () => proxyFor(https, { HTTPS_PROXY: value }),
        (error: Error) => {
          assert.match(error.message, /^PROXY_INVALID {2}HTTPS_PROXY is not the URL/);
          assert.ok(!error.message.includes('me:') && !('input' in error));
          return true;
        },
      );
    });
  }

  type NoProxy = [noProxy: string, url: string, direct: boolean];
  const noProxies: NoProxy[] = [
    ['', 'https://tenant.example.com', false],
    [' , ', 'https://tenant.example.com', false],
    ['tenant.example.com', 'https://tenant.example.com', true],
    ['Tenant.Example.COM', 'https://TENANT.example.com', true],
    ['example.com', 'https://tenant.example.com', true],
    ['ample.com', 'https://tenant.example.com', false],
    ['com', 'https://tenant.example.com', true],
    ['tenant.example.com.evil.org', 'https://tenant.example.com', false],
    ['tenant', 'https://tenant.example.com', false],
    ['.example.com', 'https://tenant.example.com', true],
    ['.example.com', 'https://notexample.com', false],
    ['*.example.com', 'https://tenant.example.com', true],
    ['*.example.com', 'https://deep.tenant.example.com', true],
    ['*.example.com', 'https://notexample.com', false],
    ['*', 'https://tenant.example.com', true],
    ['other.org, *', 'https://tenant.example.com', true],
    [' a.org ,  tenant.example.com ', 'https://tenant.example.com', true],
    ['a.org tenant.example.com', 'https://tenant.example.com', true],
    ['a.org,b.org', 'https://tenant.example.com', false],
    ['tenant.example.com:8443', 'https://tenant.example.com:8443', true],
    ['tenant.example.com:8443', 'https://tenant.example.com', false],
    ['tenant.example.com:443', 'https://tenant.example.com', true],
    ['tenant.example.com:80', 'http://tenant.example.com', true],
    ['tenant.example.com:80', 'https://tenant.example.com', false],
    ['.example.com:8443', 'https://tenant.example.com:8443', true],
    ['127.0.0.1', 'http://127.0.0.1:3000', true],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000', true],
    ['localhost', 'http://127.0.0.1:3000', false],
    ['::1', 'http://[::1]:3000', true],
    ['[::1]', 'http://[::1]:3000', true],
    ['[::1]:3000', 'http://[::1]:3000', true],
    ['[::1]:3001', 'http://[::1]:3000', false],
    ['::2', 'http://[::1]:3000', false],
  ];
  for (const [noProxy, url, direct] of noProxies) {
    test(`NO_PROXY="${noProxy}" ${direct ? 'goes straight to' : 'does not count for'} ${url}`, () => {
      const proxies = { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1' };
      for (const name of ['NO_PROXY', 'no_proxy']) {
        assert.equal(proxyFor(url, { ...proxies, [name]: noProxy }) === undefined, direct, name);
      }
    });
  }
});

interface ForwardProxy {
  /** host:port, to be put into a URL. */
  host: string;
  /** Targets of CONNECT, and requests in absolute form. */
  asked: string[];
  authorizations: (string | undefined)[];
}

/** A forward proxy. @param refusal its answer to every CONNECT, instead of a tunnel */
async function forwardProxy(refusal?: string): Promise<ForwardProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(500).end('this harness does not use the absolute form');
  });
  server.on('connect', (request, client) => {
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    client.on('error', () => {});
    if (refusal) return client.end(refusal);
    const [host, port] = (request.url ?? '').split(':') as [string, string];
    const tenant = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    tenant.on('error', () => client.destroy());
    ends.push(() => [tenant.destroy(), client.destroy()]);
    return tenant.pipe(client).pipe(tenant);
  });
  const url = await listening(server);
  return { host: new URL(url).host, asked, authorizations };
}

async function tenantEnd(): Promise<{ url: string; host: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    response.end('OK');
  });
  const url = await listening(server);
  return { url, host: new URL(url).host, requests };
}

async function sent(url: string, env: Record<string, string>): Promise<Exchange> {
  const transport = await Transport.open({ url, requestTimeoutMs: 5000, env });
  ends.push(() => transport.close());
  return transport.send({ method: 'POST', url: `${url}/hooks`, headers: { token: 'jwt' }, body: '{}' });
}

suite('A request goes', () => {
  test('through HTTP_PROXY', async () => {
    const [proxy, tenant] = [await forwardProxy(), await tenantEnd()];
    const exchange = await sent(tenant.url, { HTTP_PROXY: `http://${proxy.host}` });
    assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
    assert.deepEqual(proxy.asked, [tenant.host]);
    assert.deepEqual(tenant.requests, ['POST /hooks']);
  });

  test('through HTTPS_PROXY for https://', async () => {
    const [proxy, tenant] = [await forwardProxy(), await tenantEnd()];
    const exchange = await sent(tenant.url.replace('http:', 'https:'), {
      HTTPS_PROXY: `http://${proxy.host}`,
    });
    // The tenant here has no TLS, which shows only after the tunnel is open.
    assert.equal(exchange.failure?.kind, 'TLS');
    assert.deepEqual(proxy.asked, [tenant.host]);
  });

  test('straight to what NO_PROXY names', async () => {
    const [proxy, tenant] = [await forwardProxy(), await tenantEnd()];
    const env = { HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: '127.0.0.1' };
    assert.equal((await sent(tenant.url, env)).answer?.status, 200);
    assert.deepEqual(proxy.asked, []);
    assert.equal(tenant.requests.length, 1);
  });

  test('with credentials that only the proxy gets, decoded', async () => {
    const [proxy, tenant] = [await forwardProxy(), await tenantEnd()];
    for (const [inUrl, meant] of [
      ['me:word', 'me:word'],
      ['do%40main:p%40ss%2F%3A', 'do@main:p@ss/:'],
      ['me:100%25', 'me:100%'],
      ['m%25e:word', 'm%e:word'],
      ['me:a%2541', 'me:a%41'],
    ]) {
      const exchange = await sent(tenant.url, { HTTP_PROXY: `http://${inUrl}@${proxy.host}` });
      assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
      assert.equal(proxy.authorizations.at(-1), `Basic ${Buffer.from(meant!).toString('base64')}`);
    }
    assert.deepEqual(new Set(tenant.requests), new Set(['POST /hooks']));
  });
});

suite('An answer of the proxy is never taken for one of the tenant', () => {
  const body = 'content-length: 6\r\n\r\nno way';
  const refusals: Record<string, [head: string, says: RegExp]> = {
    'it wants other credentials': [
      'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="x"',
      /the proxy.*407.*HTTP_PROXY/,
    ],
    'it forbids the host': ['HTTP/1.1 403 Forbidden', /the proxy.*403.*NO_PROXY/],
    'it cannot reach the host': ['HTTP/1.1 502 Bad Gateway', /the proxy.*502/],
    'it answers 400': ['HTTP/1.1 400 Bad Request', /the proxy.*400/],
    'it answers 503 with Retry-After': ['HTTP/1.1 503 Busy\r\nretry-after: 0', /the proxy.*503/],
    'it shows a page to log in': ['HTTP/1.1 302 Found\r\nlocation: http://login/', /the proxy.*302/],
  };
  for (const [name, [head, says]] of Object.entries(refusals)) {
    test(name, async () => {
      const [proxy, tenant] = [await forwardProxy(`${head}\r\n${body}`), await tenantEnd()];
      const exchange = await sent(tenant.url, { HTTP_PROXY: `http://me:hunter2@${proxy.host}` });
      assert.match(exchange.failure?.message ?? '', says);
      assert.ok(!JSON.stringify(exchange).includes('hunter2'));
      assert.equal(proxy.asked.length, 1, 'a wrong password that is repeated may lock the account');
      assert.deepEqual(tenant.requests, []);
    });
  }

  test('a proxy that does not exist', async () => {
    const server = createServer();
    const { host } = new URL(await listening(server));
    server.close();
    const tenant = await tenantEnd();
    const exchange = await sent(tenant.url, { HTTP_PROXY: `http://me:hunter2@${host}` });
    assert.equal(exchange.failure?.kind, 'refused');
    assert.equal(exchange.attempts, 3);
    assert.match(exchange.failure.message, /proxy/);
    assert.ok(!exchange.failure.message.includes('hunter2'), exchange.failure.message);
    assert.deepEqual(tenant.requests, []);
  });
});
