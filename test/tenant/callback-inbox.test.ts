// A scenario gets the deliveries for its key, in whichever thread it runs; all others are unexpected.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CallbackInbox, publishDeliveries } from '../../src/tenant/callback-inbox.ts';
import { type CallbackListener, startCallbackListener } from '../../src/tenant/callback-listener.ts';
import { timeLimit } from '../time-limit.ts';
import { inWorker } from './worker.ts';

let listener: CallbackListener;
let publisher: { close(): void };
const inboxes: CallbackInbox[] = [];
beforeEach(async () => {
  listener = await startCallbackListener({ host: '127.0.0.1', port: 0 });
  publisher = publishDeliveries(listener, true);
});
afterEach(async () => {
  for (const inbox of inboxes.splice(0)) inbox.close();
  publisher.close();
  await listener.close();
});

function opened(): CallbackInbox {
  const inbox = new CallbackInbox();
  inboxes.push(inbox);
  return inbox;
}

async function post(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<number> {
  return (await fetch(listener.url + path, { method: 'POST', body })).status;
}

const patient = { deadlineMs: 20_000, settleMs: 0 };

suite('In one thread', () => {
  test('a delivery is received as it came', async () => {
    const inbox = opened();
    const { key, path } = await inbox.register();
    assert.match(key, /^[0-9a-f]{32}$/);
    assert.equal(path, `/callbacks/${key}`);
    const waiting = inbox.wait(key, patient);
    assert.equal(await post(path, new Uint8Array([0, 255, 7])), 200);
    const [delivery, ...more] = await waiting;
    assert.ok(delivery && more.length === 0);
    assert.ok(Buffer.isBuffer(delivery.body));
    assert.deepEqual(delivery, listener.deliveries(path)[0]);
    assert.deepEqual([...delivery.body], [0, 255, 7]);
  });

  test('the key is known as soon as it is handed out', async () => {
    const inbox = opened();
    for (let n = 0; n < 20; n++) assert.equal(await post((await inbox.register()).path, 'x'), 200);
  });

  test('no key is handed out when no listener answers', async () => {
    publisher.close();
    const inbox = opened();
    let handedOut = false;
    const asked = inbox.register().then(() => {
      handedOut = true;
    });
    await sleep(100);
    assert.equal(handedOut, false);
    inbox.close();
    await assert.rejects(asked, { name: 'AbortError' });
  });

  test('a delivery before the wait counts', async () => {
    const inbox = opened();
    const { key, path } = await inbox.register();
    await post(path, 'early');
    assert.equal((await inbox.wait(key, patient)).length, 1);
    assert.equal((await inbox.wait(key, { deadlineMs: 0, settleMs: 0 })).length, 1, 'and is still there');
  });

  test('all deliveries of the settling time come together', async () => {
    const inbox = opened();
    const { key, path } = await inbox.register();
    const waiting = inbox.wait(key, { deadlineMs: 20_000, settleMs: 1000 });
    await post(path, 'first');
    await post(path, 'second');
    assert.deepEqual(
      (await waiting).map(({ body }) => body.toString()),
      ['first', 'second'],
    );
  });

  test('nothing at the deadline is an empty list', async () => {
    const inbox = opened();
    const { key } = await inbox.register();
    const start = performance.now();
    assert.deepEqual(await inbox.wait(key, { deadlineMs: 100, settleMs: 10_000 }), []);
    const waited = performance.now() - start;
    assert.ok(waited >= 95 && waited < 8000, `waited ${waited} ms`);
  });

  test('a key does not get the deliveries of another', async () => {
    const inbox = opened();
    const other = opened();
    const one = await inbox.register();
    const two = await other.register();
    await post(two.path, 'for two');
    assert.equal((await other.wait(two.key, patient)).length, 1);
    assert.deepEqual(await inbox.wait(one.key, { deadlineMs: 20, settleMs: 0 }), []);
  });

  test('a delivery for an unknown key is unexpected, one for a forgotten key is looked at later', async () => {
    const inbox = opened();
    const { key, path } = await inbox.register();
    inbox.forget(key);
    await inbox.register();
    assert.equal(await post(path, 'late'), 200);
    assert.equal(await post('/callbacks/unknown', 'x'), 404);
    assert.deepEqual(
      listener.unexpected().map((delivery) => [delivery.key, delivery.method]),
      [['unknown', 'POST']],
    );
    await assert.rejects(inbox.wait(key, patient), /never registered, or is forgotten/);
  });

  test('closing ends the waits, and what arrives later is not an unexpected delivery', async () => {
    const inbox = opened();
    const { key, path } = await inbox.register();
    const waiting = assert.rejects(inbox.wait(key, patient), { name: 'AbortError' });
    inbox.close();
    inbox.close();
    await waiting;
    await opened().register();
    assert.equal(await post(path, 'late'), 200);
  });
});

/** Runs code in a real thread; what it posts to its parent comes back. */
function withInbox(code: string, workerData?: unknown) {
  const inbox = JSON.stringify(new URL('../../src/tenant/callback-inbox.ts', import.meta.url).href);
  return inWorker(
    `
    import { parentPort, workerData } from 'node:worker_threads';
    import { CallbackInbox } from ${inbox};
    const inbox = new CallbackInbox();
    ${code}`,
    workerData,
  );
}

suite('In worker threads', () => {
  const scenario = (name: string) => `
    const { key, path } = await inbox.register();
    const answer = await fetch(${JSON.stringify(listener.url)} + path, { method: 'POST', body: '${name}' });
    const received = await inbox.wait(key, { deadlineMs: 600000, settleMs: 50 });
    parentPort.postMessage([answer.status, ...received.map(({ body, method }) => method + ' ' + body.toString())]);`;

  test('each gets its own deliveries, and ends by itself with its inbox open', {
    timeout: timeLimit,
  }, async () => {
    const workers = ['one', 'two'].map((name) => withInbox(scenario(name)).done);
    assert.deepEqual(await Promise.all(workers), [[[200, 'POST one']], [[200, 'POST two']]]);
  });

  test('a wait keeps its thread alive until the deadline', { timeout: timeLimit }, async () => {
    const { done } = withInbox(`
      const { key } = await inbox.register();
      parentPort.postMessage(await inbox.wait(key, { deadlineMs: 200, settleMs: 0 }));`);
    assert.deepEqual(await done, [[]]);
  });

  test('a delivery made by the main thread reaches a waiting worker', { timeout: timeLimit }, async () => {
    const { worker, done } = withInbox(`
      const { key, path } = await inbox.register();
      parentPort.postMessage(path);
      parentPort.postMessage((await inbox.wait(key, { deadlineMs: 600000, settleMs: 0 })).length);`);
    worker.once('message', async (path: string) => {
      await sleep(50);
      await post(path, 'x');
    });
    assert.equal((await done)[1], 1);
  });

  test('a delivery that a busy thread has not noticed yet is not missed', {
    timeout: timeLimit,
  }, async () => {
    const free = new Int32Array(new SharedArrayBuffer(4));
    const { worker, done } = withInbox(
      `
      const { key, path } = await inbox.register();
      const waiting = inbox.wait(key, { deadlineMs: 20, settleMs: 0 });
      // Both the deadline and the delivery come meanwhile. After an immediate, Node runs timers first.
      setImmediate(() => {
        parentPort.postMessage(path);
        Atomics.wait(workerData, 0, 0);
      });
      parentPort.postMessage((await waiting).length);`,
      free,
    );
    worker.once('message', async (path: string) => {
      await post(path, 'x');
      await sleep(50);
      Atomics.store(free, 0, 1);
      Atomics.notify(free, 0);
    });
    assert.equal((await done)[1], 1);
  });
});

test('Neither end keeps a process alive', { timeout: timeLimit }, async () => {
  const at = (file: string) => JSON.stringify(new URL(`../../src/tenant/${file}`, import.meta.url).href);
  const source = `
    import { CallbackInbox, publishDeliveries } from ${at('callback-inbox.ts')};
    import { startCallbackListener } from ${at('callback-listener.ts')};
    const listener = await startCallbackListener({ host: '127.0.0.1', port: 0 });
    publishDeliveries(listener, true);
    await new CallbackInbox().register();
    await listener.close();`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const code = await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
  assert.equal(code, 0);
});
