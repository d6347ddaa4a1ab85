// The recorder in front of a real tenant: it changes nothing that it passes on, and judges both sides.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startSandbox } from '../../src/sandbox/server.ts';
import { eventOf, sendEvents } from '../sandbox/client.ts';
import { httpEnd, listening, netEnd, token } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { asTenant, ends, forwarding, getJson, recording, recordsIn, textIn, tunnel } from './recorders.ts';
import { entry, passed, path, sent } from './wire-sender.ts';

describe('a request passes unchanged', () => {
  const headers = [
    'Token',
    token,
    'X-Odd-Case',
    'a',
    'x-odd-case',
    'b',
    'Accept',
    '*/*',
    'X-Empty',
    '',
    'X-Latin',
    'caf\u00e9',
  ];
  const bodies: Record<string, Buffer> = {
    'JSON with its own spaces': Buffer.from(entry.replaceAll(',', ' ,\n')),
    'neither JSON nor UTF-8': Buffer.from([0x7b, 0xff, 0x00, 0xfe, 0x0a]),
    gzip: gzipSync(entry),
    'ten megabytes': Buffer.alloc(10_000_000, 'x'),
    nothing: Buffer.alloc(0),
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(name, async () => {
      const tenant = await httpEnd();
      const recorder = await forwarding(`${tenant.url}/base/`);
      const target = `//agentassist/./api/../v1/%7Ehooks/st-1?b=2&a=%20+1&token=x`;
      const given = [...headers, ...(name === 'gzip' ? ['Content-Encoding', 'gzip'] : [])];
      assert.equal((await sent(recorder.url + target, { headers: given, body })).status, 200);
      const [received] = tenant.received;
      assert.equal(received!.method, 'POST');
      assert.equal(received!.path, `/base${target}`);
      assert.deepEqual(passed(received!.rawHeaders), given);
      assert.equal(received!.headers.host, new URL(tenant.url).host);
      assert.ok(received!.body.equals(body));
      assert.equal(recordsIn(recorder.folder).length, 1);
    });
  }

  test('with any method, to any path, in chunks and with Expect', async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD', 'PROPFIND']) {
      assert.equal((await sent(`${recorder.url}/any?of=them`, { method })).status, 200, method);
    }
    const { hostname, port } = new URL(recorder.url);
    const socket = connect(Number(port), hostname);
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nTransfer-Encoding: chunked`;
    socket.write(`${head}\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += chunk;
    assert.match(text, /^HTTP\/1\.1 200 /);
    const last = tenant.received.at(-1)!;
    assert.equal(last.body.toString(), 'abcde');
    assert.deepEqual([last.headers.expect, last.headers['x-mine']], [undefined, undefined]);
    assert.deepEqual(
      tenant.received.slice(0, -1).map(({ method, path: to }) => `${method} ${to}`),
      ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD', 'PROPFIND'].map(
        (method) => `${method} /any?of=them`,
      ),
    );
  });
});

describe('an answer comes back unchanged', () => {
  const packed: Record<string, (text: string) => Buffer> = {
    gzip: gzipSync,
    br: brotliCompressSync,
    deflate: deflateSync,
    none: (text) => Buffer.from(text),
  };
  for (const [coding, pack] of Object.entries(packed)) {
    test(`status, headers and bytes: ${coding}`, async () => {
      const body = pack('{"STATUS":"OK"}');
      const headers = [
        'X-Odd',
        '1',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Content-Type',
        'application/json',
      ];
      if (coding !== 'none') headers.push('Content-Encoding', coding);
      const tenant = await httpEnd((response) => {
        response.sendDate = false;
        response.writeHead(207, 'As It Likes', headers as never).end(body);
      });
      const recorder = await forwarding(tenant.url);
      const answer = await sent(recorder.url + path, {
        headers: ['Content-Type', 'application/json'],
        body: entry,
      });
      assert.deepEqual([answer.status, answer.statusText], [207, 'As It Likes']);
      assert.deepEqual(passed(answer.rawHeaders), headers);
      assert.ok(answer.body.equals(body));
      const [record] = recordsIn(recorder.folder);
      assert.equal(record!.answer?.body, '{"STATUS":"OK"}', 'unpacked in the record');
      assert.deepEqual(
        record!.findings.tenant!.map(({ requirement }) => requirement),
        ['HOOKS-RESP-01'],
      );
    });
  }

  test('a redirect is not followed', async () => {
    const other = await httpEnd();
    const tenant = await httpEnd((response) => response.writeHead(307, { location: other.url }).end());
    const recorder = await forwarding(tenant.url);
    const answer = await sent(recorder.url + path, { body: entry });
    assert.deepEqual([answer.status, tenant.received.length, other.received.length], [307, 1, 0]);
  });
});

describe('the answers of the tenant are judged, as far as traffic shows', () => {
  const malformed = JSON.stringify({ conversationId: 'c', botId: 'st-1', events: [{ name: 'END' }] });
  const cases: [name: string, request: string, status: number, answer: string, breaks: string[]][] = [
    ['OK', entry, 200, 'OK', []],
    ['202', entry, 202, 'OK', ['HOOKS-RESP-01']],
    ['a page', entry, 200, '<html></html>', ['HOOKS-RESP-02']],
    ['an error of the tenant', entry, 500, '{}', ['HOOKS-RESP-01']],
    ['an outage in front of it', entry, 503, '', []],
    ['a refusal with its reason', entry, 409, '{"code":409,"message":"it has ended"}', []],
    ['a refusal without a reason', entry, 409, '', ['HOOKS-ERR-02']],
    ['no token', entry, 401, 'Unauthorized', []],
    ['a success for a malformed request', malformed, 200, 'OK', ['HOOKS-ERR-02']],
  ];
  for (const [name, body, status, answer, breaks] of cases) {
    test(name, async () => {
      const tenant = await httpEnd((response) => response.writeHead(status).end(answer));
      const recorder = await forwarding(tenant.url);
      await sent(recorder.url + path, { headers: ['Content-Type', 'application/json'], body });
      const [record] = recordsIn(recorder.folder);
      assert.deepEqual(
        record!.findings.tenant!.map(({ requirement }) => requirement),
        breaks,
      );
    });
  }
});

describe('a tenant that gives no answer', () => {
  test('nothing listens: 502, recorded with the reason, and the retry is not a second event', async () => {
    const server = createServer();
    const url = await listening(server);
    server.close();
    const recorder = await forwarding(url);
    for (let time = 0; time < 2; time += 1) {
      const answer = await sent(recorder.url + path, {
        headers: ['Content-Type', 'application/json'],
        body: entry,
      });
      assert.equal(answer.status, 502);
      assert.match(
        JSON.parse(answer.body.toString()).message,
        /no answer from the tenant: .*ECONNREFUSED.*--forward/,
      );
    }
    const [record] = recordsIn(recorder.folder);
    assert.equal(record!.failure?.kind, 'refused');
    assert.equal(record!.answer, undefined);
    const { totals } = await recorder.stop();
    assert.deepEqual([totals.requests, totals.retries], [2, 1]);
  });

  test('it is too slow: 504', async () => {
    const tenant = await httpEnd(() => {});
    const recorder = await recording({ tenant: { forward: { url: tenant.url, timeoutMs: 200, env: {} } } });
    const answer = await sent(recorder.url + path, { body: entry });
    assert.equal(answer.status, 504);
    assert.match(
      JSON.parse(answer.body.toString()).message,
      /did not answer within 0.2 s; it may have taken/,
    );
    assert.equal(recordsIn(recorder.folder)[0]!.failure?.kind, 'time-out');
    assert.equal(tenant.received.length, 1, 'nothing is sent twice');
  });

  for (const [what, head] of Object.entries({
    'a status below 100': '099 Odd\r\nContent-Length: 2',
    'another protocol, unasked': '101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade',
  })) {
    test(`it answers with ${what}: 502`, async () => {
      const tenant = await netEnd((socket) => socket.end(`HTTP/1.1 ${head}\r\n\r\nOK`));
      const recorder = await forwarding(tenant.url);
      assert.equal((await sent(recorder.url + path, { body: entry })).status, 502);
      assert.match(
        recordsIn(recorder.folder)[0]!.failure!.message,
        /^TRANSPORT_MALFORMED .*not HTTP as it should be/,
      );
    });
  }

  test('it breaks off: 502', async () => {
    const tenant = await netEnd((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    const recorder = await forwarding(tenant.url);
    assert.equal((await sent(recorder.url + path, { body: entry })).status, 502);
    assert.equal(tenant.requests, 1);
  });
});

test('a sender that does not wait is recorded as unanswered, and the tenant has the event', async () => {
  const hold = Promise.withResolvers<void>();
  const tenant = await httpEnd(async (response) => {
    await hold.promise;
    response.end('OK');
  });
  const recorder = await forwarding(tenant.url);
  const { hostname, port } = new URL(recorder.url);
  const request = httpRequest({
    hostname,
    port,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  request.on('error', () => {});
  request.end(entry);
  await until(() => tenant.received.length > 0);
  request.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  hold.resolve();
  await until(() => textIn(recorder.folder) !== '');
  const [record] = recordsIn(recorder.folder);
  assert.match(record!.failure!.message, /the sender closed the connection/);
});

test('tokens are passed on, but not recorded', async () => {
  const opaque = 'opaque-$&-token-0815';
  const echo = JSON.stringify({ STATUS: 'OK', got: `${token} ${opaque} ${encodeURIComponent(opaque)}` });
  const tenant = await httpEnd((response, before) => response.writeHead(202).end(before === 0 ? echo : 'OK'));
  const recorder = await forwarding(tenant.url);
  const headers = ['Content-Type', 'application/json'];
  const answer = await sent(`${recorder.url}${path}?token=${encodeURIComponent(opaque)}`, {
    headers: [...headers, 'token', token, 'auth', opaque],
    body: entry.replace('"c"', JSON.stringify(`c ${token}`)),
  });
  assert.equal(answer.body.toString(), echo);
  await sent(recorder.url + path, { headers: [...headers, 'token', `Bearer ${token}`], body: entry });
  const text = textIn(recorder.folder);
  for (const secret of [token, token.split('.')[1]!, opaque, encodeURIComponent(opaque)]) {
    assert.ok(!text.includes(secret), secret);
  }
  const recorded = recordsIn(recorder.folder).map(({ request, findings }) => [
    request.headers.token,
    findings.sender.map(({ requirement }) => requirement).includes('HOOKS-AUTH-02'),
  ]);
  assert.deepEqual(recorded, [
    ['$TENANT_JWT', false],
    ['Bearer $TENANT_JWT', true],
  ]);
});

test('only requests to the hooks and to assign-conversation are judged', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  await sent(`${recorder.url}/healthz`, { method: 'GET' });
  await sent(`${recorder.url}/api/other`, { body: '{"a":1}' });
  await sent(`${recorder.url}/agentassist/api/v1/public/st-1/assign-conversation?orgId=o-1`, { body: '{}' });
  const { totals } = await recorder.stop();
  assert.deepEqual([totals.others, totals.requests, totals.skipped], [2, 1, 0]);
});

test('in front of the reference tenant a whole conversation passes on both sides', async () => {
  const sandbox = await startSandbox();
  ends.push(() => sandbox.close());
  const recorder = await forwarding(sandbox.url);
  const tenant = { ...asTenant(recorder), settings: sandbox.settings };
  for (const event of ['NA entry', 'warm entry 2', 'warm exit', 'NA exit 2', 'end']) {
    assert.equal((await sendEvents(tenant, 'c', eventOf(event))).status, 200, event);
  }
  assert.equal((await getJson(`${recorder.url}/conversations/c`)).body.verdict, 'pass');
  assert.deepEqual(
    recordsIn(recorder.folder).flatMap(({ findings }) => [...findings.sender, ...findings.tenant!]),
    [],
  );
  assert.equal((await recorder.stop()).verdict, 'conformant');
});

test('the company proxy of the environment is used', async () => {
  const tenant = await httpEnd();
  const proxy = await tunnel();
  const env = { HTTP_PROXY: proxy.url };
  const recorder = await recording({ tenant: { forward: { url: tenant.url, timeoutMs: 5000, env } } });
  assert.equal((await sent(recorder.url + path, { body: entry })).status, 200);
  assert.deepEqual([proxy.credentials.length, tenant.received.length], [1, 1]);
});
