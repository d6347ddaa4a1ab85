// The line really repeats the request: a shell runs it, and the other end compares.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { curl } from '../../src/evidence/curl.ts';
import { redacted } from '../../src/evidence/redaction.ts';
import type { WireRequest } from '../../src/tenant/exchange.ts';
import { Signer } from '../../src/tenant/signer.ts';
import { Transport } from '../../src/tenant/transport.ts';
import { isInstalled, runProgram } from '../processes.ts';

interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const missing = ['bash', 'curl'].find((name) => !isInstalled(name));

suite('A curl line', { skip: missing ? `no ${missing} on this machine` : false }, () => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    received.push({ method, path: url, headers, body: Buffer.concat(chunks) });
    response.end('OK');
  });
  const signer = new Signer('cs-1', 'a secret of the client');
  const token = signer.token('a valid token')!;
  let url = '';
  let folder = '';
  let transport: Transport;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = mkdtempSync(path.join(tmpdir(), 'curl-'));
    transport = await Transport.open({ url, requestTimeoutMs: 5000, env: {} });
  });
  after(async () => {
    await transport.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function repeat(line: string): Promise<Received> {
    const env = { PATH: process.env.PATH, HOME: folder, TENANT_JWT: token };
    const { code, stdout, stderr } = await runProgram('bash', ['-c', `${line} --silent`], {
      env,
      cwd: folder,
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^HTTP\/1\.1 200 [\s\S]*OK$/, 'the answer is shown with its head');
    return received.pop()!;
  }

  const json = { accept: 'application/json', 'user-agent': 'us', 'content-type': 'application/json', token };
  const requests: Record<string, Omit<WireRequest, 'url'> & { path?: string }> = {
    'an event': { method: 'POST', headers: json, body: '{"conversationId":"c-1"}' },
    'quotes of every kind': { method: 'POST', headers: json, body: `{"text":"it's \\"so\\" ''' \\\\ '"}` },
    'lines and tabs': { method: 'POST', headers: json, body: '\n{\r\n\t"a": 1\r\n}\n\n' },
    'other scripts': { method: 'POST', headers: json, body: '{"text":"Grüße, 你好, 🙂"}' },
    'what a shell would put in': {
      method: 'POST',
      headers: json,
      body: '$HOME $(touch hit) `touch hit` $TENANT_JWT !! * ~ \\$ "$HOME"',
    },
    'a body that starts like the name of a file': { method: 'POST', headers: json, body: '@file' },
    'a body that starts like an option': { method: 'POST', headers: json, body: '-X DELETE' },
    'an empty body': { method: 'POST', headers: json, body: '' },
    'malformed JSON': { method: 'POST', headers: json, body: '{"a":' },
    'another content type': { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: 'x' },
    'no content type': { method: 'POST', headers: { token }, body: '{}' },
    'the token under another name': {
      method: 'POST',
      headers: { 'content-type': 'application/json', auth: token, accountid: "it's $HOME" },
      body: '{}',
    },
    'no token': { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
    'an empty token': { method: 'POST', headers: { ...json, token: '' }, body: '{}' },
    'a text that is not a token': {
      method: 'POST',
      headers: { ...json, token: 'this-is-no-token' },
      body: '{}',
    },
    'GET without a body': { method: 'GET', headers: { token } },
    'PUT with a body': { method: 'PUT', headers: json, body: '{}' },
    'DELETE with a body': { method: 'DELETE', headers: json, body: '{}' },
    'a path with a query': {
      method: 'POST',
      path: '/hooks/st%2F1?a=b%20c&f=$HOME',
      headers: json,
      body: '{}',
    },
  };
  for (const [name, { path: at = '/hooks/st-1', ...request }] of Object.entries(requests)) {
    test(name, async () => {
      writeFileSync(path.join(folder, 'file'), 'what the file holds');
      const exchange = await transport.send({ ...request, url: url + at });
      const first = received.pop()!;
      const line = curl(redacted(exchange, (text) => signer.redact(text)).request);
      assert.ok(!line.includes(token));
      const second = await repeat(line);
      assert.equal(second.method, first.method);
      assert.equal(second.path, first.path);
      assert.deepEqual(second.body, first.body);
      for (const header of ['content-type', 'token', 'auth', 'accountid']) {
        assert.equal(second.headers[header], first.headers[header], header);
      }
    });
  }

  test('sends no content type when the request had none', async () => {
    const line = curl({ method: 'POST', url, headers: {}, body: '{}' });
    assert.equal((await repeat(line)).headers['content-type'], undefined);
  });
});

test('JSON over several lines is written in one, unless its lines matter; another body stays as it is', () => {
  const bodyIn = (body: string, isExact?: boolean) =>
    curl({ method: 'POST', url: 'http://t', headers: {}, body }, isExact ? { isExact } : {}).split(
      '--data-raw ',
    )[1];
  const printed = JSON.stringify({ a: [1, { b: 'x\ny' }] }, null, 2);
  assert.equal(bodyIn(printed), `'{"a":[1,{"b":"x\\ny"}]}'`);
  assert.equal(bodyIn(printed, true), `'${printed}'`);
  for (const other of ['{"a":1,\n"b":2}', '{"a":1}\n{"a":2}', 'a\nb'])
    assert.equal(bodyIn(other), `'${other}'`);
});

test('a faulty token is named, not hidden behind the valid one', () => {
  const line = curl({ method: 'POST', url: 'http://t/', headers: { token: '<an expired token>' } });
  assert.equal(line, "curl -i -X POST 'http://t/' -H 'token: <an expired token>'");
});
