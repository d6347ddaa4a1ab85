// Workers send through the main thread. Both ends are in one thread here: the channel between them does not mind.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import type { Sender } from '../../src/tenant/exchange.ts';
import { SharedTransport, shareTransport } from '../../src/tenant/shared-transport.ts';
import { until } from '../time-limit.ts';
import { ends, httpEnd, opened, posted } from './ends.ts';

/** @returns a worker's way to the tenant; a new run unless one is given */
async function workerOf(url: string, run = randomUUID()): Promise<SharedTransport> {
  const shared = shareTransport(run, () => opened(url));
  ends.push(() => shared.close());
  return workerIn(run);
}

async function workerIn(run: string): Promise<SharedTransport> {
  const worker = await SharedTransport.open(run);
  ends.push(() => worker.close());
  return worker;
}

suite('The transport that workers share', () => {
  test('sends what each worker asks for, and brings the answer to whom it belongs', async () => {
    const end = await httpEnd((response, before) => {
      // The first one is answered last.
      setTimeout(() => response.end(end.received[before]!.path), before === 0 ? 200 : 0);
    });
    const run = randomUUID();
    const workers = [await workerOf(end.url, run), await workerIn(run)];
    const paths = ['/a', '/b', '/c', '/d'];
    const exchanges = await Promise.all(
      paths.map((path, index) => workers[index % 2]!.send(posted(end.url + path))),
    );
    assert.deepEqual(
      exchanges.map(({ answer }) => answer?.body),
      paths,
    );
    assert.deepEqual(exchanges[0]!.request, posted(`${end.url}/a`));
  });

  test('is that of the same run', async () => {
    const [one, other] = [await httpEnd(), await httpEnd()];
    const workers = [await workerOf(one.url), await workerOf(other.url)];
    await workers[0]!.send(posted(`${one.url}/x`));
    assert.deepEqual([one.received.length, other.received.length], [1, 0]);
  });

  test('is opened when the first request comes', async () => {
    let openings = 0;
    const run = randomUUID();
    const shared = shareTransport(run, async () => {
      openings += 1;
      return opened('http://127.0.0.1:1');
    });
    ends.push(() => shared.close());
    const worker = await workerIn(run);
    assert.equal(openings, 0);
    const sent = await Promise.all([1, 2].map(() => worker.send(posted('http://127.0.0.1:1'))));
    assert.deepEqual(
      sent.map(({ failure }) => failure?.kind),
      ['refused', 'refused'],
    );
    assert.equal(openings, 1);
  });

  test('lets the worker know what it throws', async () => {
    const failing: Sender = {
      send: () => Promise.reject(new Error('The throttle was closed')),
    };
    const run = randomUUID();
    const shared = shareTransport(run, async () => ({ ...failing, close: async () => {} }));
    ends.push(() => shared.close());
    const worker = await workerIn(run);
    await assert.rejects(worker.send(posted('http://127.0.0.1:1')), /^Error: The throttle was closed$/);
  });

  test('leaves nobody waiting when a worker is closed', async () => {
    const waiting: ServerResponse[] = [];
    const end = await httpEnd((response) => waiting.push(response));
    const worker = await workerOf(end.url);
    const sent = worker.send(posted(end.url));
    await until(() => waiting.length === 1);
    await worker.close();
    const { failure, request } = await sent;
    assert.equal(failure?.code, 'TRANSPORT_CLOSED');
    assert.deepEqual(request, posted(end.url));
  });
});
