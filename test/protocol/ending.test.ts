// From wherever a conversation stands, the events that are missing bring it to an end that breaks no rule.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { endOf, eventsToEnd } from '../../src/protocol/ending.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { type EventMove, flows } from '../../src/protocol/flows.ts';
import { describeStep, placedStepsOf } from '../../src/protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../src/protocol/lifecycle/tracker.ts';

/** What ends a conversation after these moves, in words; it must not break a rule, and must leave nothing missing. */
function endAfter(moves: readonly EventMove[]): string {
  const envelope = { conversationId: 'c', botId: 'b' };
  const conversation = new Conversation(envelope, 'voice', { ...defaultDialect });
  const tracker = new ConversationTracker();
  const take = (events: object[]) => tracker.take({ steps: placedStepsOf({ events }) });
  for (const move of moves) take([conversation.moveEvent(move)]);
  const events = eventsToEnd(conversation, tracker.state);
  if (events.length === 0) return '';
  assert.deepEqual(take(events).breaches, []);
  assert.deepEqual(tracker.missing, []);
  return placedStepsOf({ events })
    .map(({ step }) => describeStep(step).replace(/ \(.*/, ''))
    .join(', ');
}

suite('What ends a conversation', () => {
  for (const [name, moves] of Object.entries(flows)) {
    test(`after each event of ${name}`, () => {
      for (let length = 0; length <= moves.length; length += 1) endAfter(moves.slice(0, length));
      assert.equal(endAfter([]), '', 'nothing has begun');
      assert.equal(endAfter(moves), '', 'it has ended');
    });
  }

  test('after an entry: exit and end', () => {
    const [entry] = flows['the minimum conversation'];
    assert.equal(endAfter([entry!]), 'NA exit of Agent 1, END_OF_CONVERSATION');
  });

  test('with several agents: all leave, the last one with NA exit', () => {
    const said = endAfter(flows['the warm transfer flow'].slice(0, 3));
    assert.equal(said, 'warm exit of Agent 1, warm exit of Agent 2, NA exit of Agent 3, END_OF_CONVERSATION');
  });

  test('after a cold exit: the next agent takes over first', () => {
    const said = endAfter(flows['the cold transfer flow'].slice(0, 2));
    assert.equal(said, 'cold entry of Agent 2, NA exit of Agent 2, END_OF_CONVERSATION');
  });

  test('after a redial: the summary too, once', () => {
    const redial = flows['the redial flow'];
    assert.equal(
      endAfter(redial.slice(0, 3)),
      'NA exit of Agent 1, TRIGGER_SUMMARY_EVENT, END_OF_CONVERSATION',
    );
    assert.equal(endAfter(redial.slice(0, 5)), 'END_OF_CONVERSATION');
  });
});

suite('What ends a conversation of which only the bodies are known', () => {
  const envelope = { conversationId: 'c', botId: 'b' };
  /** Its agents have identities and names that no builder gives them. */
  const foreign = (conversation: Conversation, moves: readonly EventMove[]) =>
    moves.map((move) => {
      const { body } = conversation.move(move);
      return JSON.parse(JSON.stringify(body).replaceAll('agent-', 'ext').replaceAll('Agent ', 'Zoë '));
    });

  for (const [name, moves] of Object.entries(flows)) {
    test(`after each event of ${name}: the same, by the same agents`, () => {
      for (let length = 1; length <= moves.length; length += 1) {
        const conversation = new Conversation(envelope, 'chat', { ...defaultDialect });
        const bodies = foreign(conversation, moves.slice(0, length));
        const tracker = new ConversationTracker();
        for (const body of bodies) tracker.take({ steps: placedStepsOf(body) });
        const { events } = endOf(bodies, { ...defaultDialect });
        if (length === moves.length) assert.deepEqual(events, []);
        else assert.deepEqual(tracker.take({ steps: placedStepsOf({ events }) }).breaches, []);
        assert.deepEqual(tracker.missing, []);
        for (const event of events) if ('experience' in event) assert.equal(event.experience, 'chat');
      }
    });
  }
});
