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

const whole = log((body, time, index) => [{ time, requestId: index, req: { body }, status: 200 }]);
const stages = (body: object, time: number, id: unknown, took = 30): Record[] => [
  { time, requestId: id, req: { body } },
  { time: time + took, requestId: id, req: { body }, status: 200 },
];

/** The verdict, and why. */
async function doubtOf(records: readonly Record[]): Promise<[verdict: string, reason: string]> {
  const { verdict, broken, reasons } = await check(records);
  assert.deepEqual(broken, []);
  return [verdict, reasons.join()];
}

describe('what a log has before and after an answer', () => {
  const all = log((body, time, index) => stages(body, time, index));
  const untilLast = all.slice(0, -2);
  const [end, at] = [bodies.at(-1)!, start + 60_001];

  test('that takes longer than any answer may have been sent again, as a queue does', async () => {
    assert.deepEqual(await check([...untilLast, ...stages(end, at, 'end', 29_000)]), one);
    for (const took of [31_000, 600_000, -5]) {
      const [verdict, reason] = await doubtOf([...untilLast, ...stages(end, at, 'end', took)]);
      assert.equal(verdict, 'inconclusive', String(took));
      assert.match(reason, /the times do not say whether it was sent again/);
    }
  });

  test('is one request only in a log that has both of most requests', async () => {
    const [verdict, reason] = await doubtOf([...whole.slice(0, -1), ...stages(end, at, 'end')]);
    assert.equal(verdict, 'inconclusive');
    assert.match(
      reason,
      /^1 record has the id and the body of one before and a status, while most .* single/,
    );
  });

  test('counts once as well when it was shipped twice', async () => {
    const twice = log((body, time, index) => [...stages(body, time, index), ...stages(body, time, index)]);
    assert.deepEqual(await check(twice), one);
    assert.deepEqual(await check([...all, ...all]), one);
  });

  test('counts once with the newest line first: it was sent when the earlier line says', async () => {
    assert.deepEqual(await check(all.toReversed()), one);
    // The answers came in another order than that in which the requests were sent.
    const crossed = bodies.flatMap((body, index) =>
      stages(body, start + index * 10 + 1, index, (bodies.length - index) * 100),
    );
    const byTime = crossed.sort((a, b) => Number(b.time) - Number(a.time));
    assert.deepEqual(await check(byTime), one);
    assert.deepEqual(await check(byTime.toReversed()), one);
    const noise = Array.from({ length: 400 }, () => ({ msg: 'tick '.repeat(100) }));
    const [answers, requests] = [byTime.slice(0, bodies.length), byTime.slice(bodies.length)];
    assert.deepEqual(await check([...answers, ...noise, ...requests]), one);
  });

  test('is judged without the answer when that stands far behind, which is said when it changes something', async () => {
    const noise = Array.from({ length: 4000 }, (_, tick) => ({
      msg: `tick tick tick tick tick tick ${tick}`,
    }));
    const late = (status: number, answer: Record) =>
      check([
        ...untilLast,
        { time: at, requestId: 'end', req: { body: end } },
        ...noise,
        { ...answer, status },
      ]);
    const whole = { time: at + 2000, requestId: 'end', req: { body: end } };
    assert.deepEqual(await late(200, whole), one);
    for (const status of [400, 503, 0]) {
      const { verdict, reasons } = await late(status, whole);
      assert.equal(verdict, 'inconclusive', String(status));
      assert.match(reasons.join(), /^1 answer stands too far from the request in the log/);
    }
    const { verdict } = await late(400, { type: 'response', requestId: 'end' });
    assert.equal(verdict, 'inconclusive');
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

  test('may be that of another exchange when the request does not say that it stands alone', async () => {
    const inbound = (index: number, status: number) => [
      ...whole.slice(0, index),
      { time: start + index * 1000 + 1, requestId: index, req: { body: bodies[index] } },
      { time: start + index * 1000 + 20, type: 'response', requestId: index, status },
      ...whole.slice(index + 1),
    ];
    assert.deepEqual(await check(inbound(1, 200)), one);
    for (const [index, status] of [
      [1, 404],
      [last, 500],
    ] as const) {
      const { verdict, broken, reasons } = await check(inbound(index, status));
      assert.deepEqual([verdict, broken], ['inconclusive', []]);
      assert.match(reasons.join(), /^1 response with an error has the id of a request without a status/);
    }
    const bare = whole.map(({ status: _, ...record }) => record);
    const response = { time: start + 50_001, type: 'response', requestId: last, status: 500 };
    const again = { time: start + 60_001, requestId: 'again', req: { body: bodies[last] } };
    // Nor is it then known whether what is sent again is a retry.
    const { verdict, broken } = await check([...bare, response, again]);
    assert.deepEqual([verdict, broken], ['inconclusive', []]);
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

  test('and answered within a second, under one id, may have been logged by two hops: that is not decided', async () => {
    const later = (ms: number) =>
      whole.flatMap((record) => [record, { ...record, time: Number(record.time) + ms, hop: 'proxy' }]);
    const { verdict, broken, reasons } = await check(later(3));
    assert.deepEqual([verdict, broken], ['inconclusive', []]);
    assert.match(reasons.join(), /the times do not say whether/);
    assert.ok((await check(later(1000))).broken.includes('HOOKS-EOC-01'));
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
        /^1 record has the id and the body of one before, and the times do not say .* sent once or twice$/,
      );
    }
  });

  const zeros = (record: Record) => ({ ...record, time: Number(record.time) - 1 });

  test('under one id, at the same whole second, however that is written, is not decided', async () => {
    const texts = (record: Record) => ({ ...record, time: new Date(Number(record.time)).toISOString() });
    const forms: ((record: Record) => Record)[] = [zeros, (record) => texts(zeros(record))];
    for (const form of forms) {
      const records = whole.map(form);
      assert.equal((await doubtOf([...records, records.at(-1)!]))[0], 'inconclusive');
    }
  });

  test('at a whole second of a clock that counts milliseconds, is one', async () => {
    const others = Array.from({ length: 10 }, (_, index) => `c-${index + 2}`).flatMap((id, nth) =>
      bodiesOf('the cold transfer flow', id).map((body, index) => ({
        time: start + index * 1000 + nth + 2,
        requestId: `${id} ${index}`,
        req: { body },
        status: 200,
      })),
    );
    const last = zeros(whole.at(-1)!);
    const found = await check([...others, ...whole.slice(0, -1), last, last]);
    assert.deepEqual([found.verdict, found.reasons], ['conformant', []]);
  });

  describe('in a log without any status', () => {
    const bare = log((body, time, index) => [{ time, requestId: index, req: { body } }]);
    const last = bare.at(-1)!;

    test('is two, unless id and time are the same', async () => {
      assert.deepEqual(await check([...bare, last]), one);
      const { time: _, ...untimed } = last;
      for (const again of [
        { ...last, time: Number(last.time) + 1 },
        { ...last, requestId: 'again' },
        untimed,
      ])
        assert.deepEqual((await check([...bare, again])).broken, ['HOOKS-EOC-01']);
    });

    test('in the same second, under one id, is not decided', async () => {
      const [verdict, reason] = await doubtOf([...bare.slice(0, -1), zeros(last), zeros(last)]);
      assert.equal(verdict, 'inconclusive');
      assert.match(reason, /the times do not say/);
    });
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
