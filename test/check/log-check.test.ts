import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LogCheck } from '../../src/check/log-check.ts';
import type { LogCheckOptions } from '../../src/check/log-check-options.ts';
import type { CheckedConversation, PlacedFinding } from '../../src/check/result.ts';
import type { SentRecord, Skipped } from '../../src/logs/log-entry.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect, type HooksBody, type Transfer, type Transition } from '../../src/protocol/events.ts';
import { flows } from '../../src/protocol/flows.ts';

type Line = Omit<Partial<SentRecord>, 'body'> & { body: object };

/** Checks bodies, or records, as the lines of one log. */
function checked(lines: readonly (HooksBody | Line)[], options: LogCheckOptions = {}) {
  const conversations: CheckedConversation[] = [];
  const loose: PlacedFinding[] = [];
  const check = new LogCheck({
    ...options,
    onClosed: (conversation) => conversations.push(conversation),
    onLoose: (finding) => loose.push(finding),
  });
  lines.forEach((line, index) => {
    const record = 'body' in line ? (line as Line) : { body: line };
    check.take({ file: 'log', line: index + 1, ...record });
  });
  return { conversations, loose, summary: check.end() };
}

function bodiesOf(flow: keyof typeof flows, id = 'c-1'): HooksBody[] {
  const conversation = conversationOf(id);
  return flows[flow].map((move) => conversation.move(move).body);
}

function conversationOf(id: string): Conversation {
  return new Conversation({ conversationId: id, botId: 'st-1' }, 'voice', defaultDialect);
}

/** "HOOKS-SEQ-01 at 1" */
function broken({ conversations }: ReturnType<typeof checked>): string[] {
  return conversations.flatMap(({ findings }) =>
    findings.map(({ requirement, line }) => `${requirement} at ${line}`),
  );
}

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

describe('retries and refusals', () => {
  const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];

  for (const status of [0, 500, 503]) {
    test(`the same again after ${status || 'no answer'} is a retry`, () => {
      const result = checked([{ body: entry, status }, { body: entry, status: 200 }, exit, end]);
      assert.deepEqual(broken(result), []);
      assert.equal(result.summary.totals.retries, 1);
    });
  }

  test('a retry that also gets no answer is tried once more', () => {
    const lost = { body: entry, status: 0 };
    const result = checked([lost, lost, lost, { body: entry, status: 200 }, exit, end]);
    assert.deepEqual(broken(result), []);
    assert.equal(result.summary.totals.retries, 3);
  });

  test('the same again after a 200 is a duplicate', () => {
    const result = checked([{ body: entry, status: 200 }, { body: entry, status: 200 }, exit, end]);
    assert.deepEqual(broken(result), ['HOOKS-SEQ-05 at 2']);
  });

  test('the same again, when no answer was recorded, is a duplicate', () => {
    assert.deepEqual(broken(checked([entry, exit, end, end])), ['HOOKS-EOC-01 at 4']);
  });

  test('a retry that is refused, and then accepted', () => {
    const tries = (body: HooksBody, ...statuses: number[]) => statuses.map((status) => ({ body, status }));
    const logs = [
      [...tries(entry, 500, 400, 200), exit, end],
      [entry, ...tries(exit, 503, 429, 200), end],
      [entry, exit, ...tries(end, 0, 401, 200)],
    ];
    for (const log of logs) {
      const result = checked(log);
      assert.deepEqual(broken(result), []);
      assert.deepEqual([result.summary.totals.refused, result.summary.totals.retries], [1, 1]);
    }
  });

  test('the end that got no answer may come again minutes later', () => {
    const later = (body: HooksBody, time: number, status: number) => ({ body, time, status });
    const between = Array.from({ length: 20 }, (_, minutes) =>
      bodiesOf('the minimum conversation', `other-${minutes}`).map((body) =>
        later(body, minutes * 60_000, 200),
      ),
    );
    const result = checked([
      later(entry, 0, 200),
      later(exit, 1, 200),
      later(end, 2, 503),
      ...between.flat(),
      later(end, 20 * 60_000, 200),
    ]);
    assert.deepEqual(broken(result), []);
    assert.equal(result.summary.totals.passed, 21);
  });

  test('the same later on, when it fits, is another event: the first had not arrived, or the same is due again', () => {
    const [redialEntry, drop, redial, leaves, summary, over] = bodiesOf('the redial flow') as HooksBody[];
    const result = checked([
      redialEntry!,
      { body: drop!, status: 500 },
      redial!,
      { body: leaves!, status: 200 },
      summary!,
      over!,
    ]);
    assert.deepEqual(broken(result), []);
  });

  test('a sender that logs after the answer logs the retry first', () => {
    const result = checked([
      { body: entry, time: 5000, status: 200 },
      { body: entry, time: 0, status: 0 },
      { body: exit, time: 6000, status: 200 },
      { body: end, time: 7000, status: 200 },
    ]);
    assert.deepEqual(broken(result), []);
    assert.equal(result.summary.totals.retries, 1);
  });

  test('a retry is a request: its URL and its headers are judged', () => {
    const headers = { host: 'tenant.example', 'content-type': 'text/plain' };
    const result = checked([
      { body: entry, status: 500 },
      { body: entry, status: 200, method: 'PUT', url: 'https://tenant.example/v2/hooks/st-1', headers },
      exit,
      end,
    ]);
    assert.deepEqual(
      result.conversations[0]!.findings.map(({ requirement }) => requirement),
      ['HOOKS-EP-01', 'HOOKS-EP-02', 'HOOKS-HDR-01', 'HOOKS-AUTH-01'],
    );
  });

  test('what is wrong with a body is reported once, and for a retry only what is new', () => {
    const { botId: _, ...worse } = entry;
    const nameless = JSON.parse(JSON.stringify(entry));
    delete nameless.events[0].participant.name;
    const same = checked([{ body: nameless, status: 500 }, { body: nameless, status: 200 }, exit, end]);
    assert.deepEqual(broken(same), ['HOOKS-XFER-08 at 1']);
    const other = checked([
      { body: nameless, status: 500 },
      { body: worse as HooksBody, status: 200 },
      exit,
      end,
    ]);
    assert.deepEqual(broken(other), ['HOOKS-XFER-08 at 1', 'HOOKS-ENV-03 at 2']);
    assert.equal(other.summary.totals.retries, 1);
  });

  test('another request after no answer is not a retry', () => {
    const result = checked([{ body: entry, status: 0 }, { body: exit, status: 0 }, end]);
    assert.deepEqual(broken(result), []);
    assert.equal(result.summary.totals.retries, 0);
  });

  test('a refused request does not change the conversation, but is judged', () => {
    const wrong = { ...end, events: [{ ...(end.events as object[])[0], reason: undefined }] };
    const result = checked([
      entry,
      { body: exit, status: 429 },
      { body: exit, status: 200 },
      { body: JSON.parse(JSON.stringify(wrong)), status: 400 },
      end,
    ]);
    assert.deepEqual(broken(result), ['HOOKS-EOC-02 at 4']);
    assert.equal(result.summary.totals.refused, 2);
  });

  test('when all are refused, nothing was seen', () => {
    const { conversations, summary } = checked([entry, exit, end].map((body) => ({ body, status: 401 })));
    assert.deepEqual([conversations, summary.totals.conversations, summary.verdict], [[], 0, 'inconclusive']);
    assert.match(summary.reasons.join(), /every request was refused/);
  });

  test('a conversation whose every request is refused is mentioned', () => {
    const { summary } = checked([...bodiesOf('the redial flow', 'other'), { body: entry, status: 401 }]);
    assert.deepEqual(summary.reasons, ['every request of 1 conversation was refused']);
    assert.deepEqual([summary.verdict, summary.totals.passed], ['inconclusive', 1]);
  });

  test('refusals in an incomplete conversation are mentioned', () => {
    const [found] = checked([entry, { body: exit, status: 400 }]).conversations[0]!.findings;
    assert.match(found!.message, /1 of its requests was refused/);
  });

  describe('written out of order', () => {
    const at = (body: HooksBody, time: number, status = 200) => ({ body, time: time * 1000, status });
    const leaves = bodiesOf('the cold transfer flow')[1]!;
    const redials = bodiesOf('the redial flow');

    test('a refused request and one without an answer are not duplicates', () => {
      assert.deepEqual(
        broken(checked([at(entry, 0), at(exit, 20, 400), at(exit, 10, 500), at(end, 30)])),
        [],
      );
    });

    test('an event that is due is not a repetition', () => {
      const handsOver = bodiesOf('the cold transfer flow').slice(0, 3);
      const back = ['cold exit 2', 'cold entry 1'].map((step) => stepOf(step));
      const [toSecond, goes] = [handsOver[2]!, stepOf('NA exit 2')];
      const log = [
        at(entry, 0),
        at(toSecond, 11),
        at(back[0]!, 20),
        at(back[1]!, 21),
        at(leaves, 30),
        at(leaves, 10, 0),
        at(toSecond, 31),
        at(goes, 40),
        at(end, 50),
      ];
      assert.deepEqual(broken(checked(log)), []);
    });

    test('what looked like a repetition may turn out to be a new event', () => {
      const [, drop, redial, over, summary, ended] = redials as HooksBody[];
      const log = [
        at(entry, 0),
        at(drop!, 10, 500),
        at(over!, 30),
        at(redial!, 20),
        at(summary!, 40),
        at(ended!, 50),
      ];
      assert.deepEqual(broken(checked(log)), []);
    });

    test('the fields of a repetition with other content are judged', () => {
      const { botId: _, ...worse } = entry;
      const result = checked([
        at(entry, 5),
        { body: worse, time: 0, status: 500 },
        at(exit, 10),
        at(end, 20),
      ]);
      assert.deepEqual(broken(result), ['HOOKS-ENV-03 at 2']);
    });

    test('a conversation is kept after its end as long as any other', () => {
      const second = 1000;
      const late = [
        at(entry, 0),
        at(stepOf('warm entry 2'), 10),
        at(stepOf('warm exit 2'), 30),
        at(stepOf('warm entry 3'), 20),
        at(stepOf('warm exit 3'), 40),
        at(end, 1799),
        { body: bodiesOf('the redial flow', 'other')[0]!, time: 1850 * second },
        at(exit, 1798),
      ];
      const { conversations } = checked(late);
      assert.deepEqual(conversations.find(({ conversationId }) => conversationId === 'c-1')!.findings, []);
    });
  });
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

describe('across requests and conversations', () => {
  const url = (path: string) => `https://tenant.example${path}`;

  test('one endpoint for every event of a conversation (HOOKS-EP-03)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const [here, there] = [url('/agentassist/api/v1/hooks/st-1'), url('/agentai/api/v1/hooks/st-1')];
    const kept = checked([entry, exit, end].map((body) => ({ body, url: there })));
    assert.deepEqual(broken(kept), []);
    const changed = checked([
      { body: entry, url: here },
      { body: exit, url: here },
      { body: end, url: there },
    ]);
    assert.deepEqual(broken(changed), ['HOOKS-EP-03 at 3']);
  });

  test('a conversationId that changes (HOOKS-ENV-02)', () => {
    const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];
    const result = checked([
      entry,
      { ...exit, conversationId: 'c-2' },
      { ...end, conversationId: 'c-2' },
      ...bodiesOf('the warm transfer flow', 'other').map((body) => renamedAgents(body)),
    ]);
    const [renamed] = result.conversations.filter(({ conversationId }) => conversationId === 'c-1');
    assert.deepEqual(renamed!.findings.map(({ requirement }) => requirement).sort(), [
      'HOOKS-ENV-02',
      'HOOKS-SEQ-16',
    ]);
    assert.match(
      renamed!.findings.map(({ message }) => message).join(),
      /conversation "c-2", which begins with NA exit/,
    );
    assert.deepEqual(
      result.conversations.find(({ conversationId }) => conversationId === 'other')!.findings,
      [],
    );
  });

  test('a redial under another conversationId (HOOKS-RDL-02)', () => {
    const [entry, drop, ...rest] = bodiesOf('the redial flow') as [HooksBody, HooksBody, ...HooksBody[]];
    const result = checked([entry, drop, ...rest.map((body) => ({ ...body, conversationId: 'c-2' }))]);
    const of = (id: string) =>
      result.conversations
        .find(({ conversationId }) => conversationId === id)!
        .findings.map(({ requirement }) => requirement);
    assert.deepEqual(of('c-1').sort(), ['HOOKS-RDL-02', 'HOOKS-SEQ-16']);
    assert.deepEqual(of('c-2'), [], 'a call back by itself is in order');
  });

  test('a conversation in order never counts as renamed', () => {
    const call = bodiesOf('the minimum conversation', 'c-1');
    const callBack = bodiesOf('the redial flow', 'c-2').slice(2);
    assert.deepEqual(broken(checked([...call, ...callBack])), []);
  });

  test('a request without a conversationId belongs to none', () => {
    const [{ conversationId: _, ...entry }] = bodiesOf('the minimum conversation') as [HooksBody];
    const { conversations, loose } = checked([{ body: entry }]);
    assert.deepEqual(conversations, []);
    assert.deepEqual(
      loose.map(({ requirement, line }) => [requirement, line]),
      [['HOOKS-ENV-01', 1]],
    );
  });

  test('a request to assign-conversation is judged by itself', () => {
    const assign = url('/agentassist/api/v1/public/st-1/assign-conversation');
    const body = {
      orgId: 'o-1',
      botSessionId: 's-1',
      aId: 'a-1',
      callbackUrl: 'https://here.example/outcome',
    };
    assert.deepEqual(checked([{ body, url: assign }]).loose, []);
    const { loose } = checked([
      { body: JSON.parse(JSON.stringify({ ...body, aId: undefined })), url: assign },
    ]);
    assert.deepEqual(
      loose.map(({ requirement }) => requirement),
      ['ASSIGN-REQ-05'],
    );
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
    const { summary } = checked(withoutEnd, { only: new Set(['HOOKS-EOC-01' as const]) });
    assert.equal(summary.verdict, 'conformant');
  });

  test('inconclusive, when there was nothing, or not all could be read', () => {
    assert.equal(checked([]).summary.verdict, 'inconclusive');
    const check = new LogCheck();
    for (const body of whole) check.take({ file: 'log', line: 1, body });
    check.skip({ file: 'log', line: 4, reason: 'not JSON' });
    const summary = check.end();
    assert.deepEqual([summary.verdict, summary.reasons], ['inconclusive', ['1 line could not be judged']]);
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

/** Agents that no other conversation has. */
function renamedAgents(body: HooksBody): HooksBody {
  return JSON.parse(JSON.stringify(body).replaceAll('"agent-', '"elsewhere-'));
}

/** "warm exit 2", in conversation c-1. */
function stepOf(step: string): HooksBody {
  const [transfer, transition, number] = step.split(' ') as [Transfer, Transition, string];
  return conversationOf('c-1').transfer(transfer, transition, { number: Number(number) }).body;
}
