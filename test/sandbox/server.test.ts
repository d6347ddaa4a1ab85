import assert from 'node:assert/strict';
import { once } from 'node:events';
import { METHODS, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { variations } from '../../src/sandbox/variations/catalogue.ts';
import { timeLimit } from '../time-limit.ts';
import { hooksPath, send } from './client.ts';

let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

/** Sends bytes as they are, and returns everything that comes back. */
async function raw(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

/** Uses node:http, since fetch refuses some methods before it sends anything. */
async function statusOf(
  method: string,
  path: string,
): Promise<{ status: number; allow?: string | undefined; body: string }> {
  const sent = request(sandbox.url + path, { method, agent: false }).end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, allow: response.headers.allow, body };
}

describe('any other method is refused with 405 and Allow', () => {
  for (const method of METHODS.filter((name) => name !== 'POST' && name !== 'CONNECT')) {
    test(method, async () => {
      const { status, allow, body } = await statusOf(method, hooksPath(sandbox));
      assert.equal(status, 405);
      assert.equal(allow, 'POST');
      assert.equal(method === 'HEAD' ? 405 : JSON.parse(body).code, 405);
    });
  }
});

describe('an unknown path is refused with 404', () => {
  for (const path of [
    '/',
    '/agentassist/api/v1/hooks',
    '/agentassist/api/v2/hooks/x',
    '/agentassist/api/v1/hooks/a/b',
  ]) {
    test(path, async () => {
      const reply = await send(sandbox, { path, body: {} });
      assert.equal(reply.status, 404);
      assert.equal(reply.json.code, 404);
    });
  }
});

describe('whatever is sent, the answer is not a 5xx', () => {
  const target = '/agentassist/api/v1/hooks/x';
  const requests: Record<string, string | Buffer> = {
    'a percent sign without digits': 'POST /agentassist/api/v1/hooks/%zz HTTP/1.1\r\nhost: x\r\n\r\n',
    'an encoding that is not UTF-8': 'POST /agentassist/api/v1/hooks/%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n',
    'a wrong encoding in the query': `POST ${target}?a=%zz&__proto__=1 HTTP/1.1\r\nhost: x\r\n\r\n`,
    'a text that is not HTTP': 'Good day\r\n\r\n',
    'an unknown method': `JUMP ${target} HTTP/1.1\r\nhost: x\r\n\r\n`,
    'headers of 100 kB': `POST ${target} HTTP/1.1\r\nhost: x\r\ntoken: ${'x'.repeat(100_000)}\r\n\r\n`,
    'no host': `POST ${target} HTTP/1.1\r\n\r\n`,
    'an unknown expectation': `POST ${target} HTTP/1.1\r\nhost: x\r\nexpect: wonders\r\n\r\n`,
    'an upgrade': `POST ${target} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
    'a chunk without a size': `POST ${target} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    'a body cut short': `POST ${target} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`,
    'an asterisk': 'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
    'an absolute target': `POST http://[x${target} HTTP/1.1\r\nhost: x\r\n\r\n`,
    'random bytes': Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7919) % 256)),
  };
  for (const [name, bytes] of Object.entries(requests)) {
    test(name, async () => {
      const answer = await raw(bytes);
      assert.match(answer, /^HTTP\/1\.1 4\d\d /);
      // Node itself answers a request without a host, with no body.
      if (name !== 'no host') assert.match(answer, /"code":4\d\d,"message":"/);
    });
  }
  test('nor where it accepts whatever is JSON', async () => {
    const [accepting] = variations.filter(({ name }) => name === 'accepts-whatever-is-json');
    const own = await startSandbox({ behaviour: accepting!.behaviour!() });
    for (const body of ['text', 42, null, true, [], { events: [null, 1] }]) {
      const { status } = await send(own, { path: hooksPath(own), body: JSON.stringify(body) });
      assert.equal(status, 200, JSON.stringify(body));
    }
    await own.close();
  });
  test('the sandbox still answers after all of them', async () => {
    assert.equal((await send(sandbox, { path: '/nowhere', body: {} })).status, 404);
  });
});

describe('close', () => {
  test('ends within a second, despite an idle connection and a request that is half sent', {
    timeout: timeLimit,
  }, async () => {
    const own = await startSandbox();
    await send(own, { path: '/nowhere', body: {} });
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(`POST ${hooksPath(own)} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`);
    await sleep(50);
    const start = performance.now();
    await own.close();
    assert.ok(performance.now() - start < 1000);
    await assert.rejects(fetch(own.url));
  });
  test('may be called twice', async () => {
    const own = await startSandbox();
    await own.close();
    await own.close();
  });
});

test('a port in use is reported by its error code', async () => {
  const { port } = new URL(sandbox.url);
  await assert.rejects(startSandbox({ port: Number(port) }), { code: 'EADDRINUSE' });
});

test('an IPv6 address and a wildcard become a usable URL', async (context) => {
  const any = await startSandbox({ host: '0.0.0.0' });
  assert.match(any.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  await any.close();
  const six = await startSandbox({ host: '::1' }).catch(() => undefined);
  if (!six) return context.skip('this machine has no IPv6');
  assert.equal((await send(six, { path: '/nowhere', body: {} })).status, 404);
  await six.close();
});
