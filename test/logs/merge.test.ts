import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from '../../src/logs/log-entry.ts';
import { merged } from '../../src/logs/merge.ts';

/** A log of records with these times, in batches of two. */
async function* log(file: string, ...times: (number | undefined)[]): AsyncGenerator<LogEntry[]> {
  const found = times.map(
    (time, index): LogEntry => ({
      kind: 'request',
      record: { file, line: index + 1, body: {}, ...(time === undefined ? {} : { time }) },
    }),
  );
  for (let from = 0; from < found.length; from += 2) yield found.slice(from, from + 2);
}

async function order(...logs: AsyncGenerator<LogEntry[]>[]): Promise<string> {
  const places: string[] = [];
  for await (const batch of merged(logs)) {
    for (const found of batch) {
      places.push(found.kind === 'request' ? `${found.record.file}${found.record.line}` : found.kind);
    }
  }
  return places.join(' ');
}

test('records of several logs come by time', async () => {
  assert.equal(
    await order(log('a', 1, 4, 5, 8), log('b', 2, 3, 9), log('c', 6, 7)),
    'a1 b1 b2 a2 a3 c1 c2 a4 b3',
  );
});

test('at the same time, in the order of the command line', async () => {
  assert.equal(await order(log('a', 1, 1), log('b', 1)), 'a1 a2 b1');
});

test('entries without a time keep their order: one log after the other', async () => {
  const none = undefined;
  assert.equal(await order(log('a', none, none, none), log('b', none)), 'a1 a2 a3 b1');
});

test('an empty log, and one alone', async () => {
  assert.equal(await order(log('a'), log('b', 1)), 'b1');
  assert.equal(await order(log('a', 3, 1, 2)), 'a1 a2 a3');
});

test('more than one batch of the output', async () => {
  const many = Array.from({ length: 2500 }, (_, index) => index);
  const found = await order(log('a', ...many), log('b', ...many));
  assert.equal(found.split(' ').length, 5000);
});
