// What is no ordinary request or answer, and what cannot be recorded: said in words, and nothing is lost unseen.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { httpEnd, netEnd } from '../tenant/ends.ts';
import { until } from '../time-limit.ts';
import { ends, forwarding, newFolder, type Started, textIn } from './recorders.ts';
import { entry, path as hooks, sent } from './wire-sender.ts';

/** What is answered to bytes, whatever they are. */
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
  'bytes that no header may have': ['GET / HTTP/1.1\r\nHost: x\r\nX-Bad: a\u0000b\r\n\r\n', 400],
  'headers of 70 kB': [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
  CONNECT: ['CONNECT other.example:443 HTTP/1.1\r\nHost: other.example\r\n\r\n', 400],
  'no path': ['OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
};
for (const [name, [bytes, status]] of Object.entries(unreadable)) {
  test(`${name}: refused in words, and said on the terminal`, async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    const answer = await answered(recorder, bytes);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} [^]*"message":"`));
    assert.match(recorder.told.trouble.join(), /neither passed on nor recorded/);
    assert.deepEqual([tenant.received.length, textIn(recorder.folder)], [0, '']);
  });
}

for (const how of ['end', 'destroy'] as const) {
  test(`a request that breaks off (${how}) is said, and goes nowhere`, async () => {
    const tenant = await httpEnd();
    const recorder = await forwarding(tenant.url);
    const { hostname, port } = new URL(recorder.url);
    const socket = connect(Number(port), hostname);
    ends.push(() => socket.destroy());
    socket.write(`POST ${hooks} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
    await until(() => recorder.inFlight() > 0);
    socket[how]();
    await until(() => recorder.inFlight() === 0);
    assert.match(recorder.told.trouble.join(), /neither passed on nor recorded/);
    assert.deepEqual([tenant.received.length, textIn(recorder.folder)], [0, '']);
  });
}

test('a target with scheme and host passes as its path, which is not tidied up', async () => {
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

test('a reason phrase that is not Latin-1 does not keep the answer from its sender', async () => {
  const tenant = await netEnd((socket) => socket.end('HTTP/1.1 200 好的\r\nContent-Length: 2\r\n\r\nOK'));
  const recorder = await forwarding(tenant.url);
  const answer = await sent(recorder.url + hooks, { body: entry });
  assert.deepEqual([answer.status, answer.body.toString()], [200, 'OK']);
  assert.deepEqual(recorder.told.trouble, []);
});

test('header values pass byte for byte, whatever they are written in', async () => {
  const tenant = await netEnd((socket) =>
    socket.end('HTTP/1.1 200 OK\r\nX-Name: 好\r\nContent-Length: 2\r\n\r\nOK'),
  );
  const recorder = await forwarding(tenant.url);
  const { rawHeaders } = await sent(recorder.url + hooks, { body: entry });
  const value = rawHeaders[rawHeaders.indexOf('X-Name') + 1]!;
  assert.equal(Buffer.from(value, 'latin1').toString(), '好');
});

test('without room for the record nothing is passed on', async (context) => {
  if (process.platform !== 'linux') return context.skip('there is no /dev/full');
  const tenant = await httpEnd();
  const folder = newFolder();
  symlinkSync('/dev/full', path.join(folder, 'recorder.room'));
  const recorder = await forwarding(tenant.url, { folder });
  const answer = await sent(recorder.url + hooks, { body: entry });
  assert.equal(answer.status, 503);
  assert.match(answer.body.toString(), /ENOSPC.*it was not passed on/);
  assert.match(recorder.told.trouble.join(), /ENOSPC.*503/);
  assert.equal(tenant.received.length, 0);
});

test('a request whose record is too long to be read again is said not to be judged', async () => {
  const tenant = await httpEnd();
  const told: (string | undefined)[] = [];
  const recorder = await forwarding(tenant.url, { onRecord: ({ unjudged }) => told.push(unjudged) });
  const headers = ['Content-Type', 'application/json'];
  await sent(recorder.url + hooks, { headers, body: entry });
  await sent(recorder.url + hooks, { headers, body: entry.replace('{', `{${' '.repeat(10_000_000)}`) });
  assert.deepEqual(told, [undefined, 'its record is longer than 10 MB']);
  const { totals } = await recorder.stop();
  assert.deepEqual([totals.requests, totals.skipped], [1, 1]);
});
