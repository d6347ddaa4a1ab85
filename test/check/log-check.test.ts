// Logs without a mistake, logs that cannot be read completely, and the verdict on a log.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LogCheck } from '../../src/check/log-check.ts';
import type { CheckedConversation } from '../../src/check/result.ts';
import type { Skipped } from '../../src/logs/log-entry.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';
import { bodiesOf, broken, checked, conversationOf } from './checked-lines.ts';

describe('a log without a mistake', () => {
  for (const flow of Object.keys(flows) as (keyof typeof flows)[]) {
    test(flow, () => {
      const { conversations, summary } = checked(bodiesOf(flow));
      assert.deepEqual(
        conversations.map(({ conversationId, verdict, findings }) => [conversationId, verdict, findings]),
        [['c-1', 'pass', []]],
      );
      assert.equal(summary.verdict, 'conformant');
      assert.equal(summary.totals.passed, 1);
    });
  }

  test('conversations that interleave do not disturb each other', () => {
    const all = ['a', 'b', 'c'].map((id) => bodiesOf('the cold transfer flow', id));
    const lines = all[0]!.flatMap((_, index) => all.map((bodies) => bodies[index]!));
    const result = checked(lines);
    assert.deepEqual(broken(result), []);
    assert.equal(result.summary.totals.conversations, 3);
  });
});

test('findings come in the order of the logs, whatever their lines', () => {
  const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
  const places = [
    { file: 'day.1', line: 8998, body: entry },
    { file: 'day.1', line: 9000, body: entry },
    { file: 'day', line: 2, body: exit },
    { file: 'day', line: 3, body: end },
    { file: 'day', line: 5, body: end },
  ];
  const conversations: CheckedConversation[] = [];
  const check = new LogCheck({ onClosed: (conversation) => conversations.push(conversation) });
  for (const record of places) check.take(record);
  check.end();
  const found = conversations[0]!.findings.map(({ file, line }) => [file, line]);
  assert.deepEqual(found, [
    ['day.1', 9000],
    ['day', 5],
  ]);
});

describe('a log that cannot be read completely', () => {
  const bodies = bodiesOf('the cold transfer flow');

  /** Takes the bodies, but for one that is skipped. */
  function without(index: number, skipped: Partial<Skipped>) {
    const conversations: CheckedConversation[] = [];
    const check = new LogCheck({ onClosed: (conversation) => conversations.push(conversation) });
    bodies.forEach((body, line) => {
      if (line === index) check.skip({ file: 'log', line, reason: 'not JSON', ...skipped });
      else check.take({ file: 'log', line, body });
    });
    return { conversations, summary: check.end() };
  }

  test('what a conversation lacks may have been in the lost line', () => {
    for (const index of bodies.keys()) {
      const { conversations, summary } = without(index, { conversationId: 'c-1' });
      assert.deepEqual(conversations[0]!.findings, [], `without ${index}`);
      assert.equal(summary.verdict, 'inconclusive');
    }
  });

  test('a line that is lost at the start may have been the beginning', () => {
    const time = (body: HooksBody, second: number) => ({
      file: 'log',
      line: second,
      body,
      time: second * 1000,
    });
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const check = new LogCheck();
    check.skip({ file: 'log', line: 1, reason: 'not JSON', conversationId: 'c-1' });
    for (const record of [time(entry, 5), time(end, 30), time(exit, 20)]) check.take(record);
    const { rules, totals } = check.end();
    assert.deepEqual([rules, totals.conversations], [[], 1]);
  });

  test('a conversation of which nothing could be read does not count', () => {
    const check = new LogCheck();
    check.skip({ file: 'log', line: 1, reason: 'not JSON', conversationId: 'gone' });
    for (const body of bodies) check.take({ file: 'log', line: 1, body });
    const { conversations, passed } = check.end().totals;
    assert.deepEqual([conversations, passed], [1, 1]);
  });

  test('a conversation that was idle before the log breaks off is incomplete', () => {
    const check = new LogCheck();
    check.take({ file: 'log', line: 1, body: bodies[0]!, time: 0 });
    const other = bodiesOf('the minimum conversation', 'other');
    for (const body of other) check.take({ file: 'log', line: 2, body, time: 20_000_000 });
    check.skip({ file: 'log', line: 9, reason: 'cut off', damage: 'cut' });
    const { verdict, rules } = check.end();
    assert.deepEqual(
      [verdict, rules.map(({ requirement }) => requirement)],
      ['non-conformant', ['HOOKS-SEQ-16']],
    );
  });

  test('a conversation that was open there is not called incomplete', () => {
    const check = new LogCheck();
    for (const body of bodies.slice(0, 5)) check.take({ file: 'log', line: 1, body });
    check.skip({ file: 'log', line: 6, reason: 'cut off', damage: 'cut' });
    const { verdict, reasons, rules } = check.end();
    assert.deepEqual([verdict, rules], ['inconclusive', []]);
    assert.match(reasons.join(), /a log breaks off: 1 conversation that was open there may have gone on/);
  });

  test('in a damaged log nothing is certain', () => {
    const { summary } = without(1, { damage: 'corrupt' });
    assert.equal(summary.verdict, 'inconclusive');
    assert.match(summary.reasons.join(), /1 requirement is broken, as it seems,a log is damaged/);
  });
});

describe('the verdict', () => {
  const whole = bodiesOf('the minimum conversation');
  const withoutEnd = whole.slice(0, 2);
  const silent = [conversationOf('c-1').message({ text: 'Hello', author: 'USER' }).body, ...whole];

  test('non-conformant, when a must is broken', () => {
    const { summary } = checked(withoutEnd);
    assert.equal(summary.verdict, 'non-conformant');
    assert.deepEqual(
      summary.rules.map(({ requirement, count, conversations }) => [requirement, count, conversations]),
      [['HOOKS-SEQ-16', 1, 1]],
    );
  });

  test('conformant with warnings, when a should is; --fail-on should makes it a fail', () => {
    const warned = checked(silent);
    assert.deepEqual([warned.summary.verdict, warned.summary.totals.warned], ['conformant', 1]);
    const failed = checked(silent, { failOn: 'should' });
    assert.deepEqual([failed.summary.verdict, failed.summary.totals.failed], ['non-conformant', 1]);
  });

  test('only the selected requirements count', () => {
    const { summary } = checked(withoutEnd, { only: new Set(['HOOKS-SEQ-01' as const]) });
    assert.equal(summary.verdict, 'conformant');
  });

  test('inconclusive, when there is nothing to judge the selected requirements by', () => {
    const reasonsOf = (...only: ('HOOKS-MSG-01' | 'HOOKS-SUM-01' | 'HOOKS-SEQ-01')[]) => {
      const { verdict, reasons } = checked(whole, { only: new Set(only) }).summary;
      return [verdict, ...reasons];
    };
    assert.deepEqual(reasonsOf('HOOKS-MSG-01'), [
      'inconclusive',
      'the log has nothing to judge HOOKS-MSG-01, which was asked for',
    ]);
    assert.deepEqual(reasonsOf('HOOKS-MSG-01', 'HOOKS-SUM-01'), [
      'inconclusive',
      'the log has nothing to judge any of the 2 requirements that were asked for',
    ]);
    assert.deepEqual(reasonsOf('HOOKS-MSG-01', 'HOOKS-SEQ-01'), ['conformant']);
  });

  test('inconclusive, when there was nothing, or not all could be read', () => {
    assert.equal(checked([]).summary.verdict, 'inconclusive');
    const check = new LogCheck();
    for (const body of whole) check.take({ file: 'log', line: 1, body });
    check.skip({ file: 'log', line: 4, reason: 'not JSON' });
    const summary = check.end();
    assert.deepEqual(
      [summary.verdict, summary.reasons],
      [
        'inconclusive',
        [
          '1 line could not be judged',
          'one of them may be a call of any conversation: what is missing afterwards is held against nobody',
        ],
      ],
    );
  });

  test('three examples of each rule, of three conversations', () => {
    const lines = Array.from({ length: 9 }, (_, id) =>
      bodiesOf('the minimum conversation', `c-${id}`).slice(0, 1),
    );
    const [rule] = checked(lines.flat()).summary.rules;
    assert.equal(rule!.count, 9);
    assert.deepEqual(
      rule!.examples.map(({ conversation }) => conversation!.conversationId),
      ['c-0', 'c-1', 'c-2'],
    );
  });
});
