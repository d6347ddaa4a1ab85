// How much of an answer is read, plain and compressed, and that its memory stays bounded.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer, get } from 'node:http';
import { suite, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AnswerTooLong, maxAnswerBytes, withinLimit } from '../../src/tenant/answer-limit.ts';
import { assertFailed, ends, httpEnd, listening, opened, posted, sentTo } from './ends.ts';

const limit = Buffer.alloc(maxAnswerBytes, 'x');
const over = Buffer.alloc(maxAnswerBytes + 1, 'x');

/** Never ends by itself. @returns the number of bytes written */
function endless(response: ServerResponse): () => number {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let written = 0;
  const write = () => {
    do written += chunk.length;
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write).on('error', () => {});
  write();
  return () => written;
}

suite('An answer that is too long is not read to its end', () => {
  const packers = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const answers: Record<string, (body: Buffer, response: ServerResponse) => void> = {
    'with a Content-Length': (body, response) =>
      response.writeHead(200, { 'content-length': body.length }).end(body),
    'in chunks': (body, response) => {
      response.write(body);
      response.end();
    },
    'with a cookie': (body, response) =>
      response.writeHead(200, { 'set-cookie': 'a=b', 'content-length': body.length }).end(body),
    ...Object.fromEntries(
      Object.entries(packers).map(([encoding, pack]) => [
        encoding,
        (body: Buffer, response: ServerResponse) =>
          response.writeHead(200, { 'content-encoding': encoding }).end(pack(body)),
      ]),
    ),
  };
  for (const [name, answer] of Object.entries(answers)) {
    test(name, async () => {
      const end = await httpEnd((response, before) => answer(before === 0 ? limit : over, response));
      const transport = await opened(end.url);
      const whole = await transport.send(posted(end.url));
      assert.equal(whole.answer?.body.length, maxAnswerBytes, whole.failure?.message);
      const exchange = await transport.send(posted(end.url));
      assertFailed(exchange, 'other', 1);
      assert.match(
        exchange.failure!.message,
        /^TRANSPORT_TOO_LONG {2}the answer is longer than 10 MB.*not sent again/,
      );
      assert.equal(exchange.answer, undefined);
      assert.equal(end.received.length, 2);
    });
  }

  test('without end: reading stops as soon as it is too long', async () => {
    let written = () => 0;
    const end = await httpEnd((response) => {
      written = endless(response);
    });
    const start = performance.now();
    assertFailed(await sentTo(end.url), 'other', 1);
    assert.ok(performance.now() - start < 3000, 'not at the time-out');
    assert.ok(written() < 3 * maxAnswerBytes, `${written()} bytes were written`);
  });

  test('what unpacks to 100 MB is not unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(100_000_000, 'x'));
    const end = await httpEnd((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    const transport = await opened(end.url);
    const before = process.memoryUsage.rss();
    for (let count = 0; count < 5; count++) assertFailed(await transport.send(posted(end.url)), 'other', 1);
    const grown = (process.memoryUsage.rss() - before) / 1_000_000;
    assert.ok(grown < 100, `${grown} MB more after five of them`);
  });

  test('the next answer is read as usual', async () => {
    const end = await httpEnd((response, before) => response.end(before === 0 ? over : 'OK'));
    const transport = await opened(end.url);
    assertFailed(await transport.send(posted(end.url)), 'other', 1);
    assert.equal((await transport.send(posted(end.url))).answer?.body, 'OK');
  });
});

suite('The limit applies only to requests within it', () => {
  function lengthOf(url: string): Promise<number> {
    return new Promise((resolve, reject) => {
      let length = 0;
      const sum = (chunk: Buffer) => {
        length += chunk.length;
      };
      get(url, (response) =>
        response
          .on('data', sum)
          .on('end', () => resolve(length))
          .on('error', reject),
      );
    });
  }

  test('other requests of the process have no limit', async () => {
    const server = createServer((_, response) => response.end(over));
    const url = await listening(server);
    ends.push(() => server.close());
    const [bounded, free] = await Promise.allSettled([withinLimit(() => lengthOf(url)), lengthOf(url)]);
    assert.ok(bounded.status === 'rejected' && bounded.reason instanceof AnswerTooLong);
    assert.ok(free.status === 'fulfilled' && free.value === over.length);
  });

  test('an error of another kind stays what it is', async () => {
    await assert.rejects(
      withinLimit(() => Promise.reject(new Error('something else'))),
      /something else/,
    );
  });
});
