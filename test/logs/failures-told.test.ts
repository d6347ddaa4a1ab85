// Failures that a log without statuses tells of: in other lines, and beside the body.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const line = `sending ${JSON.stringify(body)}`;

const countsIn = async (log: string) =>
  requestsIn(await foundIn(log)).map(({ failuresBefore = 0 }) => failuresBefore);

suite('A log without statuses', () => {
  for (const told of [
    'WARN hooks call failed, retrying',
    'response: 503 Service Unavailable',
    'answer 502',
    "reply: 'HTTP/1.1 503 Service Unavailable\\r\\n'",
    '<-- 504 (5001ms)',
    'End processing HTTP request after 50.1ms - 503',
    'Read timed out',
    '      code: 503',
    '{"msg":"answer","status":503}',
    '{"level":"warn","msg":"attempt 1","err":{"message":"Request failed with status code 503"}}',
  ]) {
    test(`tells of a failure: ${told}`, async () => {
      assert.deepEqual(await countsIn([line, told, told, line, line, ''].join('\n')), [0, 1, 1]);
    });
  }

  for (const told of [
    'response: 200',
    'INFO answered',
    '{"msg":"answer","status":200}',
    'took 503 ms',
    'call 503',
    '--> END HTTP (300-byte body)',
  ]) {
    test(`tells of none: ${told}`, async () => {
      assert.deepEqual(await countsIn([line, told, line, ''].join('\n')), [0, 0]);
    });
  }

  test('tells of none before its first request', async () => {
    assert.deepEqual(await countsIn(['the database failed', line, line, ''].join('\n')), [0, 0]);
  });

  for (const failed of [
    { success: false },
    { outcome: 'failure' },
    { level: 'error' },
    { level: 'info', message: 'not delivered' },
    { status_class: '5xx' },
    { status: 'RequestTimeout' },
    { response: { reason: 'Service Unavailable' } },
    { attempts: [{ status: 503 }] },
    { willRetry: true },
    { attempt: 2 },
    { headers: { 'X-Retry-Count': '1' } },
  ]) {
    test(`tells of a failure beside the body: ${JSON.stringify(failed)}`, async () => {
      const done = { level: 'info', success: true, message: 'sent', payload: body };
      assert.deepEqual(await countsIn(asLines([done, { ...done, ...failed }, done])), [0, 1, 2]);
    });
  }

  test('tells of a try in the headers of a record as documented', async () => {
    const headers = { 'x-retry-count': '1' };
    assert.deepEqual(await countsIn(asLines({ body }, { body, headers }, { body })), [0, 1, 2]);
  });

  test('tells of none in the name of a success', async () => {
    const record = { level: 'info', hook: 'NoContent', result: 'Accepted', payload: body };
    assert.deepEqual(await countsIn(asLines(record, record)), [0, 0]);
  });

  test('tells of none in what a record says of a client, or of a first try', async () => {
    const record = {
      level: 'info',
      attempt: 1,
      retryCount: 0,
      maxRetries: 3,
      retry: { limit: 3 },
      payload: body,
    };
    assert.deepEqual(await countsIn(asLines(record, record)), [0, 0]);
  });

  test('tells of a failure in a field of its own', async () => {
    const row = (status: number) => `| 1 | ${status} | ${JSON.stringify(body)} |`;
    assert.deepEqual(await countsIn([row(200), row(503), row(200), ''].join('\n')), [0, 1, 2]);
  });

  test('does not tell of one in the words of a customer', async () => {
    const message = {
      conversationId: 'c-1',
      botId: 'st-1',
      query: 'my payment failed',
      author: { type: 'USER' },
    };
    assert.deepEqual(
      await countsIn(asLines([{ level: 'info', req: { body: message } }, { req: { body } }])),
      [0, 0],
    );
  });
});
