// A flood of deliveries is answered, takes no memory, and does not delay others.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { suite, test } from 'node:test';
import type { CallbackListener } from '../../src/tenant/callback-listener.ts';
import { timeLimit } from '../time-limit.ts';
import { connected, post, started } from './callback-ends.ts';

suite('A flood', () => {
  const slowHead = 'POST /callbacks/key HTTP/1.1\r\nHost: x\r\n';
  const [clients, each] = [20, 500];
  const small = (key: string, rest = '') =>
    `POST /callbacks/${key} HTTP/1.1\r\nHost: x\r\n${rest}Content-Length: 2\r\n\r\nhi`;

  /** Sends as fast as it can. @returns how often each status was answered */
  async function flooded(listener: CallbackListener, key: string): Promise<Record<string, number>> {
    const answers = await Promise.all(
      Array.from({ length: clients }, async () => {
        const { socket, ended } = await connected(listener);
        socket.write(small(key).repeat(each - 1) + small(key, 'Connection: close\r\n'));
        return ended;
      }),
    );
    const counts: Record<string, number> = {};
    for (const [, status] of answers.join('').matchAll(/^HTTP\/1\.1 (\d+)/gm)) {
      counts[status!] = (counts[status!] ?? 0) + 1;
    }
    return counts;
  }

  test('of 10,000 deliveries: a thousand are kept, all are answered and counted', async () => {
    const listener = await started();
    assert.deepEqual(await flooded(listener, 'key'), { 200: 1000, 503: 9000 });
    assert.equal(listener.deliveries('/callbacks/key').length, 1000);
    assert.equal(listener.dropped(), 9000);
    listener.forget('key');
    listener.expect('next');
    assert.equal(await post(listener, 'next'), 200, 'whoever is waited for next has room again');
  });

  test('of 10,000 strangers: counted, and an expected delivery gets through', async () => {
    const listener = await started();
    const flood = flooded(listener, 'other');
    assert.equal(await post(listener, 'key'), 200);
    assert.deepEqual(await flood, { 404: 10_000 });
    assert.equal(listener.unexpected().length + listener.dropped(), 10_000);
    assert.equal(listener.deliveries('/callbacks/key').length, 1);
  });

  for (const [key, status] of [
    ['key', 413],
    ['other', 404],
  ] as const) {
    test(`of bodies of 50 MB, each answered ${status}, takes no memory`, async () => {
      const listener = await started();
      const [megabyte, times] = [Buffer.alloc(1_000_000, 'x'), 50];
      const before = process.memoryUsage.rss();
      const answers = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const { socket, ended } = await connected(listener);
          const head = `POST /callbacks/${key} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
          socket.write(`${head}Content-Length: ${times * megabyte.length}\r\n\r\n`);
          // A client that is answered before it has written everything may find the connection closed.
          await pipeline(Readable.from(Array(times).fill(megabyte)), socket, { end: false }).catch(() => {});
          return ended;
        }),
      );
      // A client that goes on writing may find the connection reset before it has read its answer.
      for (const answer of answers.filter(Boolean)) assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
      assert.ok(answers.some(Boolean));
      const grown = (process.memoryUsage.rss() - before) / 1_000_000;
      assert.ok(grown < 100, `${grown} MB more after 200 MB`);
      assert.equal(await post(listener, 'key'), 200);
    });
  }

  test('of deliveries that stop half-way takes no more bytes than may be kept, and gives them back', {
    timeout: timeLimit,
  }, async () => {
    const [half, room] = [1000, 20];
    const listener = await started({ maxKept: { deliveries: 1000, bytes: room * half } });
    const head = `POST /callbacks/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${2 * half}\r\n\r\n`;
    const stuck = [];
    for (let n = 0; n < room; n++) {
      const client = await connected(listener);
      client.socket.write(head + 'x'.repeat(half));
      stuck.push(client);
    }
    // There may be room until the listener has read everything.
    while ((await post(listener, 'key', 'x'.repeat(half))) !== 503) {
      listener.forget('key');
      listener.expect('key');
    }
    assert.equal(listener.dropped(), 1);
    for (const { socket } of stuck.slice(2)) socket.destroy();
    await Promise.all(stuck.slice(2).map(({ ended }) => ended));
    // The listener notices it a little later.
    while ((await post(listener, 'key', 'x'.repeat(half))) !== 200);
    for (const { socket } of stuck.slice(0, 2)) socket.write('y'.repeat(half));
    for (const { ended } of stuck.slice(0, 2)) assert.match(await ended, /^HTTP\/1.1 200 /);
    assert.equal(
      listener.deliveries('/callbacks/key').filter(({ body }) => body.toString().endsWith('y')).length,
      2,
      'whoever had begun gets to the end',
    );
  });

  test('of slow clients, a byte at a time, delays nobody else; their connections are closed', {
    timeout: timeLimit,
  }, async () => {
    const listener = await started({ requestTimeoutMs: 500 });
    const start = performance.now();
    const slow = await Promise.all(Array.from({ length: 300 }, () => connected(listener)));
    let written = 0;
    const trickle = setInterval(() => {
      for (const { socket } of slow) socket.write(slowHead[written] ?? 'x');
      written += 1;
    }, 50);
    const posting = performance.now();
    assert.equal(await post(listener, 'key'), 200);
    assert.ok(performance.now() - posting < 1000, 'a delivery beside them is taken at once');
    await Promise.all(slow.map(({ ended }) => ended));
    clearInterval(trickle);
    assert.ok(performance.now() - start < 10_000, 'no byte buys more time');
    assert.equal(listener.deliveries('/callbacks/key').length, 1);
  });
});
