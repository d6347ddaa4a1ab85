// What really goes over the wire, and what the transport makes of every way in which it can fail: real sockets on
// loopback, counted at the other end.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createNetServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Exchange, WireRequest } from '../../src/tenant/exchange.ts';
import { Transport, type TransportOptions } from '../../src/tenant/transport.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6ImNzLTEifQ.very-secret-signature';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listening(server: NetServer, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: Buffer;
  /** The client's port: the same for all requests of one connection. */
  connection: number;
}

interface HttpEnd {
  url: string;
  server: Server;
  received: Received[];
}

/** An HTTP server that keeps what it receives. @param answer is told how many requests came before */
async function httpEnd(answer: (response: ServerResponse, before: number) => void = ok): Promise<HttpEnd> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers, rawHeaders, socket } = request;
    const connection = socket.remotePort ?? 0;
    received.push({ method, path: url, headers, rawHeaders, body: Buffer.concat(chunks), connection });
    answer(response, received.length - 1);
  });
  const url = await listening(server);
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url, server, received };
}

function ok(response: ServerResponse): void {
  response.end('OK');
}

interface NetEnd {
  url: string;
  port: number;
  /** How many connections have brought bytes, and all of those. */
  requests: number;
}

/** A TCP server that answers the first bytes of every connection as it is told. */
async function netEnd(answer: (socket: Socket) => void): Promise<NetEnd> {
  const sockets = new Set<Socket>();
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      end.requests += 1;
      answer(socket);
    });
  });
  const url = await listening(server);
  const end: NetEnd = { url, port: Number(new URL(url).port), requests: 0 };
  ends.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return end;
}

async function opened(url: string, options: Partial<TransportOptions> = {}): Promise<Transport> {
  const transport = await Transport.open({ url, requestTimeoutMs: 5000, env: {}, ...options });
  ends.push(() => transport.close());
  return transport;
}

function posted(url: string, rest: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', url, headers: { 'content-type': 'application/json', token }, body: '{}', ...rest };
}

async function sentTo(url: string, options: Partial<TransportOptions> = {}): Promise<Exchange> {
  return (await opened(url, options)).send(posted(`${url}/x`));
}

/** No answer that could be judged, and no secret in the words for it. */
function assertFailed(exchange: Exchange, kind: string, attempts: number): void {
  const { failure } = exchange;
  assert.equal(failure?.kind, kind, JSON.stringify(failure ?? exchange.answer));
  assert.equal(exchange.attempts, attempts);
  assert.ok(!failure.message.includes(token) && !failure.message.includes('secret'), failure.message);
  assert.match(failure.message, /^[^\n]+: [^\n]+$/, 'one line: what happened, and what to do');
  assert.equal(/\(tried \d times\)/.test(failure.message), attempts > 1, failure.message);
}

suite('What is sent arrives byte for byte', () => {
  const json = { 'content-type': 'application/json', token };
  const requests: Record<string, { method?: string; headers?: Record<string, string>; body?: string }> = {
    'a JSON object': { headers: json, body: '{ "a":\t1 }\r\n' },
    'malformed JSON': { headers: json, body: '{"conversationId":' },
    'a text that is no JSON, under a JSON content type': { headers: json, body: 'Good day' },
    'a JSON string': { headers: json, body: '"Good day"' },
    'an empty body': { headers: json, body: '' },
    'no body': { headers: json },
    'UTF-8': { headers: json, body: '{"text":"Grüße, 你好, 🙂, \\ud83d, \u0000"}' },
    'a megabyte': { headers: json, body: `"${'ü'.repeat(500_000)}"` },
    'an empty token': { headers: { ...json, token: '' }, body: '{}' },
    'another content type': { headers: { 'content-type': 'text/plain; charset=x' }, body: '{}' },
    'the header auth, and accountId': { headers: { ...json, auth: token, accountid: '5f' }, body: '{}' },
    'GET without a body': { method: 'GET', headers: { token } },
    'PUT with a body': { method: 'PUT', headers: json, body: '{"a":1}' },
    'PATCH with a body': { method: 'PATCH', headers: json, body: '{"a":1}' },
    'DELETE with a body': { method: 'DELETE', headers: json, body: '{"a":1}' },
    'DELETE without a body': { method: 'DELETE', headers: { token } },
  };
  for (const [name, { method = 'POST', headers = {}, body }] of Object.entries(requests)) {
    test(name, async () => {
      const end = await httpEnd();
      const transport = await opened(end.url);
      const url = `${end.url}/hooks/st-1%2F?a=b%20c`;
      const wire = { method, url, headers: { 'user-agent': 'us', ...headers } };
      const exchange = await transport.send(body === undefined ? wire : { ...wire, body });
      assert.deepEqual(exchange.answer?.status, 200, exchange.failure?.message);
      const [received] = end.received;
      assert.equal(received?.method, method);
      assert.equal(received.path, '/hooks/st-1%2F?a=b%20c');
      assert.deepEqual(received.body, Buffer.from(body ?? ''));
      for (const [header, value] of Object.entries(wire.headers)) {
        assert.equal(received.headers[header], value, header);
      }
      if (body === undefined) assert.ok(!Number(received.headers['content-length'] ?? 0));
      else assert.equal(received.headers['content-length'], String(Buffer.byteLength(body)));
      for (const header of ['content-type', 'token', 'auth', 'cookie']) {
        assert.equal(received.headers[header], (headers as Record<string, string>)[header], header);
      }
      assert.deepEqual(exchange.request, body === undefined ? wire : { ...wire, body });
    });
  }

  test('a body without a content type: with an empty one, and the exchange says so', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    const wire = { method: 'POST', url: end.url, headers: { token }, body: '{"a":1}' };
    const exchange = await transport.send(wire);
    // Playwright would tell the tenant application/octet-stream.
    assert.equal(end.received[0]!.headers['content-type'], '');
    assert.equal(exchange.request.headers['content-type'], '');
    assert.deepEqual(wire.headers, { token }, 'what was given is left alone');
  });
});

suite('What comes back is kept as it is', () => {
  test('status, headers in lower case, and the text of the body', async () => {
    const end = await httpEnd((response) => {
      response.writeHead(202, { 'X-Request-ID': 'r-1', 'Content-Type': 'application/json' });
      response.end('{"text":"Grüße 🙂" }\n');
    });
    const { answer, failure, attempts, durationMs } = await sentTo(end.url);
    assert.equal(failure, undefined);
    assert.equal(attempts, 1);
    assert.ok(durationMs > 0 && durationMs < 5000);
    assert.equal(answer?.status, 202);
    assert.equal(answer.headers['x-request-id'], 'r-1');
    assert.equal(answer.body, '{"text":"Grüße 🙂" }\n');
  });

  test('a compressed body is read', async () => {
    const end = await httpEnd((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('OK'));
    });
    assert.equal((await sentTo(end.url)).answer?.body, 'OK');
  });

  for (const status of [400, 401, 404, 418, 500, 501]) {
    test(`${status} is an answer of the tenant, no failure`, async () => {
      const end = await httpEnd((response) => response.writeHead(status).end('no'));
      const exchange = await sentTo(end.url);
      assert.equal(exchange.answer?.status, status);
      assert.equal(exchange.failure, undefined);
      assert.equal(end.received.length, 1);
    });
  }

  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status} is not followed`, async () => {
      const end = await httpEnd((response) => {
        response.writeHead(status, { location: '/elsewhere' }).end('moved');
      });
      const exchange = await sentTo(end.url);
      assert.equal(exchange.answer?.status, status);
      assert.equal(exchange.answer.headers.location, '/elsewhere');
      assert.equal(exchange.answer.body, 'moved');
      assert.deepEqual(
        end.received.map((one) => one.path),
        ['/x'],
      );
    });
  }

  test('401 with a challenge is not answered with another request', async () => {
    const end = await httpEnd((response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    });
    assert.equal((await sentTo(end.url)).answer?.status, 401);
    assert.equal(end.received.length, 1);
  });
});

suite('Connections', () => {
  test('one is used again for requests that follow each other', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    for (let count = 0; count < 10; count++) await transport.send(posted(end.url));
    assert.equal(new Set(end.received.map((one) => one.connection)).size, 1);
  });

  test('requests at the same time do not wait for each other', async () => {
    const waiting: ServerResponse[] = [];
    const end = await httpEnd((response) => {
      waiting.push(response);
      if (waiting.length === 5) for (const each of waiting) each.end('OK');
    });
    const transport = await opened(end.url);
    const exchanges = await Promise.all(Array.from({ length: 5 }, () => transport.send(posted(end.url))));
    assert.deepEqual(
      exchanges.map((exchange) => exchange.answer?.status),
      [200, 200, 200, 200, 200],
    );
  });

  test('one that the tenant closed while nothing was said is replaced', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    await transport.send(posted(end.url));
    end.server.closeIdleConnections();
    await sleep(50);
    const second = await transport.send(posted(end.url));
    assert.equal(second.failure, undefined);
    assert.equal(new Set(end.received.map((one) => one.connection)).size, 2);
  });

  test('a cookie of an answer goes with no later request', async () => {
    const end = await httpEnd((response) => {
      response.setHeader('set-cookie', ['session=known; Path=/; HttpOnly', 'lb=1; Path=/']);
      response.end('OK');
    });
    const transport = await opened(end.url);
    for (let count = 0; count < 3; count++) await transport.send(posted(`${end.url}/x`));
    await Promise.all(Array.from({ length: 5 }, () => transport.send(posted(`${end.url}/x`))));
    assert.equal(end.received.length, 8);
    assert.deepEqual(end.received.map((one) => one.headers.cookie).filter(Boolean), []);
  });

  test('nor does a cookie of an answer that broke off', async () => {
    let answered = 0;
    const end = await httpEnd((response, before) => {
      answered += 1;
      if (before > 0) return response.end('OK');
      response.writeHead(200, { 'set-cookie': 'session=known; Path=/', 'content-length': 100 });
      response.write('abc', () => response.destroy());
      return undefined;
    });
    const transport = await opened(end.url);
    assertFailed(await transport.send(posted(end.url)), 'reset', 1);
    await transport.send(posted(end.url));
    assert.equal(answered, 2);
    assert.equal(end.received[1]!.headers.cookie, undefined);
  });

  test('a closed transport sends nothing, and says so as a failure', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    await transport.close();
    const exchange = await transport.send(posted(end.url));
    assert.ok(exchange.failure);
    assert.equal(end.received.length, 0);
  });

  test('close() lets go of a request that is under way', { timeout: 5000 }, async () => {
    const end = await netEnd(() => {});
    const transport = await opened(end.url, { requestTimeoutMs: 60_000 });
    const sending = transport.send(posted(end.url));
    while (end.requests === 0) await sleep(10);
    await transport.close();
    assert.ok((await sending).failure);
  });
});

suite('A request that may have been processed is not sent again', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n';
  const ways: Record<string, { kind: string; answer: (socket: Socket) => void }> = {
    'reset before the answer': { kind: 'reset', answer: (socket) => socket.resetAndDestroy() },
    'closed before the answer': { kind: 'reset', answer: (socket) => socket.end() },
    'closed within the head': { kind: 'reset', answer: (socket) => socket.end('HTTP/1.1 200 OK\r\nconte') },
    'reset within the body': {
      kind: 'reset',
      answer: (socket) => socket.write(`${head}abc`, () => setTimeout(() => socket.resetAndDestroy(), 30)),
    },
    'a body shorter than its Content-Length': {
      kind: 'reset',
      answer: (socket) => socket.end(`${head}{"STATUS":"OK"}`),
    },
    'chunks that break off': {
      kind: 'reset',
      answer: (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nOK\r\n'),
    },
    'a compressed body that breaks off': {
      kind: 'reset',
      answer: (socket) => {
        const whole = gzipSync('OK'.repeat(100));
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${whole.length}\r\n\r\n`);
        socket.end(whole.subarray(0, 15));
      },
    },
    'no HTTP at all': { kind: 'other', answer: (socket) => socket.end('Good day\r\n\r\n') },
    'a body that is not compressed as it says': {
      kind: 'other',
      answer: (socket) =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc'),
    },
  };
  for (const [name, { kind, answer }] of Object.entries(ways)) {
    test(name, async () => {
      const end = await netEnd(answer);
      const exchange = await sentTo(end.url);
      assertFailed(exchange, kind, 1);
      assert.equal(exchange.answer, undefined, 'half an answer is none');
      await sleep(50);
      assert.equal(end.requests, 1);
    });
  }

  const silent: Record<string, (socket: Socket) => void> = {
    'no answer in time': () => {},
    'an answer that does not end in time': (socket) => socket.write(`${head}abc`),
  };
  for (const [name, answer] of Object.entries(silent)) {
    test(name, async () => {
      const end = await netEnd(answer);
      const start = performance.now();
      const exchange = await sentTo(end.url, { requestTimeoutMs: 300 });
      assertFailed(exchange, 'time-out', 1);
      const took = performance.now() - start;
      assert.ok(took >= 290 && took < 3000, `${took} ms`);
      assert.match(exchange.failure!.message, /300ms.*REQUEST_TIMEOUT_MS/);
      await sleep(100);
      assert.equal(end.requests, 1);
    });
  }
});

suite('A request that certainly was not processed is sent again, three times at most', () => {
  test('a port that refuses', async () => {
    const { url, server } = await httpEnd();
    server.close();
    const start = performance.now();
    let asked = 0;
    const exchange = await sentTo(url, {
      ready: async () => {
        asked += 1;
      },
    });
    assertFailed(exchange, 'refused', 3);
    assert.equal(exchange.answer, undefined);
    assert.equal(asked, 3);
    assert.ok(performance.now() - start < 10_000);
  });

  test('a port that refuses at first', async () => {
    const { url, server } = await httpEnd();
    server.close();
    const port = Number(new URL(url).port);
    const later = createServer((_, response) => response.end('OK'));
    ends.push(() => later.close());
    setTimeout(() => later.listen(port, '127.0.0.1'), 200);
    const exchange = await sentTo(url);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.answer?.status, 200);
    assert.ok(exchange.attempts > 1);
  });

  test('a host that nobody knows', async () => {
    const start = performance.now();
    const exchange = await sentTo('http://tls-certificate-reset.invalid');
    assertFailed(exchange, 'DNS', 3);
    assert.match(exchange.failure!.message, /tls-certificate-reset\.invalid.*TENANT_URL/);
    assert.ok(performance.now() - start < 30_000);
  });

  test('429 with Retry-After in seconds', async () => {
    const times: number[] = [];
    const end = await httpEnd((response, before) => {
      times.push(performance.now());
      if (before > 0) return response.end('OK');
      return response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.answer?.status, 200);
    assert.equal(exchange.attempts, 2);
    const pause = times[1]! - times[0]!;
    assert.ok(pause >= 950 && pause < 4000, `${pause} ms`);
  });

  test('429 with Retry-After as a date', async () => {
    let until = 0;
    let again = 0;
    const end = await httpEnd((response, before) => {
      if (before > 0) {
        again = Date.now();
        return response.end('OK');
      }
      // A date has whole seconds.
      until = Math.ceil(Date.now() / 1000 + 1) * 1000;
      return response.writeHead(429, { 'retry-after': new Date(until).toUTCString() }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.answer?.status, 200);
    assert.ok(again >= until - 50 && again < until + 3000, `${again - until} ms after the date`);
  });

  test('429 that stays: busy, with the answer, after three attempts', async () => {
    const end = await httpEnd((response) => {
      response.writeHead(429, { 'retry-after': '0' }).end('slow down');
    });
    const exchange = await sentTo(end.url);
    assertFailed(exchange, 'busy', 3);
    assert.equal(exchange.answer?.status, 429);
    assert.equal(exchange.answer.body, 'slow down');
    assert.equal(end.received.length, 3);
    assert.match(exchange.failure!.message, /429/);
  });

  test('429 without Retry-After, with growing pauses', async () => {
    const times: number[] = [];
    const end = await httpEnd((response) => {
      times.push(performance.now());
      response.writeHead(429).end();
    });
    assertFailed(await sentTo(end.url), 'busy', 3);
    assert.ok(times[1]! - times[0]! >= 300);
    assert.ok(times[2]! - times[1]! > times[1]! - times[0]!);
  });

  test('503 with Retry-After', async () => {
    const end = await httpEnd((response, before) => {
      if (before === 2) return response.end('OK');
      return response.writeHead(503, { 'retry-after': '0' }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.answer?.status, 200);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.attempts, 3);
  });

  test('the bytes are the same each time', async () => {
    const end = await httpEnd((response) => response.writeHead(429, { 'retry-after': '0' }).end());
    await sentTo(end.url);
    const [first, ...others] = end.received.map(({ connection: _, ...rest }) => rest);
    for (const other of others) assert.deepEqual(other, first);
  });
});

suite('Busy, and not sent again', () => {
  for (const status of [502, 503, 504]) {
    test(`${status}`, async () => {
      const end = await httpEnd((response) => response.writeHead(status).end('later'));
      const exchange = await sentTo(end.url);
      assertFailed(exchange, 'busy', 1);
      assert.equal(exchange.answer?.status, status);
      assert.equal(exchange.answer.body, 'later');
      assert.equal(end.received.length, 1);
    });
  }
  for (const status of [502, 504]) {
    test(`${status}, even with Retry-After: a tenant behind it may have processed the event`, async () => {
      const end = await httpEnd((response) => response.writeHead(status, { 'retry-after': '0' }).end());
      assertFailed(await sentTo(end.url), 'busy', 1);
      assert.equal(end.received.length, 1);
    });
  }
  for (const status of [429, 503]) {
    test(`${status} that asks for an hour`, async () => {
      const end = await httpEnd((response) => response.writeHead(status, { 'retry-after': '3600' }).end());
      const start = performance.now();
      assertFailed(await sentTo(end.url), 'busy', 1);
      assert.ok(performance.now() - start < 5000);
      assert.equal(end.received.length, 1);
    });
  }
});

suite('ready()', () => {
  test('is awaited before every attempt', async () => {
    const told: string[] = [];
    const end = await httpEnd((response, before) => {
      told.push('request');
      response.writeHead(before < 2 ? 429 : 200, { 'retry-after': '0' }).end();
    });
    const ready = async () => {
      await sleep(20);
      told.push('ready');
    };
    const exchange = await sentTo(end.url, { ready });
    assert.equal(exchange.attempts, 3);
    assert.deepEqual(told, ['ready', 'request', 'ready', 'request', 'ready', 'request']);
  });

  test('that throws is no failure of the way: the harness is at fault', async () => {
    const end = await httpEnd();
    const ready = () => Promise.reject(new Error('nobody hands out slots'));
    await assert.rejects(sentTo(end.url, { ready }), /nobody hands out slots/);
    assert.equal(end.received.length, 0);
  });
});

suite('TLS', () => {
  let folder: string;
  let certificate = '';
  let tlsUrl = '';
  let tlsRequests = 0;
  let end: () => void = () => {};

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'transport-tls-'));
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const asked = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=conformance -addext'.split(' ');
    try {
      const args = [...asked, 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
      execFileSync('openssl', args, { stdio: 'ignore' });
    } catch {
      return;
    }
    certificate = cert;
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      tlsRequests += 1;
      response.end('OK');
    });
    tlsUrl = await listening(server, 'https');
    end = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  after(() => {
    end();
    rmSync(folder, { recursive: true });
  });

  const noOpenssl = 'no openssl on this machine to make a certificate with';

  test('a certificate that nobody vouches for', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const earlier = tlsRequests;
    const exchange = await sentTo(tlsUrl);
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /certificate.*NODE_EXTRA_CA_CERTS/);
    assert.equal(tlsRequests, earlier, 'the token never left');
  });

  /** Node reads the variable as it starts. */
  async function sentByChild(url: string): Promise<Exchange> {
    const source = new URL('../../src/tenant/transport.ts', import.meta.url).href;
    const script = `
      import { Transport } from ${JSON.stringify(source)};
      const transport = await Transport.open({ url: ${JSON.stringify(url)}, requestTimeoutMs: 5000, env: {} });
      const wire = { method: 'POST', url: ${JSON.stringify(url)}, headers: {}, body: '{}' };
      console.log(JSON.stringify(await transport.send(wire)));
      await transport.close();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate } },
    );
    return JSON.parse(stdout);
  }

  test('NODE_EXTRA_CA_CERTS vouches for it', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl);
    assert.equal(exchange.answer?.status, 200, exchange.failure?.message);
  });

  test('a certificate of another host', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentByChild(tlsUrl.replace('127.0.0.1', 'localhost'));
    assertFailed(exchange, 'TLS', 1);
  });

  test('https:// to a port that speaks plain HTTP', async () => {
    const plain = await httpEnd();
    const exchange = await sentTo(plain.url.replace('http:', 'https:'));
    assertFailed(exchange, 'TLS', 1);
    assert.match(exchange.failure!.message, /https:\/\//);
    assert.equal(plain.received.length, 0);
  });

  test('http:// to a port that speaks TLS is a failure too', async (context) => {
    if (!certificate) return context.skip(noOpenssl);
    const exchange = await sentTo(tlsUrl.replace('https:', 'http:'));
    assert.equal(exchange.attempts, 1);
    assert.ok(exchange.failure, JSON.stringify(exchange.answer));
  });
});

test('a header that cannot be sent is a failure that does not repeat its value', async () => {
  const end = await httpEnd();
  const transport = await opened(end.url);
  const exchange = await transport.send(posted(end.url, { headers: { token: `${token}\nx: y` } }));
  assertFailed(exchange, 'other', 1);
  assert.equal(end.received.length, 0);
});
