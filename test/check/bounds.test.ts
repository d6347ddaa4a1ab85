// A log of any kind is checked in time that grows with its length, and in bounded memory. Where a bound leaves something
// open, the verdict says so.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostileLogs } from '../../bench/hostile-logs.ts';
import { maxOfRule } from '../../src/check/finding-list.ts';
import { LogCheck } from '../../src/check/log-check.ts';
import type { LogCheckOptions } from '../../src/check/log-check-options.ts';
import { maxSteps } from '../../src/check/open-conversation.ts';
import type { CheckedConversation } from '../../src/check/result.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { maxAgents } from '../../src/protocol/lifecycle/state.ts';
import type { SentRequest } from '../../src/protocol/sent-request.ts';

type Line = SentRequest & { time?: number; status?: number };

function checked(lines: Iterable<Line>, options: LogCheckOptions = {}) {
  const closed: CheckedConversation[] = [];
  const check = new LogCheck({ ...options, onClosed: (conversation) => closed.push(conversation) });
  let line = 0;
  for (const request of lines) {
    line += 1;
    check.take({ file: 'log', line, ...request });
  }
  return { closed, summary: check.end() };
}

function* requests(count: number, requestOf: (number: number) => Line): Generator<Line> {
  for (let number = 0; number < count; number++) yield requestOf(number);
}

describe('the time for a line does not grow with the log', () => {
  const [few, times] = [2000, 8];
  for (const [what, requestOf] of Object.entries(hostileLogs)) {
    test(what, () => {
      const cost = (count: number) => {
        const before = process.cpuUsage();
        checked(requests(count, requestOf));
        const { user, system } = process.cpuUsage(before);
        return user + system;
      };
      cost(few);
      const [short, long] = [Math.max(cost(few), 5000), cost(few * times)];
      // A time that grows with the square would be 64 times as long.
      assert.ok(long < short * times * 2.5, `${few} lines: ${short} µs, ${times} times as many: ${long} µs`);
    });
  }
});

const voice = (id = 'c-1') =>
  new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', defaultDialect);

describe('what is more than is kept', () => {
  test('findings of a rule: the first are listed, all are counted', () => {
    const conversation = voice();
    const { body } = conversation.transfer('NA', 'entry', { number: 1 });
    const { closed, summary } = checked(requests(1000, () => ({ body })));
    const [{ findings, further }] = closed as [CheckedConversation];
    const again = findings.filter(({ requirement }) => requirement === 'HOOKS-SEQ-05');
    assert.deepEqual(
      again.map(({ line }) => line),
      Array.from({ length: maxOfRule }, (_, index) => index + 2),
    );
    assert.deepEqual(further, [{ requirement: 'HOOKS-SEQ-05', level: 'must', count: 999 - maxOfRule }]);
    assert.equal(summary.rules.find(({ requirement }) => requirement === 'HOOKS-SEQ-05')?.count, 999);
  });

  test('agents at a time: nobody is called a stranger, and the check is inconclusive', () => {
    const conversation = voice();
    const many = Array.from({ length: maxAgents + 10 }, (_, index) => ({ number: index + 1 }));
    const bodies = [
      conversation.transfer('NA', 'entry', many[0]!),
      ...many.slice(1).map((agent) => conversation.transfer('warm', 'entry', agent)),
      ...many.slice(1).map((agent) => conversation.transfer('warm', 'exit', agent)),
      conversation.transfer('NA', 'exit', many[0]!),
      conversation.summary(),
      conversation.end(),
    ];
    const { closed, summary } = checked(bodies);
    assert.deepEqual(closed[0]?.findings, []);
    assert.equal(summary.verdict, 'inconclusive');
    assert.match(summary.reasons.join(), /1 conversation had more than 100 agents at a time/);
  });

  test('requests without an answer: one that breaks a rule later may be a retry', () => {
    const conversation = voice();
    const lost = Array.from({ length: 1100 }, (_, index) => ({
      body: conversation.transfer('cold', 'exit', { number: index + 2 }).body,
      status: 503,
    }));
    const { body } = conversation.transfer('NA', 'entry', { number: 1 });
    const { summary } = checked([{ body, status: 200 }, ...lost, { body, status: 200 }]);
    assert.doesNotMatch(JSON.stringify(summary.rules), /HOOKS-SEQ-05/);
    assert.match(summary.reasons.join(), /more than 1,000 different requests without an answer/);
  });

  test('events out of order: what was found in the order of the log does not count', () => {
    const conversation = voice();
    const entry = conversation.transfer('NA', 'entry', { number: 1 });
    const message = conversation.message({ text: 'x', author: 'USER' });
    const messages = Array.from({ length: maxSteps }, () => message);
    const exit = conversation.transfer('NA', 'exit', { number: 1 });
    const inOrder = [entry, ...messages, exit, conversation.summary(), conversation.end()];
    const lines = inOrder.map(({ body }, index) => ({ body, time: 1000 + index })).reverse();
    const { closed, summary } = checked(lines);
    assert.deepEqual([closed[0]?.findings, summary.verdict], [[], 'inconclusive']);
    assert.match(summary.reasons.join(), /more than 25,000 events, not in the order of their times/);
    // In order, the same is judged as a whole.
    const whole = checked(inOrder);
    assert.deepEqual([whole.closed[0]?.findings, whole.summary.verdict], [[], 'conformant']);
  });

  test('open conversations: the older ones are set aside, without being called incomplete', () => {
    const lines = Array.from({ length: 12 }, (_, index) =>
      voice(`c-${index}`).transfer('NA', 'entry', { number: 1 }),
    );
    const { closed, summary } = checked(lines, { maxOpen: 10 });
    assert.deepEqual(
      closed.map(({ verdict }) => verdict),
      [...Array.from({ length: 6 }, () => 'pass'), ...Array.from({ length: 6 }, () => 'fail')],
    );
    assert.match(summary.reasons.join(), /6 conversations were set aside/);
  });

  test('a name of megabytes is known by its beginning', () => {
    const long = 'a'.repeat(100_000);
    const named = (id: string) => voice(id).transfer('NA', 'entry', { number: 1 });
    const { closed } = checked([named(`${long}1`), named(`${long}2`), named(`${long}1`)]);
    assert.equal(closed.length, 2);
    assert.ok(closed.every(({ conversationId }) => conversationId.length < 300));
  });
});
