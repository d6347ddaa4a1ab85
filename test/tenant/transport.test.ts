// What really goes over the wire, and what becomes of it: real sockets on the loopback, counted at the other end.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { timeLimit, until } from '../time-limit.ts';
import { assertFailed, httpEnd, netEnd, opened, posted, sentTo, token } from './ends.ts';

suite('What is sent arrives byte for byte', () => {
  const json = { 'content-type': 'application/json', token };
  const requests: Record<string, { method?: string; headers?: Record<string, string>; body?: string }> = {
    'a JSON object': { headers: json, body: '{ "a":\t1 }\r\n' },
    'malformed JSON': { headers: json, body: '{"conversationId":' },
    'a text that is not JSON, with a JSON content type': { headers: json, body: 'Good day' },
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
    // Playwright itself would send application/octet-stream.
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
    test(`${status} is an answer of the tenant, not a failure`, async () => {
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

  test('one that was idle for seconds is not used: the tenant may be closing it', async () => {
    const end = await httpEnd();
    // Tells nobody how long it keeps a connection.
    end.server.keepAliveTimeout = 0;
    const transport = await opened(end.url);
    const connections = () => new Set(end.received.map((one) => one.connection)).size;
    await Promise.all([transport.send(posted(end.url)), transport.send(posted(end.url))]);
    await transport.send(posted(end.url));
    assert.equal(connections(), 2);
    await sleep(2100);
    await Promise.all([transport.send(posted(end.url)), transport.send(posted(end.url))]);
    await transport.send(posted(end.url));
    assert.equal(connections(), 4);
  });

  test('an idle one that the tenant closed is replaced', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    await transport.send(posted(end.url));
    end.server.closeIdleConnections();
    await sleep(50);
    const second = await transport.send(posted(end.url));
    assert.equal(second.failure, undefined);
    assert.equal(new Set(end.received.map((one) => one.connection)).size, 2);
  });

  test('a cookie of an answer is never sent with a later request', async () => {
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

  for (const status of [301, 302, 303, 307, 308]) {
    test(`a redirect (${status}) is an answer; the token is sent nowhere else`, async () => {
      const elsewhere = await httpEnd((response) => response.end('OK'));
      const end = await httpEnd((response) => {
        response.writeHead(status, { location: `${elsewhere.url}/catch` }).end();
      });
      const transport = await opened(end.url);
      const { answer, failure } = await transport.send(posted(end.url));
      assert.equal(failure, undefined);
      assert.equal(answer?.status, status);
      assert.deepEqual(elsewhere.received, []);
    });
  }

  test('nor is a cookie of an answer that broke off', async () => {
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

  test('a closed transport sends nothing, and returns a failure', async () => {
    const end = await httpEnd();
    const transport = await opened(end.url);
    await transport.close();
    const exchange = await transport.send(posted(end.url));
    assert.ok(exchange.failure);
    assert.equal(end.received.length, 0);
  });

  test('close() ends a request that has no answer yet', { timeout: timeLimit }, async () => {
    const end = await netEnd(() => {});
    const transport = await opened(end.url, { requestTimeoutMs: 2 * timeLimit });
    const sending = transport.send(posted(end.url));
    await until(() => end.requests > 0);
    await transport.close();
    assert.ok((await sending).failure);
  });
});
