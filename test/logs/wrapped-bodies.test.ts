// Bodies and records in what a program has put around them: its types, a list of time and record, the arguments of a call.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, requestsIn, skippedIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const text = JSON.stringify(body);
const url = '/agentassist/api/v1/hooks/st-1';
const ms = Date.UTC(2026, 4, 4, 9, 30, 0, 500);

const partsIn = async (log: string) =>
  requestsIn(await foundIn(log)).map(({ body, time, status }) => ({ body, time, status }));

suite('In a record with a URL, the body is read', () => {
  const { type, data } = Buffer.from(text).toJSON();
  for (const [name, recorded] of Object.entries({
    'Buffer of Node': { type, data },
    'text of Avro': { string: text },
    'text of DynamoDB': { S: text },
  })) {
    test(`from a ${name}`, async () => {
      const [found] = requestsIn(await foundIn(asLines({ url, body: recorded, status: 200 })));
      const { exact: _, ...read } = found!;
      assert.deepEqual(read, { url, body, status: 200 });
    });
  }

  test('not from a text in a text: it may have been sent so', async () => {
    const [skipped] = skippedIn(await foundIn(asLines({ url, body: JSON.stringify(text) })));
    assert.match(skipped!.reason, /holds the JSON as a text: it is not known whether it was sent so/);
  });
});

suite('A record in a list with its time', () => {
  const record = { log: JSON.stringify({ body, status: 503 }) };
  for (const [name, log] of Object.entries({
    'in a line of its own': `${JSON.stringify([ms / 1000, record])}\n`,
    'in a list of such': JSON.stringify([[ms / 1000, record]]),
    'as Fluent Bit prints it': `[0] app: [[${(ms / 1000).toFixed(9)}, {}], {"log"=>${JSON.stringify(record.log)}}]\n`,
  })) {
    test(name, async () => {
      assert.deepEqual(await partsIn(log), [{ body, time: ms, status: 503 }]);
    });
  }
});

suite('The arguments of a call of the console', () => {
  test('are about one call: the time beside them is its time', async () => {
    const line = { logs: [{ message: ['sent', { body, status: 200 }], level: 'log', timestamp: ms }] };
    assert.deepEqual(await partsIn(asLines(line)), [{ body, time: ms, status: 200 }]);
  });

  test('are not where a list has several bodies', async () => {
    const line = { time: ms, message: ['sent', { body }, { body: { ...body, conversationId: 'c-2' } }] };
    assert.deepEqual(
      (await partsIn(asLines(line))).map(({ time }) => time),
      [undefined, undefined],
    );
  });
});
