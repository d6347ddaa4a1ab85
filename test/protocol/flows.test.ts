// The flows are the documents' flows, move by move, and a conversation sends them in that order.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { type EventMove, type FlowName, flows, flowsWithMessages } from '../../src/protocol/flows.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';

/** The order in the documents; the number of the agent follows the move. */
const documented: Record<FlowName, string> = {
  'the minimum conversation': 'NA entry 1, NA exit 1, end 1',
  'the cold transfer flow':
    'NA entry 1, cold exit 1, cold entry 2, cold exit 2, cold entry 3, NA exit 3, summary, end 3',
  'the warm transfer flow':
    'NA entry 1, warm entry 2, warm entry 3, warm exit 2, warm exit 3, NA exit 1, summary, end 1',
  'the redial flow': 'NA entry 1, NA exit 1, redial entry 1, NA exit 1, summary, end 1',
};

function describeMove(move: EventMove): string {
  if (move.type === 'summary') return 'summary';
  if (move.type === 'end') return `end ${move.agent.number}`;
  return `${move.transfer} ${move.transition} ${move.agent.number}`;
}

/** The same words, read from what is sent. */
function sentInWords(event: Record<string, unknown>): string {
  if (event.name === 'TRIGGER_SUMMARY_EVENT') return 'summary';
  const { identity } = event.participant as { identity: string };
  const agent = identity.replace('agent-', '');
  if (event.name === 'END_OF_CONVERSATION') return `end ${agent}`;
  return `${event.transfertype} ${event.transition} ${agent}`;
}

function started(): Conversation {
  const dialect = { ...defaultDialect, transferTypeCase: 'lower' } as const;
  return new Conversation({ conversationId: 'c-12345', botId: 'st-XXXX' }, 'voice', dialect);
}

suite('Flows', () => {
  for (const [name, order] of Object.entries(documented)) {
    const moves: EventMove[] = flows[name as FlowName];

    test(`${name} has the documented order`, () => assert.equal(moves.map(describeMove).join(', '), order));

    test(`${name} is sent in that order, in well-formed bodies of one conversation (HOOKS-ENV-02)`, () => {
      const conversation = started();
      const bodies = moves.map((move) => conversation.move(move).body);
      assert.equal(bodies.map(({ events }) => sentInWords(events![0]!)).join(', '), order);
      assert.deepEqual(bodies.flatMap(hooksBodyProblems), []);
      assert.ok(bodies.every((body) => body.conversationId === 'c-12345' && body.events?.length === 1));
    });
  }

  test('a conversation with messages has one of each author between entry and exit', () => {
    const conversation = started();
    const bodies = flowsWithMessages['a conversation with messages'].map(
      (move) => conversation.move(move).body,
    );
    assert.deepEqual(
      bodies.map(({ events, author }) => (events ? sentInWords(events[0]!) : author?.type)),
      ['NA entry 1', 'USER', 'AGENT', 'NA exit 1', 'end 1'],
    );
    assert.deepEqual(bodies.flatMap(hooksBodyProblems), []);
  });

  test('each flow is compared', () => assert.deepEqual(Object.keys(flows), Object.keys(documented)));
});

suite('A request has a label for the reader', () => {
  test('from its content and its place in the conversation', () => {
    const conversation = started();
    const labels = [
      conversation.transfer('cold', 'entry', { number: 2 }).label,
      conversation.message({ text: 'Hello', author: 'USER' }).label,
      conversation.summary().label,
      conversation.end().label,
    ];
    assert.deepEqual(labels, [
      'cold entry of Agent 2, 1st request of conversation c-12345',
      'user message, 2nd request of conversation c-12345',
      'TRIGGER_SUMMARY_EVENT, 3rd request of conversation c-12345',
      'END_OF_CONVERSATION, 4th request of conversation c-12345',
    ]);
  });

  test('with the English ordinal, whatever the number', () => {
    const conversation = started();
    const labels = Array.from({ length: 113 }, () => conversation.summary().label);
    for (const ordinal of [
      '11th',
      '12th',
      '13th',
      '21st',
      '22nd',
      '23rd',
      '30th',
      '101st',
      '111th',
      '113th',
    ]) {
      const label = labels[Number.parseInt(ordinal, 10) - 1];
      assert.ok(label?.includes(`, ${ordinal} request`), label);
    }
  });

  test('with all events of its body', () => {
    const conversation = started();
    const events = [conversation.transferEvent('NA', 'exit', { number: 3 }), conversation.endEvent()];
    const { label } = conversation.message({ text: 'Bye', author: 'AGENT' }, events);
    assert.match(label, /^agent message \+ NA exit of Agent 3 \+ END_OF_CONVERSATION, 1st/);
  });

  test('the agent who joined or left last ends the conversation', () => {
    const conversation = started();
    conversation.transfer('NA', 'entry', { number: 1 });
    conversation.transfer('warm', 'entry', { number: 4 });
    assert.equal(sentInWords(conversation.end().body.events![0]!), 'end 4');
  });
});
