// What the transport sends again, and what it never sends twice.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { WaitingBudget } from '../../src/tenant/waiting-budget.ts';
import { assertFailed, ends, httpEnd, netEnd, sentTo } from './ends.ts';

suite('A request that may have been processed is not sent again', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n';
  const failures: Record<string, { kind: string; answer: (socket: Socket) => void }> = {
    'reset before the answer': { kind: 'reset', answer: (socket) => socket.resetAndDestroy() },
    'closed before the answer': { kind: 'reset', answer: (socket) => socket.end() },
    'closed within the head': { kind: 'reset', answer: (socket) => socket.end('HTTP/1.1 200 OK\r\nconte') },
    'reset within the body': {
      kind: 'reset',
      answer: (socket) => socket.write(`${head}abc`, () => setTimeout(() => socket.resetAndDestroy(), 30)),
    },
    'a body shorter than its Content-Length': {
      kind: 'reset',
      answer: (socket) => socket.end(`${head}{"STATUS":"OK"}`),
    },
    'chunks that break off': {
      kind: 'reset',
      answer: (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nOK\r\n'),
    },
    'a compressed body that breaks off': {
      kind: 'reset',
      answer: (socket) => {
        const whole = gzipSync('OK'.repeat(100));
        socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${whole.length}\r\n\r\n`);
        socket.end(whole.subarray(0, 15));
      },
    },
    'no HTTP at all': { kind: 'other', answer: (socket) => socket.end('Good day\r\n\r\n') },
    'a body that is not compressed as it says': {
      kind: 'other',
      answer: (socket) =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc'),
    },
  };
  for (const [name, { kind, answer }] of Object.entries(failures)) {
    test(name, async () => {
      const end = await netEnd(answer);
      const exchange = await sentTo(end.url);
      assertFailed(exchange, kind, 1);
      assert.equal(exchange.answer, undefined, 'half an answer does not count');
      await sleep(50);
      assert.equal(end.requests, 1);
    });
  }

  const silent: Record<string, (socket: Socket) => void> = {
    'no answer in time': () => {},
    'an answer that does not end in time': (socket) => socket.write(`${head}abc`),
  };
  for (const [name, answer] of Object.entries(silent)) {
    test(name, async () => {
      const end = await netEnd(answer);
      const start = performance.now();
      const exchange = await sentTo(end.url, { requestTimeoutMs: 300 });
      assertFailed(exchange, 'time-out', 1);
      const took = performance.now() - start;
      assert.ok(took >= 290 && took < 3000, `${took} ms`);
      assert.match(exchange.failure!.message, /300ms.*REQUEST_TIMEOUT_MS/);
      await sleep(100);
      assert.equal(end.requests, 1);
    });
  }
});

suite('A request that certainly was not processed is sent again, three times at most', () => {
  test('a port that refuses', async () => {
    const { url, server } = await httpEnd();
    server.close();
    const start = performance.now();
    let asked = 0;
    const exchange = await sentTo(url, {
      ready: async () => {
        asked += 1;
      },
    });
    assertFailed(exchange, 'refused', 3);
    assert.equal(exchange.answer, undefined);
    assert.equal(asked, 3);
    assert.ok(performance.now() - start < 10_000);
  });

  test('a port that refuses at first', async () => {
    const { url, server } = await httpEnd();
    server.close();
    const port = Number(new URL(url).port);
    const later = createServer((_, response) => response.end('OK'));
    ends.push(() => later.close());
    setTimeout(() => later.listen(port, '127.0.0.1'), 200);
    const exchange = await sentTo(url);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.answer?.status, 200);
    assert.ok(exchange.attempts > 1);
  });

  test('an unknown host', async () => {
    const start = performance.now();
    const exchange = await sentTo('http://tls-certificate-reset.invalid');
    assertFailed(exchange, 'DNS', 3);
    assert.match(exchange.failure!.message, /tls-certificate-reset\.invalid.*TENANT_URL/);
    assert.ok(performance.now() - start < 30_000);
  });

  test('429 with Retry-After in seconds', async () => {
    const times: number[] = [];
    const end = await httpEnd((response, before) => {
      times.push(performance.now());
      if (before > 0) return response.end('OK');
      return response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.answer?.status, 200);
    assert.equal(exchange.attempts, 2);
    const pause = times[1]! - times[0]!;
    assert.ok(pause >= 950 && pause < 4000, `${pause} ms`);
  });

  test('429 with Retry-After as a date', async () => {
    let until = 0;
    let again = 0;
    const end = await httpEnd((response, before) => {
      if (before > 0) {
        again = Date.now();
        return response.end('OK');
      }
      // A date has whole seconds.
      until = Math.ceil(Date.now() / 1000 + 1) * 1000;
      return response.writeHead(429, { 'retry-after': new Date(until).toUTCString() }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.answer?.status, 200);
    assert.ok(again >= until - 50 && again < until + 3000, `${again - until} ms after the date`);
  });

  test('429 that stays: busy, with the answer, after six pauses', async () => {
    const end = await httpEnd((response) => {
      response.writeHead(429, { 'retry-after': '0' }).end('slow down');
    });
    const exchange = await sentTo(end.url);
    assertFailed(exchange, 'busy', 7);
    assert.equal(exchange.rateLimited, 7);
    assert.equal(exchange.answer?.status, 429);
    assert.equal(exchange.answer.body, 'slow down');
    assert.equal(end.received.length, 7);
    assert.match(exchange.failure!.message, /429.*not sent again: nothing was answered after 6 pauses/);
  });

  test('429 without Retry-After, with growing pauses', async () => {
    const times: number[] = [];
    const end = await httpEnd((response, before) => {
      times.push(performance.now());
      response.writeHead(before < 2 ? 429 : 200).end();
    });
    assert.equal((await sentTo(end.url)).attempts, 3);
    assert.ok(times[1]! - times[0]! >= 900);
    assert.ok(times[2]! - times[1]! > times[1]! - times[0]!);
  });

  test('503 with Retry-After', async () => {
    const end = await httpEnd((response, before) => {
      if (before === 2) return response.end('OK');
      return response.writeHead(503, { 'retry-after': '0' }).end();
    });
    const exchange = await sentTo(end.url);
    assert.equal(exchange.answer?.status, 200);
    assert.equal(exchange.failure, undefined);
    assert.equal(exchange.attempts, 3);
  });

  test('the bytes are the same each time', async () => {
    const end = await httpEnd((response) => response.writeHead(429, { 'retry-after': '0' }).end());
    await sentTo(end.url);
    const [first, ...others] = end.received.map(({ connection: _, ...rest }) => rest);
    for (const other of others) assert.deepEqual(other, first);
  });
});

suite('Busy, and not sent again', () => {
  test('once the run has waited as long as it may', async () => {
    const end = await httpEnd((response) => response.writeHead(503, { 'retry-after': '1' }).end());
    const budget = new WaitingBudget(1500);
    const first = await sentTo(end.url, { budget });
    assertFailed(first, 'busy', 2);
    assert.match(first.failure!.message, /not sent again, .* MAX_RETRY_WAIT_SECONDS allows \(1.5\)/);
    assertFailed(await sentTo(end.url, { budget }), 'busy', 1);
  });

  for (const status of [502, 503, 504]) {
    test(`${status}`, async () => {
      const end = await httpEnd((response) => response.writeHead(status).end('later'));
      const exchange = await sentTo(end.url);
      assertFailed(exchange, 'busy', 1);
      assert.equal(exchange.answer?.status, status);
      assert.equal(exchange.answer.body, 'later');
      assert.equal(end.received.length, 1);
    });
  }
  for (const status of [502, 504]) {
    test(`${status}, even with Retry-After: a tenant behind it may have processed the event`, async () => {
      const end = await httpEnd((response) => response.writeHead(status, { 'retry-after': '0' }).end());
      assertFailed(await sentTo(end.url), 'busy', 1);
      assert.equal(end.received.length, 1);
    });
  }
  for (const status of [429, 503]) {
    test(`${status} that asks for an hour`, async () => {
      const end = await httpEnd((response) => response.writeHead(status, { 'retry-after': '3600' }).end());
      const start = performance.now();
      assertFailed(await sentTo(end.url), 'busy', 1);
      assert.ok(performance.now() - start < 5000);
      assert.equal(end.received.length, 1);
    });
  }
});

suite('ready()', () => {
  test('is awaited before every attempt', async () => {
    const calls: string[] = [];
    const end = await httpEnd((response, before) => {
      calls.push('request');
      response.writeHead(before < 2 ? 429 : 200, { 'retry-after': '0' }).end();
    });
    const ready = async () => {
      await sleep(20);
      calls.push('ready');
    };
    const exchange = await sentTo(end.url, { ready });
    assert.equal(exchange.attempts, 3);
    assert.deepEqual(calls, ['ready', 'request', 'ready', 'request', 'ready', 'request']);
  });

  test('that throws is not a transport failure: the harness is at fault', async () => {
    const end = await httpEnd();
    const ready = () => Promise.reject(new Error('nobody hands out slots'));
    await assert.rejects(sentTo(end.url, { ready }), /nobody hands out slots/);
    assert.equal(end.received.length, 0);
  });
});
