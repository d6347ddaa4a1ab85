// The time of the records: puts requests in order, and makes conversations idle or closed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LogCheck } from '../../src/check/log-check.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { bodiesOf, broken, checked, conversationOf, type Line } from './checked-lines.ts';

describe('time', () => {
  const minute = 60_000;
  const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
  const at = (body: HooksBody, time: number): Line => ({ body, time });

  test('orders a conversation, whatever order the lines have', () => {
    for (const order of [
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
      [0, 2, 1],
    ]) {
      const lines = [at(entry, 1000), at(exit, 2000), at(end, 3000)];
      assert.deepEqual(broken(checked(order.map((index) => lines[index]!))), [], String(order));
    }
  });

  const other = (time: number) => at({ ...entry, conversationId: 'other' }, time);

  test('a call of 45 minutes is in order, whatever else is in the log', () => {
    const calls = [
      at(entry, 0),
      other(31 * minute),
      other(40 * minute),
      at(exit, 45 * minute),
      at(end, 45 * minute),
    ];
    const { conversations, summary } = checked(calls);
    const [call] = conversations.filter(({ conversationId }) => conversationId === 'c-1');
    assert.deepEqual([call!.verdict, call!.findings], ['pass', []]);
    assert.deepEqual(summary.reasons, ['2 requirements are broken'], 'those of the other one');
  });

  test('onIdle is called once when a conversation goes idle, and onClosed when it went on', () => {
    const calls: string[] = [];
    const check = new LogCheck({
      onIdle: ({ conversationId, verdict, findings }) =>
        calls.push(`${conversationId} ${verdict} ${findings.map(({ requirement }) => requirement)}`),
      onClosed: ({ conversationId, verdict }) => calls.push(`${conversationId} ${verdict}`),
    });
    check.take({ file: 'log', line: 1, ...at(entry, 0) });
    check.closeIdle(29 * minute);
    assert.deepEqual(calls, []);
    check.closeIdle(31 * minute);
    check.closeIdle(90 * minute);
    assert.deepEqual(calls, ['c-1 fail HOOKS-SEQ-16']);
    check.take({ file: 'log', line: 2, ...at(exit, 91 * minute) });
    check.take({ file: 'log', line: 3, ...at(end, 91 * minute) });
    assert.equal(check.end().verdict, 'conformant');
    assert.deepEqual(calls.slice(1), ['c-1 pass']);
  });

  test('a request that is refused keeps a conversation alive', () => {
    const calls: string[] = [];
    const check = new LogCheck({ onIdle: ({ conversationId }) => calls.push(conversationId) });
    check.take({ file: 'log', line: 1, ...at(entry, 0) });
    check.take({ file: 'log', line: 2, ...at(exit, 20 * minute), status: 429 });
    check.closeIdle(40 * minute);
    assert.deepEqual(calls, []);
  });

  test('a late request is put in its place', () => {
    const late = [at(entry, 0), at(end, 30_000), other(2 * minute), at(exit, 20_000)];
    const { conversations } = checked(late);
    assert.deepEqual(conversations.find(({ conversationId }) => conversationId === 'c-1')!.findings, []);
  });

  test('a request that is too late for that is skipped, with the reason', () => {
    const { conversations, summary } = checked([
      at(entry, 0),
      at(exit, 20_000),
      at(end, 30_000),
      other(50 * minute),
      at(bodiesOf('the minimum conversation')[0]!, 10_000),
    ]);
    assert.deepEqual(conversations.find(({ conversationId }) => conversationId === 'c-1')!.findings, []);
    assert.equal(summary.totals.skipped, 1);
    assert.match(summary.skipped[0]!.reason, /too late in the log to be put in order/);
  });

  test('a log that is written newest first is judged by time', () => {
    const bodies = bodiesOf('the cold transfer flow');
    const result = checked(bodies.map((body, index) => at(body, 1000 + index)).reverse());
    assert.deepEqual(broken(result), []);
    const messages = Array.from({ length: 20_000 }, (_, index) =>
      at(conversationOf('c-1').message({ text: 'x', author: 'USER' }).body, 2000 + index),
    );
    const long = checked([at(entry, 1000), ...messages, at(exit, 50_000), at(end, 50_001)].reverse());
    assert.deepEqual(broken(long), []);
  });

  test('a time that cannot be read is mentioned', () => {
    const { summary } = checked([{ ...at(entry, 0), timeUnread: true }, exit, end]);
    assert.equal(summary.verdict, 'conformant');
    assert.deepEqual(summary.reasons, [
      'the time of 1 record could not be read: their order is that of the log',
    ]);
  });

  test('what comes after the end is found, however much later', () => {
    const others = (id: number) => bodiesOf('the minimum conversation', `other-${id}`);
    const between = Array.from({ length: 5000 }, (_, id) => others(id)).flat();
    const result = checked([entry, exit, end, ...between, end]);
    assert.deepEqual(broken(result), [`HOOKS-EOC-01 at ${between.length + 4}`]);
    const { conversations, passed, failed } = result.summary.totals;
    assert.deepEqual([conversations, passed, failed], [5001, 5000, 1]);
  });

  test('a conversation that has ended is closed', () => {
    const check = new LogCheck();
    for (let id = 0; id < 20_000; id += 1) {
      for (const body of bodiesOf('the minimum conversation', `c-${id}`))
        check.take({ file: 'log', line: 1, body });
    }
    assert.ok(check.open().length < 5000, `${check.open().length} of 20000 are kept`);
  });
});
