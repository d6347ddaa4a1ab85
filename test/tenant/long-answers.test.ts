// Long answers are read one after the other, so that their memory does not add up.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../time-limit.ts';
import { httpEnd, opened, posted } from './ends.ts';

const long = 'x'.repeat(1_000_001);

/** Answers when it is asked to, and counts the requests that wait for their answer. */
async function patientEnd() {
  const waiting: ServerResponse[] = [];
  const end = await httpEnd((response) => waiting.push(response));
  const transport = await opened(end.url);
  const send = (count: number) => Array.from({ length: count }, () => transport.send(posted(end.url)));
  const answerNext = async (body: string) => {
    await until(() => waiting.length > 0);
    waiting.shift()!.end(body);
  };
  return { waiting, received: end.received, send, answerNext };
}

for (const [name, length] of Object.entries({ long: 1_000_001, 'longer than is read': 10_000_001 })) {
  test(`after an answer that is ${name}, a request waits for the answer to the one before`, async () => {
    const { waiting, received, send, answerNext } = await patientEnd();
    const [first] = send(1);
    await answerNext('x'.repeat(length));
    await first;
    const three = send(3);
    for (let count = 2; count <= 4; count++) {
      await until(() => waiting.length > 0);
      // The others would be here by now.
      await sleep(100);
      assert.equal(received.length, count);
      await answerNext(long);
    }
    assert.deepEqual(
      (await Promise.all(three)).map(({ answer }) => answer?.body.length),
      [long.length, long.length, long.length],
    );
  });
}

test('after a short one they go out together again', async () => {
  const { waiting, send, answerNext } = await patientEnd();
  for (const body of [long, 'OK']) {
    const [sent] = send(1);
    await answerNext(body);
    await sent;
  }
  const three = send(3);
  await until(() => waiting.length === 3);
  for (const response of waiting) response.end('OK');
  assert.equal((await Promise.all(three)).length, 3);
});
