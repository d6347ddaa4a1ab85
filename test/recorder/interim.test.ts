// A tenant that sends "100 Continue" unasked: its answer still comes back.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { listening } from '../tenant/ends.ts';
import { ends, forwarding, recording, tunnel } from './recorders.ts';
import { entry, path, sent } from './wire-sender.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK';
const interim = 'HTTP/1.1 100 Continue\r\n\r\n';

/** A tenant that writes these parts to each request, on a connection that stays open. */
async function tenantThatWrites(parts: readonly string[]): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((socket: Socket) => {
    ends.push(() => socket.destroy());
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', async (bytes) => {
      if (!bytes.includes('POST')) return;
      requests += 1;
      for (const part of parts) {
        if (!socket.write(part)) await once(socket, 'drain');
        for (let turns = 0; turns < 20; turns += 1) await turn();
      }
    });
  });
  const url = await listening(server);
  ends.push(() => server.close());
  return { url, requests: () => requests };
}

const answers: Record<string, string[]> = {
  'in one piece with the answer': [interim + ok],
  'before the answer': [interim, ok],
  'byte by byte': [...(interim + ok)],
  'with headers of its own': ['HTTP/1.1 100 Continue\r\nDate: now\r\n\r\n', ok],
  'several times, and another hint': [interim, `${interim}HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n`, ok],
  'in the version of old': ['HTTP/1.0 100 Continue\r\n\r\n', ok],
  'not at all': [...ok],
};
for (const [name, parts] of Object.entries(answers)) {
  test(`100 Continue ${name}: the answer comes back, also on a connection that is used again`, async () => {
    const tenant = await tenantThatWrites(parts);
    const recorder = await forwarding(tenant.url);
    for (let time = 1; time <= 2; time += 1) {
      const answer = await sent(recorder.url + path, { body: entry });
      assert.deepEqual([answer.status, answer.body.toString(), tenant.requests()], [200, 'OK', time]);
    }
  });
}

test('through a proxy as well', async () => {
  const tenant = await tenantThatWrites([interim, ok]);
  const env = { HTTP_PROXY: (await tunnel()).url };
  const recorder = await recording({ tenant: { forward: { url: tenant.url, timeoutMs: 5000, env } } });
  assert.equal((await sent(recorder.url + path, { body: entry })).status, 200);
});

test('a body that looks like it stays as it is', async () => {
  const body = interim.repeat(3);
  const tenant = await tenantThatWrites([`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`, body]);
  const recorder = await forwarding(tenant.url);
  assert.equal((await sent(recorder.url + path, { body: entry })).body.toString(), body);
});
