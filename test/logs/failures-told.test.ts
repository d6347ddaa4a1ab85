// Failures that a log without statuses tells of: in other lines, and beside the body.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fieldPath, type Where } from '../../src/logs/where.ts';
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

  test('tells of a try in the second record of a line', async () => {
    const retry = { payload: body, retryCount: 1 };
    assert.deepEqual(await countsIn(asLines({ records: [{ payload: body }, retry] })), [0, 1]);
    assert.deepEqual(await countsIn(asLines({ records: [retry, { payload: body }] })), [1, 2]);
  });

  const done = { payload: body };
  const failed = { msg: 'call failed, retrying' };
  for (const [what, list] of [
    ['between two others', [done, failed, done]],
    ['in a list of its own', [{ records: [done] }, { records: [failed] }, { records: [done] }]],
    ['behind the last of its list', [{ records: [done, failed] }, { records: [done] }]],
  ] as const) {
    test(`tells of a failure in a member ${what}, of a line or of a document`, async () => {
      for (const indent of [0, 2]) {
        const log = JSON.stringify({ took: 1, hits: list }, null, indent);
        assert.deepEqual(await countsIn(`${log}\n`), [0, 1], log);
      }
      assert.deepEqual(await countsIn(JSON.stringify(list)), [0, 1]);
    });
  }

  test('does not tell of one in the words of a customer, in a list of a time and a line', async () => {
    const text = JSON.stringify({ ...body, metadata: { message: 'my payment failed' } });
    const values = [1, 2].map((at) => [`176400000000000000${at}`, `sent ${text}`]);
    assert.deepEqual(await countsIn(asLines({ streams: [{ values }] })), [0, 0]);
  });
});

suite('A log without statuses, of which somebody says where the body is,', () => {
  const told = (at: string, log: string, where: Where = { body: fieldPath(at)! }) =>
    foundIn(log, { where }).then((found) =>
      requestsIn(found).map(({ failuresBefore = 0 }) => failuresBefore),
    );
  const failed = { msg: 'call failed, retrying' };

  test('tells of a failure in another line', async () => {
    const log = asLines({ payload: body }, failed, { payload: body });
    assert.deepEqual(await told('.payload', log), [0, 1]);
    assert.deepEqual(await told('', log, { time: fieldPath('.ts')! }), [0, 1]);
    const texts = [`sent ${JSON.stringify({ payload: body })}`, 'call failed, retrying'];
    assert.deepEqual(await told('.payload', [texts[0], texts[1], texts[0], ''].join('\n')), [0, 1]);
  });

  test('tells of a failure beside the body, and not of one in it', async () => {
    const own = { ...body, success: false };
    const record = (more: object) => ({ req: { headers: {}, body: own }, ...more });
    const log = asLines(record({}), record({ willRetry: true }), record({}));
    assert.deepEqual(await told('.req.body', log), [0, 1, 2]);
    assert.deepEqual(await told('.req.body', asLines(record({}), record({}))), [0, 0]);
    const line = (words: string) => `${words} ${JSON.stringify({ payload: body })}\n`;
    assert.deepEqual(await told('.payload', line('sent') + line('retrying')), [0, 1]);
  });

  test('tells of a failure in a member between two others', async () => {
    const log = asLines({ items: [{ payload: body }, failed, { payload: body, retryCount: 1 }] });
    assert.deepEqual(await told('.items[].payload', log), [0, 2]);
  });
});
