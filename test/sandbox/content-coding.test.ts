// What the reference tenant reads of a body that is packed, or begins with a byte order mark: the same as the check of a log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import jwt from 'jsonwebtoken';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { envelope, eventOf, goodToken, send } from './client.ts';

let sandbox: Sandbox;
let number = 0;

before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

function bytes(): Buffer {
  const body = { ...envelope(sandbox, `coding-${++number}`), events: [eventOf('NA entry')] };
  return Buffer.from(JSON.stringify(body));
}

function sendAs(body: Buffer, encoding?: string) {
  const headers: Record<string, string> = { token: goodToken(sandbox), 'content-type': 'application/json' };
  return send(sandbox, { body, headers: encoding ? { ...headers, 'content-encoding': encoding } : headers });
}

test('a packed body is read', async () => {
  for (const [coding, packed] of [
    ['gzip', gzipSync(bytes())],
    ['br', brotliCompressSync(bytes())],
    ['deflate', deflateSync(bytes())],
    ['zstd', zstdCompressSync(bytes())],
    ['identity', bytes()],
  ] as const) {
    const { status, json } = await sendAs(packed, coding);
    assert.equal(status, 200, `${coding}: ${JSON.stringify(json)}`);
  }
});

test('a body with a byte order mark is read', async () => {
  assert.equal((await sendAs(Buffer.concat([Buffer.from('\ufeff'), bytes()]))).status, 200);
});

test('an unknown coding is refused by its name, and one that is not as announced', async () => {
  const unknown = await sendAs(bytes(), 'lzma');
  assert.equal(unknown.status, 415);
  assert.match(String(unknown.json.message), /Content-Encoding "lzma" is not known/);
  const wrong = await sendAs(bytes(), 'gzip');
  assert.equal(wrong.status, 400);
  assert.match(String(wrong.json.message), /it is not the gzip that its Content-Encoding says/);
  assert.equal((await sendAs(gzipSync(Buffer.alloc(2_000_000)), 'gzip')).status, 413);
});

test('a JWT without an appId is refused for that, not for a wrong one', async () => {
  const token = jwt.sign({}, sandbox.settings.TENANT_CLIENT_SECRET!);
  const headers = { token, 'content-type': 'application/json' };
  const { status, json } = await send(sandbox, { body: bytes(), headers });
  assert.equal(status, 401);
  assert.match(String(json.message), /it has no appId$/);
});
