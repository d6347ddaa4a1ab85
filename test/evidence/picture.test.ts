// The pictures show what was really sent in a conversation, and any request can be drawn.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pictures } from '../../src/evidence/picture.ts';
import { conversationTimeline } from '../../src/evidence/timeline.ts';
import { summaryEvent } from '../../src/protocol/events.ts';
import {
  answered,
  callbackUrl,
  conversation,
  count,
  faulty,
  flowExchanges,
  only,
  outcome,
  texts,
  transfer,
  unanswered,
} from './picture-exchanges.ts';

const agent = (number: number) => ({ number });

suite('A picture', () => {
  test('names the conversation, its experience and its content', () => {
    const { title, conversationId, svg } = only(flowExchanges('the cold transfer flow'));
    assert.equal(conversationId, 'conformance-1');
    assert.equal(title, 'voice conversation conformance-1, 8 events');
    assert.ok(
      svg.includes(`role="img"`) && svg.includes(`<title>${title}</title><desc>1 NA entry of Agent 1 200`),
    );
  });

  test('has a lane for each agent, and a bar from entry to exit in the colour of the entry', () => {
    const { lanes } = conversationTimeline('conformance-1', flowExchanges('the cold transfer flow'));
    assert.deepEqual(lanes, [
      { identity: 'agent-1', name: 'Agent 1', stays: [{ kind: 'NA', from: 0, to: 1 }] },
      { identity: 'agent-2', name: 'Agent 2', stays: [{ kind: 'cold', from: 2, to: 3 }] },
      { identity: 'agent-3', name: 'Agent 3', stays: [{ kind: 'cold', from: 4, to: 5 }] },
      { name: 'conversation', stays: [] },
    ]);
    const drawn = only(flowExchanges('the cold transfer flow'));
    assert.deepEqual([count(drawn, 'cv-y cv-NA'), count(drawn, 'cv-y cv-cold')], [1, 2]);
    for (const text of ['Agent 1', 'Agent 3', 'NA entry', 'COLD exit', 'summary', 'end', '200'])
      assert.ok(texts(drawn).includes(text), text);
  });

  test('shows agents of a warm transfer side by side, and a redial as a second stay', () => {
    const warm = conversationTimeline('conformance-1', flowExchanges('the warm transfer flow')).lanes;
    assert.deepEqual(warm[0]!.stays, [{ kind: 'NA', from: 0, to: 5 }]);
    assert.deepEqual(warm[2]!.stays, [{ kind: 'warm', from: 2, to: 4 }]);
    const [once] = conversationTimeline('conformance-1', flowExchanges('the redial flow')).lanes;
    assert.deepEqual(once!.stays, [
      { kind: 'NA', from: 0, to: 1 },
      { kind: 'redial', from: 2, to: 3 },
    ]);
  });

  test('the end ends every stay; without an end they stay open', () => {
    const of = conversation();
    const entry = answered(of.transfer('NA', 'entry', agent(1)));
    const late = [of.transfer('NA', 'exit', agent(1)), of.transfer('redial', 'entry', agent(1))];
    const events = [entry, answered(of.end()), ...late.map((request) => answered(request))];
    const [lane] = conversationTimeline('conformance-1', events).lanes;
    assert.deepEqual(lane!.stays, [
      { kind: 'NA', from: 0, to: 1 },
      { kind: 'redial', from: 3 },
    ]);
    assert.deepEqual(conversationTimeline('conformance-1', [entry]).lanes[0]!.stays, [
      { kind: 'NA', from: 0 },
    ]);
  });

  test('has messages in the lanes of customer and agent', () => {
    const of = conversation('conformance-1', 'chat');
    const { lanes, moments } = conversationTimeline('conformance-1', [
      answered(of.transfer('NA', 'entry', agent(1))),
      answered(of.message({ author: 'USER', text: 'Hello' })),
      answered(of.message({ author: 'AGENT', text: 'Good morning to you' })),
    ]);
    assert.deepEqual(
      lanes.map(({ name }) => name),
      ['customer', 'Agent 1', 'conversation'],
    );
    assert.deepEqual(
      moments.map(({ lane }) => lane.name),
      ['Agent 1', 'customer', 'Agent 1'],
    );
  });

  test('shows one answer for several events of one request', () => {
    const of = conversation();
    const both = of.events([of.transferEvent('NA', 'exit', agent(1)), summaryEvent()]);
    const drawn = only([answered(of.transfer('NA', 'entry', agent(1))), answered(both, 202)]);
    assert.equal(texts(drawn).filter((text) => text === '202').length, 1);
    assert.match(drawn.title, /, 3 events$/);
  });

  test('is drawn for each conversation, in the order of their first requests', () => {
    const [a, b] = [
      flowExchanges('the redial flow', 'conformance-b'),
      flowExchanges('the minimum conversation', 'conformance-a'),
    ];
    const mixed = a.flatMap((exchange, index) => [exchange, ...(b[index] ? [b[index]] : [])]);
    const drawn = pictures(mixed);
    assert.deepEqual(
      drawn.map(({ conversationId }) => conversationId),
      ['conformance-b', 'conformance-a'],
    );
    assert.match(drawn[1]!.title, /, 3 events$/);
  });
});

suite('A request that was not accepted', () => {
  const of = conversation();
  const entry = of.transfer('NA', 'entry', agent(1));

  test('a refused event is crossed out and starts no stay; its fault is named', () => {
    const refused = faulty(entry, 'its isExtAD is missing');
    const drawn = only([refused, answered(entry)]);
    assert.equal(count(drawn, 'class="cv-x"'), 1);
    assert.match(drawn.title, /, 2 events, 1 refused$/);
    assert.ok(texts(drawn).includes('400 refused'));
    assert.ok(texts(drawn).includes('1 refused: its isExtAD is missing'), texts(drawn).join('\n'));
    const [lane] = conversationTimeline('conformance-1', [refused, answered(entry)]).lanes;
    assert.deepEqual(lane!.stays, [{ kind: 'NA', from: 1 }]);
  });

  test('an unexpected refusal is quoted; so is an error with HTTP 200', () => {
    const error = '{"code":409,"message":"busy & <tired>"}';
    for (const status of [409, 200]) {
      const drawn = only([answered(entry, status, error)]);
      const note = texts(drawn).find((text) => text.startsWith('1 refused:'))!;
      assert.match(note, new RegExp(`: ${status} .*busy &amp; &lt;tired&gt;`));
    }
  });

  test('an event without an answer is dashed, and the transport failure is named', () => {
    const drawn = only([unanswered(entry, 'TRANSPORT_RESET', 'socket hang up')]);
    assert.equal(count(drawn, 'class="cv-x"'), 0);
    assert.equal(count(drawn, 'class="cv-b cv-u"'), 1);
    assert.match(drawn.title, /, 1 event, 1 without an answer$/);
    assert.ok(texts(drawn).includes('1 no answer: TRANSPORT_RESET socket hang up'), texts(drawn).join('\n'));
  });

  test('the same reason is noted once, with the numbers of its events', () => {
    const drawn = only([
      faulty(entry, 'it has no token'),
      answered(entry),
      faulty(of.end(), 'it has no token'),
    ]);
    assert.ok(texts(drawn).includes('1, 3 refused: it has no token'));
  });

  const unreadable: Record<string, object | string> = {
    'a body cut off': '{"conversationId":"conformance-1","eve',
    'no body': '',
    'a list': [1],
    'no conversationId': { events: [{ name: 'END_OF_CONVERSATION' }] },
    'another type': { conversationId: 42, events: 'none' },
    'no events': { conversationId: 'conformance-1' },
  };
  for (const [fault, body] of Object.entries(unreadable)) {
    test(`${fault}: it is drawn in the conversation that its label names`, () => {
      const drawn = only([faulty(entry, fault, body), answered(entry)]);
      assert.equal(drawn.conversationId, 'conformance-1');
      assert.equal(count(drawn, 'class="cv-x"'), 1);
    });
  }

  test('an agent whose event lacks the name or the identity has the same lane', () => {
    const without = (field: string) =>
      JSON.parse(JSON.stringify(entry.body, (key, value) => (key === field ? undefined : value)));
    for (const exchanges of [
      [faulty(entry, 'no identity', without('identity')), answered(entry)],
      [answered(entry), faulty(entry, 'no identity', without('identity'))],
    ]) {
      const message = answered(of.message({ author: 'AGENT', text: 'Hello' }));
      const { lanes } = conversationTimeline('conformance-1', [...exchanges, message]);
      assert.deepEqual(
        lanes.map(({ name }) => name),
        ['Agent 1', 'conversation'],
      );
    }
  });
});

suite('A picture of transfers', () => {
  test('shows where to, what was refused, and the outcomes when they came', () => {
    const first = transfer('transfer to the agent', { aId: 'a-1' });
    const posted = outcome({ sessionId: 'session-1', status: 'transferred' });
    const second = transfer('transfer to the queue, but orgId is missing', { queueId: 'q-1' }, 400);
    const drawn = only([first, second, posted]);
    assert.equal(drawn.title, 'transfer of bot session session-1, 2 requests, 1 outcome, 1 refused');
    assert.match(
      drawn.svg,
      /<desc>1 transfer to the agent 200 · 2 outcome: transferred {2}· 3 transfer to the queue/,
    );
    for (const text of ['to the agent', 'to the queue', 'outcome', '3 refused: orgId is missing'])
      assert.ok(texts(drawn).includes(text), text);
    assert.ok(!texts(drawn).includes('no one target'));
  });

  test('an outcome that names a conversation does not create one', () => {
    const posted = outcome({ conversationId: 'conformance-9', events: [{ name: 'END_OF_CONVERSATION' }] });
    assert.equal(only([transfer('transfer to the agent', { aId: 'a-1' }), posted]).conversationId, '');
  });

  test('parameters may be in the query', () => {
    const exchange = transfer('transfer to the queue', {});
    exchange.request.url += `?${new URLSearchParams({ callbackUrl, queueId: 'q-1', botSessionId: 'session-2' })}`;
    delete exchange.request.body;
    const drawn = only([exchange]);
    assert.match(drawn.title, /^transfer of bot session session-2, 1 request$/);
    assert.ok(texts(drawn).includes('to the queue'));
  });
});
