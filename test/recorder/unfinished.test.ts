// Senders that do not finish: they hold a bounded amount of memory, and do not keep the recorder from stopping.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { BodyRoom } from '../../src/recorder/wire/body-room.ts';
import { bodyOf } from '../../src/recorder/wire/sender.ts';
import { send } from '../sandbox/client.ts';
import { httpEnd } from '../tenant/ends.ts';
import { soon, until } from '../time-limit.ts';
import { asTenant, ends, forwarding, recording, recordsIn } from './recorders.ts';
import { path } from './wire-sender.ts';

const half = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`;

test('half a request delays the end by a second, not by the time-out of the tenant', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url, { graceMs: 10 * soon });
  const { hostname, port } = new URL(recorder.url);
  const sockets = [half, half, 'POST / HTTP/1.1\r\nHo'].map((bytes) => {
    const socket = connect(Number(port), hostname);
    ends.push(() => socket.destroy());
    socket.on('error', () => {});
    socket.write(bytes);
    return socket;
  });
  await until(() => recorder.inFlight() === 2);
  assert.equal(recorder.awaited(), 0, 'the tenant has none of them');
  const started = performance.now();
  await recorder.stop();
  assert.ok(performance.now() - started < soon);
  await until(() => sockets.every(({ destroyed }) => destroyed));
});

test('all bodies share one bound: what exceeds it is dropped, and its bytes are free again', async () => {
  const room = new BodyRoom(100);
  const body = (bytes: number) => Readable.from([Buffer.alloc(bytes / 2), Buffer.alloc(bytes / 2)]) as never;
  const first = await bodyOf(body(60), 80, room);
  assert.equal(first.length, 60);
  assert.equal(await bodyOf(body(60), 80, room), 'no room');
  assert.equal(await bodyOf(body(90), 80, room), 'no room');
  assert.equal((await bodyOf(body(40), 80, room)).length, 40, 'the dropped ones hold nothing');
  room.give(100);
  assert.equal(await bodyOf(body(90), 80, room), 'too long');
  assert.equal((await bodyOf(body(80), 80, room)).length, 80);
});

test('unfinished bodies without a token are bounded together, and those with one still get through', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  const { hostname, port } = new URL(recorder.url);
  const bytes = 40_000_000;
  for (let number = 0; number < 2; number += 1) {
    const socket = connect(Number(port), hostname);
    ends.push(() => socket.destroy());
    socket.on('error', () => {});
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes + 1}\r\n\r\n`);
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.write(Buffer.alloc(bytes), () => resolve());
    await promise;
    if (number === 0) continue;
    socket.write('x');
    let text = '';
    for await (const chunk of socket) {
      text += chunk;
      if (text.includes('}')) break;
    }
    assert.match(text, /^HTTP\/1\.1 503 [\s\S]*Too many bodies at a time/);
  }
  const headers = { token: 'some-token', 'content-type': 'application/json' };
  const answer = await fetch(recorder.url + path, { method: 'POST', headers, body: ' '.repeat(5_000_000) });
  assert.equal(answer.status, 200);
});

test('the reference tenant reads a megabyte at most of a request without a good token', async () => {
  const recorder = await recording();
  const tenant = asTenant(recorder);
  const body = JSON.stringify({ conversationId: 'c', text: 'x'.repeat(2_000_000) });
  const headers = { token: 'not-good', 'content-type': 'application/json' };
  const { status, json } = await send(tenant, { body, headers });
  assert.equal(status, 413);
  assert.match(String(json.message), /1048576 bytes without a good token/);
  assert.equal(
    (await send(tenant, { body: '{}', headers })).status,
    401,
    'a small one is refused by its token',
  );
  assert.deepEqual(
    recordsIn(recorder.folder).map(({ answer }) => answer?.status),
    [413, 401],
  );
});
