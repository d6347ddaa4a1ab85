// Unusual requests and answers, and what cannot be recorded: the recorder reports it, and nothing is lost silently.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { httpEnd, netEnd } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { ends, forwarding, newFolder, recording, type Started, textIn } from './recorders.ts';
import { entry, path as hooks, sent } from './wire-sender.ts';

/** The answer to any bytes. */
async function answered({ url }: Started, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  ends.push(() => socket.destroy());
  socket.write(bytes, 'latin1');
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

const unreadable: Record<string, [bytes: string, status: number]> = {
  'bytes that are not allowed in a header': ['GET / HTTP/1.1\r\nHost: x\r\nX-Bad: a\u0000b\r\n\r\n', 400],
  'headers of 70 kB': [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
  CONNECT: ['CONNECT other.example:443 HTTP/1.1\r\nHost: other.example\r\n\r\n', 400],
  'no path': ['OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
};
for (const [name, [bytes, status]] of Object.entries(unreadable)) {
  test(`${name}: refused with a message, and reported on the terminal`, async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    const answer = await answered(recorder, bytes);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} [^]*"message":"`));
    assert.match(recorder.reported.trouble.join(), /neither passed on nor recorded/);
    assert.deepEqual([tenant.received.length, textIn(recorder.folder)], [0, '']);
  });
}

for (const how of ['end', 'destroy'] as const) {
  test(`a request that breaks off (${how}) is reported, and not passed on`, async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    const { hostname, port } = new URL(recorder.url);
    const socket = connect(Number(port), hostname);
    ends.push(() => socket.destroy());
    socket.write(`POST ${hooks} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
    await until(() => recorder.inFlight() > 0);
    socket[how]();
    await until(() => recorder.inFlight() === 0);
    assert.match(recorder.reported.trouble.join(), /neither passed on nor recorded/);
    assert.deepEqual([tenant.received.length, textIn(recorder.folder)], [0, '']);
  });
}

test('a target with scheme and host is passed on as its path, which is not normalised', async () => {
  const tenant = await httpEnd();
  const recorder = await forwarding(tenant.url);
  for (const target of ['http://any.example/a/../%7Eb//c?x=%20', 'HTTP://any.example?x=1']) {
    await answered(recorder, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  }
  assert.deepEqual(
    tenant.received.map(({ path: to }) => to),
    ['/a/../%7Eb//c?x=%20', '/?x=1'],
  );
});

test('an answer reaches its sender even when its reason phrase is not Latin-1', async () => {
  const tenant = await netEnd((socket) => socket.end('HTTP/1.1 200 好的\r\nContent-Length: 2\r\n\r\nOK'));
  const recorder = await forwarding(tenant.url);
  const answer = await sent(recorder.url + hooks, { body: entry });
  assert.deepEqual([answer.status, answer.body.toString()], [200, 'OK']);
  assert.deepEqual(recorder.reported.trouble, []);
});

test('header values pass byte for byte, in any encoding', async () => {
  const tenant = await netEnd((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nX-Name: 好\r\nContent-Length: 2\r\n\r\nOK'),
  );
  const recorder = await forwarding(tenant.url);
  const { rawHeaders } = await sent(recorder.url + hooks, { body: entry });
  const value = rawHeaders[rawHeaders.indexOf('X-Name') + 1]!;
  assert.equal(Buffer.from(value, 'latin1').toString(), '好');
});

test('without room for its record, a request is not passed on', async () => {
  const tenant = await httpEnd();
  const folder = newFolder();
  // A folder in the way stands for a full disk.
  mkdirSync(path.join(folder, 'recorder.room'));
  const recorder = await forwarding(tenant.url, { folder });
  const answer = await sent(recorder.url + hooks, { body: entry });
  assert.equal(answer.status, 503);
  assert.match(answer.body.toString(), /EISDIR.*it was not passed on/);
  assert.match(recorder.reported.trouble.join(), /EISDIR.*503/);
  assert.equal(tenant.received.length, 0);
});

test('a link in the place of the reserve is not followed', async () => {
  const folder = newFolder();
  const target = path.join(newFolder(), 'target');
  writeFileSync(target, 'kept');
  symlinkSync(target, path.join(folder, 'recorder.room'), 'file');
  const recorder = await forwarding((await httpEnd()).url, { folder });
  assert.equal((await sent(recorder.url + hooks, { body: entry })).status, 200);
  assert.equal(readFileSync(target, 'utf8'), 'kept');
});

test('a request whose record is too long to be read again is reported as not judged', async () => {
  const tenant = await httpEnd();
  const reasons: (string | undefined)[] = [];
  const recorder = await forwarding(tenant.url, { onRecord: ({ unjudged }) => reasons.push(unjudged) });
  const headers = ['Content-Type', 'application/json'];
  await sent(recorder.url + hooks, { headers, body: entry });
  await sent(recorder.url + hooks, { headers, body: entry.replace('{', `{${' '.repeat(10_000_000)}`) });
  assert.deepEqual(reasons, [undefined, 'its record is longer than 10 MB']);
  const { totals } = await recorder.stop();
  assert.deepEqual([totals.requests, totals.skipped], [1, 1]);
});

test('a request with more events than are judged is recorded at once, and the recorder says so', async () => {
  const recorded: (string | undefined)[] = [];
  const recorder = await recording({ onRecord: ({ unjudged }) => recorded.push(unjudged) });
  const events = Array.from({ length: 20_000 }, () => ({ name: 'INTERNAL_TRANSFER_EVENT' }));
  const body = JSON.stringify({ conversationId: 'c-1', botId: 'st-1', events });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(recorder.url + hooks, { method: 'POST', headers, body });
  assert.equal(status, 401);
  assert.deepEqual(recorded, ['it has 20,000 events in one request; up to 1,000 are judged']);
});
