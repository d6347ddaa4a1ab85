// A request that a log has twice, under one id, is one request; one that was sent twice is not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkLog } from '../../src/exports/check.ts';
import { bodiesOf } from './checked-lines.ts';

const bodies = bodiesOf('the cold transfer flow');
const start = Date.UTC(2026, 4, 4, 9, 30);

type Record = { [name: string]: unknown };

/** The records of each request, a second apart from the others. */
function log(recordsOf: (body: object, ms: number, index: number) => Record[]): Record[] {
  return bodies.flatMap((body, index) => recordsOf(body, start + index * 1000 + 1, index));
}

async function check(records: readonly Record[]) {
  const text = records.map((one) => `${JSON.stringify({ level: 'info', ...one })}\n`).join('');
  const { verdict, rules, totals, reasons } = await checkLog([Buffer.from(text)]);
  return { verdict, broken: rules.map(({ requirement }) => requirement), requests: totals.requests, reasons };
}

const one = { verdict: 'conformant', broken: [], requests: bodies.length, reasons: [] };
const ids: [name: string, of: (id: string) => Record][] = [
  ['requestId', (requestId) => ({ requestId })],
  ['request_id', (id) => ({ request_id: id })],
  ['x-request-id among the headers', (id) => ({ headers: { 'x-request-id': id } })],
  ['event.id', (id) => ({ event: { id } })],
  ['correlation', (correlation) => ({ correlation })],
  ['traceId and spanId', (spanId) => ({ traceId: 't', spanId })],
];

describe('a request that is logged twice', () => {
  for (const [name, of] of ids) {
    test(`by ${name}: before and after its answer`, async () => {
      const stages = log((body, time, index) => [
        { time, msg: 'sending', ...of(`r-${index}`), req: { body } },
        { time: time + 30, msg: 'sent', ...of(`r-${index}`), req: { body }, status: 200 },
      ]);
      assert.deepEqual(await check(stages), one);
    });

    test(`by ${name}: shipped twice`, async () => {
      const twice = log((body, time, index) => [{ time, ...of(`r-${index}`), req: { body }, status: 200 }]);
      assert.deepEqual(await check([...twice, ...twice]), one);
    });
  }

  test('has the status of its answer: refused is refused', async () => {
    const last = bodies.length - 1;
    const stages = log((body, time, index) => [
      { time, requestId: index, req: { body } },
      { time: time + 30, requestId: index, req: { body }, status: index === last ? 401 : 200 },
    ]);
    assert.deepEqual((await check(stages)).broken, ['HOOKS-SEQ-16']);
  });

  test('the answers may come after other requests', async () => {
    const sent = log((body, time, index) => [{ time, requestId: index, req: { body } }]);
    const answered = log((body, time, index) => [
      { time: time + 20_000, requestId: index, req: { body }, status: 200 },
    ]);
    assert.deepEqual(await check([...sent, ...answered]), one);
  });
});

describe('an answer in a record of its own', () => {
  const parts = (statusOf: (index: number) => number, more: Record = {}) =>
    log((body, _, index) => [
      { type: 'request', correlation: `r-${index}`, body },
      {
        type: 'response',
        correlation: `r-${index}`,
        status: statusOf(index),
        body: { STATUS: 'x' },
        ...more,
      },
    ]);
  const last = bodies.length - 1;

  test('is that of the request with its id', async () => {
    assert.deepEqual(await check(parts(() => 200)), one);
    assert.deepEqual((await check(parts((index) => (index === last ? 401 : 200)))).broken, ['HOOKS-SEQ-16']);
  });

  test('may call for a retry', async () => {
    const again = { type: 'request', correlation: 'again', body: bodies[last] };
    const found = await check([...parts((index) => (index === last ? 503 : 200)), again]);
    assert.deepEqual(found, { ...one, requests: bodies.length + 1 });
  });

  test('is none when it names another request', async () => {
    assert.deepEqual((await check(parts(() => 401, { url: '/calls/77' }))).broken, []);
  });
});

describe('a request that is sent twice', () => {
  const end = bodies.at(-1)!;
  const at = start + 60_000;
  const whole = log((body, time, index) => [{ time, requestId: index, req: { body }, status: 200 }]);

  test('under an id of its own is two', async () => {
    const again = { time: at, requestId: 'again', req: { body: end }, status: 200 };
    assert.deepEqual((await check([...whole, again])).broken, ['HOOKS-EOC-01']);
  });

  test('with two stages each time is two, even under one id', async () => {
    const stages = (time: number) => [
      { time, requestId: 'end', req: { body: end } },
      { time: time + 30, requestId: 'end', req: { body: end }, status: 200 },
    ];
    const found = await check([...whole.slice(0, -1), ...stages(at), ...stages(at + 1000)]);
    assert.deepEqual(found.broken, ['HOOKS-EOC-01']);
  });

  test('and answered at two times is two, even under one id', async () => {
    const again = { ...whole.at(-1)!, time: at };
    assert.deepEqual((await check([...whole, again])).broken, ['HOOKS-EOC-01']);
  });

  test('under one id, in the same second or at no known time, may be one that is logged twice: that is not decided', async () => {
    const second = (record: Record) => ({
      ...record,
      time: new Date(Number(record.time)).toISOString().slice(0, 19),
    });
    const untimed = ({ time: _, ...record }: Record) => record;
    for (const form of [second, untimed]) {
      const records = whole.map(form);
      const { verdict, broken, reasons } = await check([...records, records.at(-1)!]);
      assert.deepEqual([verdict, broken], ['inconclusive', []]);
      assert.match(
        reasons.join(),
        /^1 record has the id and the body of one before, at a time .* sent once or twice$/,
      );
    }
  });

  test('is two where an id stands beside different bodies, as that of a conversation', async () => {
    const ofConversation = whole.map((record) => ({ ...record, requestId: 'c-1' }));
    const again = { ...ofConversation.at(-1)!, time: at };
    assert.deepEqual((await check([...ofConversation, again])).broken, ['HOOKS-EOC-01']);
  });

  test('and put together by such an id, is not decided', async () => {
    const shared: Record[] = whole.map((record) => ({ ...record, requestId: 'c-1' }));
    const [first, ...rest] = shared as [Record, ...Record[]];
    const { status: _, ...open } = first;
    const { verdict, reasons } = await check([open, { ...first, time: start + 30 }, ...rest]);
    assert.equal(verdict, 'inconclusive');
    assert.match(reasons.join(), /other bodies have that id as well/);
  });

  test('after a 503 is a retry under the same id', async () => {
    const [first, ...rest] = whole as [Record, ...Record[]];
    const lost = { ...first, time: start, status: 503 };
    assert.deepEqual(await check([lost, first, ...rest]), { ...one, requests: bodies.length + 1 });
  });
});
