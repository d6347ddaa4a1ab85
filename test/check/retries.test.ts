// A request that was sent again: a retry, a duplicate or a new event. A refused request changes nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HooksBody, Transfer, Transition } from '../../src/protocol/events.ts';
import { bodiesOf, broken, checked, conversationOf } from './checked-lines.ts';

describe('retries and refusals', () => {
  const [entry, exit, end] = bodiesOf('the minimum conversation') as [HooksBody, HooksBody, HooksBody];

  for (const status of [0, 500, 503]) {
    test(`the same request after ${status || 'no answer'} is a retry`, () => {
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

  test('the same request after a 200 is a duplicate', () => {
    const result = checked([{ body: entry, status: 200 }, { body: entry, status: 200 }, exit, end]);
    assert.deepEqual(broken(result), ['HOOKS-SEQ-05 at 2']);
  });

  test('the same request, in a log without any answer, is a duplicate', () => {
    assert.deepEqual(broken(checked([entry, exit, end, end])), ['HOOKS-EOC-01 at 4']);
    assert.deepEqual(broken(checked([entry, entry, exit, end])), ['HOOKS-SEQ-05 at 2']);
  });

  test('the same request, in a log without any answer that tells of a failure in between, may be a retry', () => {
    for (const inOrder of [
      [{ body: entry }, { body: entry, failuresBefore: 1 }, exit, end],
      [{ body: entry, failuresBefore: 1 }, { body: entry, failuresBefore: 2 }, exit, end],
    ]) {
      for (const log of [inOrder, inOrder.map((line, index) => ({ body: line, ...line, time: 5 + index }))]) {
        const found = checked(log);
        assert.deepEqual([found.summary.verdict, broken(found)], ['inconclusive', []]);
        assert.match(
          found.summary.reasons.join(),
          /^1 request repeats .* Let the record of each request have its status/,
        );
      }
    }
    const elsewhere = [entry, entry, { body: exit, failuresBefore: 1 }, { body: end, failuresBefore: 1 }];
    assert.deepEqual(broken(checked(elsewhere)), ['HOOKS-SEQ-05 at 2']);
  });

  describe('the same request, when its answer was not recorded, and others were', () => {
    const other = conversationOf('c-9');
    const answered = [
      other.transfer('NA', 'entry', { number: 9 }),
      other.transfer('NA', 'exit', { number: 9 }),
      other.end(),
    ].map((request) => ({ body: request.body, status: 200 }));
    const message = conversationOf('c-1').message({ text: 'Hello', author: 'USER' }).body;
    const repeats = 'for which no status was found';

    test('may be a retry or a duplicate: which one is not known, so the check is inconclusive', () => {
      for (const log of [
        [entry, exit, end, end],
        [entry, entry, exit, end],
        [entry, message, entry, exit, end],
        [entry, exit, exit, { body: end, status: 200 }],
      ]) {
        const { conversations, summary } = checked([...answered, ...log]);
        assert.deepEqual(broken({ conversations } as ReturnType<typeof checked>), []);
        assert.deepEqual([summary.verdict, summary.reasons.length], ['inconclusive', 1]);
        assert.match(summary.reasons[0]!, new RegExp(`^1 request repeats .*${repeats}.*--status`));
      }
    });

    test('may be one wherever the log has its first status', () => {
      for (const repeated of [
        [entry, entry, exit, end],
        [entry, exit, exit, end],
      ]) {
        const log = [...repeated.slice(0, -1), ...answered, ...repeated.slice(-1)];
        const { summary } = checked(log);
        assert.deepEqual([summary.verdict, summary.totals.passed], ['inconclusive', 2]);
        assert.match(summary.reasons.join(), /^1 request repeats /);
      }
      const own = [entry, entry, { body: exit, status: 200 }, { body: end, status: 200 }];
      assert.equal(checked(own).summary.verdict, 'inconclusive');
    });

    test('is a duplicate when its sender has gone on in between', () => {
      assert.deepEqual(broken(checked([...answered, entry, exit, entry, end])), [
        'HOOKS-SEQ-05 at 6',
        'HOOKS-SEQ-02 at 7',
      ]);
    });

    test('is a duplicate once one of them was answered', () => {
      const taken = { body: entry, status: 200 };
      assert.deepEqual(broken(checked([...answered, entry, taken, entry, exit, end])), ['HOOKS-SEQ-05 at 6']);
      assert.deepEqual(broken(checked([taken, entry, exit, end])), ['HOOKS-SEQ-05 at 2']);
    });

    test('the other rules are judged all the same', () => {
      const { summary } = checked([...answered, entry, entry, end]);
      assert.equal(summary.verdict, 'non-conformant');
    });
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
    const headers = { 'content-length': '412', 'content-type': 'text/plain' };
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

/** "warm exit 2", in conversation c-1. */
function stepOf(step: string): HooksBody {
  const [transfer, transition, number] = step.split(' ') as [Transfer, Transition, string];
  return conversationOf('c-1').transfer(transfer, transition, { number: Number(number) }).body;
}
