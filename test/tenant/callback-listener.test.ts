// The listener keeps each delivery as it came, and survives strangers. Floods: callback-flood.test.ts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallbackListenError, startCallbackListener } from '../../src/tenant/callback-listener.ts';
import { rootKey } from '../../src/tenant/callback-path.ts';
import { timeLimit } from '../time-limit.ts';
import { connected, post, started } from './callback-ends.ts';

suite('A delivery for a known key', () => {
  test('is answered 200 without a body and kept as it came', async () => {
    const listener = await started();
    const heard: string[] = [];
    listener.onDelivery(({ key }) => heard.push(key));
    const bytes = new Uint8Array([0, 255, 0xc3, 0x28, 13, 10]);
    const before = Date.now();
    const answer = await fetch(`${listener.url}/callbacks/key?again=1`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/x-odd; a="b"', 'x-own': 'kept' },
    });
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '');
    const [delivery, ...more] = listener.deliveries('/callbacks/key');
    assert.ok(delivery && more.length === 0);
    assert.ok(Buffer.isBuffer(delivery.body));
    assert.deepEqual([...delivery.body], [...bytes]);
    assert.equal(delivery.key, 'key');
    assert.equal(delivery.method, 'POST');
    assert.equal(delivery.contentType, 'application/x-odd; a="b"');
    assert.equal(delivery.headers['x-own'], 'kept');
    assert.equal(delivery.truncated, false);
    assert.ok(delivery.receivedAt >= before && delivery.receivedAt <= Date.now());
    assert.deepEqual(heard, ['key']);
    assert.deepEqual(listener.unexpected(), []);
  });

  test('may use any method and any content type, or none', async () => {
    const listener = await started();
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      assert.equal((await fetch(`${listener.url}/callbacks/key`, { method })).status, 200, method);
    }
    assert.equal(await post(listener, 'key', '{"broken":', { 'content-type': 'application/json' }), 200);
    assert.equal(await post(listener, 'key', 'x', { 'content-type': 'no media type' }), 200);
    const { socket, ended } = await connected(listener);
    socket.write(
      'POST /callbacks/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
    );
    assert.match(await ended, /^HTTP\/1.1 200 /);
    const deliveries = listener.deliveries('/callbacks/key');
    assert.equal(deliveries.length, 8);
    assert.equal(deliveries[0]!.method, 'GET');
    assert.equal(deliveries[5]!.body.toString(), '{"broken":');
    assert.equal(deliveries[7]!.contentType, undefined);
    assert.equal(deliveries[7]!.body.toString(), 'hi');
  });

  test('is not what only asks whether the address exists', async () => {
    const listener = await started();
    for (const method of ['HEAD', 'OPTIONS']) {
      assert.equal((await fetch(`${listener.url}/callbacks/key`, { method })).status, 200, method);
      assert.equal((await fetch(`${listener.url}/callbacks/other`, { method })).status, 404, method);
    }
    assert.deepEqual(listener.deliveries('/callbacks/key'), []);
    assert.deepEqual(listener.unexpected(), []);
    assert.equal(listener.requests(), 0);
  });

  test('may come to an address without a path, once one is expected there', async () => {
    const listener = await started();
    const send = (method: string, path = '') => fetch(`${listener.url}${path}`, { method });
    assert.equal((await send('POST')).status, 404);
    listener.expect(rootKey);
    assert.equal((await send('GET')).status, 404, 'a look at whether something listens');
    assert.equal((await send('POST')).status, 200);
    assert.equal((await send('POST', '/?again=1')).status, 200);
    assert.equal((await send('POST', '/elsewhere')).status, 404);
    assert.equal(listener.deliveries('/').length, 2);
    assert.equal(listener.deliveries('/elsewhere').length, 0);
    assert.deepEqual(listener.unexpected(), []);
  });

  test('may come below the path of a proxy, and to any address that begins with the key', async () => {
    const listener = await started();
    const paths = ['/base/callbacks/key', '/callbacks/key/A%2fb/?C=/callbacks/other&d'];
    for (const path of paths)
      assert.equal((await fetch(listener.url + path, { method: 'POST' })).status, 200);
    assert.deepEqual(
      listener.deliveries('/callbacks/key').map(({ path }) => path),
      paths,
    );
  });

  test('over the limit is answered 413 and kept without its bytes', async () => {
    const listener = await started();
    const limit = 1024 * 1024;
    assert.equal(await post(listener, 'key', new Uint8Array(limit)), 200);
    assert.equal(await post(listener, 'key', new Uint8Array(limit + 1)), 413);
    assert.deepEqual(
      listener.deliveries('/callbacks/key').map(({ body, truncated }) => [body.length, truncated]),
      [
        [limit, false],
        [0, true],
      ],
    );
  });

  test('over the limit is answered once the client has written all of it', async () => {
    const listener = await started({ bodyLimit: 10 });
    const { socket, ended } = await connected(listener);
    socket.write(
      'POST /callbacks/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 40\r\n\r\n',
    );
    socket.write('x'.repeat(20));
    await sleep(100);
    assert.equal(socket.bytesRead, 0);
    socket.write('x'.repeat(20));
    assert.match(await ended, /^HTTP\/1.1 413 /);
  });

  test('that breaks off is not a delivery', async () => {
    const listener = await started();
    const { socket, ended } = await connected(listener);
    socket.write('POST /callbacks/key HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
    await sleep(50);
    socket.destroy();
    await ended;
    assert.equal(await post(listener, 'key', 'whole'), 200);
    assert.deepEqual(
      listener.deliveries('/callbacks/key').map(({ body }) => body.toString()),
      ['whole'],
    );
  });
});

suite('A delivery for an unknown key', () => {
  test('is answered 404 and counted as unexpected', async () => {
    const listener = await started();
    assert.equal(await post(listener, 'other'), 404);
    assert.equal(await post(listener, 'x'.repeat(500)), 404);
    assert.equal(await post(listener, '%E0%A4%A'), 404);
    const [first, second] = listener.unexpected();
    assert.equal(first?.key, 'other');
    assert.equal(first?.method, 'POST');
    assert.equal(second?.key.length, 80);
    assert.deepEqual(listener.deliveries('/callbacks/other'), []);
    assert.deepEqual(listener.deliveries('/callbacks/key'), []);
  });

  test('is answered without reading its body', { timeout: timeLimit }, async () => {
    const listener = await started();
    const { socket } = await connected(listener);
    socket.write('POST /callbacks/other HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1.1 404 /);
  });

  test('includes a delivery for a forgotten key', async () => {
    const listener = await started();
    assert.equal(await post(listener, 'key'), 200);
    listener.forget('key');
    assert.equal(await post(listener, 'key'), 404);
    assert.deepEqual(
      listener.unexpected().map(({ key }) => key),
      ['key'],
    );
    assert.deepEqual(listener.deliveries('/callbacks/key'), []);
  });

  test('is not counted when the path is not one of callbacks', async () => {
    const listener = await started();
    assert.equal((await fetch(`${listener.url}/favicon.ico`)).status, 404);
    assert.deepEqual(listener.unexpected(), []);
  });
});

suite('Memory is bounded', () => {
  test('by number', async () => {
    const listener = await started({ maxKept: { deliveries: 2, bytes: 1000 } });
    const statuses = [await post(listener, 'key'), await post(listener, 'key'), await post(listener, 'key')];
    assert.deepEqual(statuses, [200, 200, 503]);
    assert.equal(listener.deliveries('/callbacks/key').length, 2);
    for (let n = 0; n < 5; n++) await post(listener, 'other');
    assert.equal(listener.unexpected().length, 2);
    assert.equal(listener.dropped(), 4);
  });

  test('by bytes, and a forgotten key makes room', async () => {
    const listener = await started({ maxKept: { deliveries: 100, bytes: 10 } });
    listener.expect('second');
    assert.equal(await post(listener, 'key', 'x'.repeat(8)), 200);
    assert.equal(await post(listener, 'second', 'x'.repeat(8)), 503);
    listener.forget('key');
    assert.equal(await post(listener, 'second', 'x'.repeat(8)), 200);
    assert.equal(listener.dropped(), 1);
  });

  test('strangers take no room from expected deliveries', async () => {
    const listener = await started({ maxKept: { deliveries: 1, bytes: 10 } });
    for (let n = 0; n < 3; n++) await post(listener, 'other', 'x'.repeat(100));
    assert.equal(await post(listener, 'key'), 200);
  });
});

suite('Slow and stuck clients', () => {
  const head = 'POST /callbacks/key HTTP/1.1\r\nHost: x\r\n';
  const stuck: Record<string, string> = {
    'in the head': head,
    'in the body': `${head}Content-Length: 10\r\n\r\nhalf`,
  };

  for (const [where, text] of Object.entries(stuck)) {
    test(`who stop ${where} are disconnected`, { timeout: timeLimit }, async () => {
      const listener = await started({ requestTimeoutMs: 100 });
      const { socket, ended } = await connected(listener);
      socket.write(text);
      assert.match(await ended, /^HTTP\/1.1 408 /);
      assert.deepEqual(listener.deliveries('/callbacks/key'), []);
    });
  }

  test('do not delay the end', async () => {
    const listener = await started();
    const clients = [];
    for (const text of ['', ...Object.values(stuck), `${head}Content-Length: 0\r\n\r\n`]) {
      const client = await connected(listener);
      client.socket.write(text);
      clients.push(client);
    }
    await fetch(`${listener.url}/callbacks/key`);
    await sleep(50);
    const start = performance.now();
    await listener.close();
    await Promise.all(clients.map(({ ended }) => ended));
    assert.ok(performance.now() - start < 1000, `closing took ${performance.now() - start} ms`);
    await assert.rejects(fetch(listener.url));
  });
});

suite('An address that cannot be bound is reported', () => {
  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await assert.rejects(startCallbackListener({ host: '127.0.0.1', port }), (error) => {
      assert.ok(error instanceof CallbackListenError);
      assert.equal(error.setting, 'CALLBACK_PORT');
      assert.match(
        error.message,
        new RegExp(`CALLBACK_PORT: port ${port} .* in use.* leave CALLBACK_PORT out`),
      );
      return true;
    });
    other.close();
  });

  test('an address of another machine', async () => {
    // Reserved for documentation: no machine has it.
    await assert.rejects(startCallbackListener({ host: '192.0.2.1', port: 0 }), {
      setting: 'CALLBACK_HOST',
      message: /192\.0\.2\.1 is not an address of this machine/,
    });
  });

  test('the wildcard is reachable by a URL', async () => {
    const listener = await started({ host: '0.0.0.0' });
    assert.match(listener.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await post(listener, 'key'), 200);
  });
});
