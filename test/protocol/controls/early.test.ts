// A refused event with less before it: well-formed, in its own form, and of the same agents.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { early, messagesOnly } from '../../../src/protocol/controls/early.ts';
import { lastOf, type Sequence } from '../../../src/protocol/controls/sequence.ts';
import { defaultDialect } from '../../../src/protocol/events.ts';
import { newConversation } from '../../../src/protocol/lifecycle/state.ts';
import { describeStep, placedStepsOf, stepsOf } from '../../../src/protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../../src/protocol/lifecycle/tracker.ts';
import { hooksBodyProblems } from '../../../src/protocol/requests.ts';
import { type Build, conversations, type Name, one, sequence, two } from './sequences.ts';

const first = (talk: Parameters<Build>[0]) => talk.transfer('NA', 'entry', one);
const talked: Build = (talk) => [
  first(talk),
  talk.message({ text: 'Hi', author: 'USER' }),
  talk.transfer('warm', 'entry', two),
  talk.message({ text: 'Hello', author: 'AGENT', agent: two }),
  talk.message({ text: 'Good morning', author: 'AGENT', agent: one }),
];

function told(found: Sequence | undefined): string[] | undefined {
  return found?.bodies.flatMap(stepsOf).map(describeStep);
}

suite('An event early in a conversation', () => {
  for (const name of Object.keys(conversations) as Name[]) {
    test(`breaks no rule and keeps its form: ${name}`, () => {
      const original = sequence(conversations[name]);
      const found = early(original, defaultDialect);
      if (stepsOf(lastOf(original)).length > 1) return assert.equal(found, undefined);
      assert.ok(found);
      assert.deepEqual(lastOf(found), lastOf(original));
      assert.deepEqual(found.bodies.flatMap(hooksBodyProblems), []);
      const tracker = new ConversationTracker(newConversation);
      const breaches = found.bodies.flatMap((body) => {
        const ruling = tracker.preview({ steps: placedStepsOf(body) });
        tracker.take({ steps: placedStepsOf(body) }, ruling);
        return ruling.breaches.map(({ rule }) => rule.clause);
      });
      assert.deepEqual(breaches, []);
    });
  }

  test('of a later agent comes while the first one is there', () => {
    const later = sequence((talk) => talked(talk).slice(0, 4));
    assert.deepEqual(told(early(later, defaultDialect)), [
      'NA entry of Agent 1 ("agent-1")',
      'warm entry of Agent 2 ("agent-2")',
      'message',
    ]);
  });
});

suite('Messages only', () => {
  test('are all of them, of the first agent', () => {
    const found = messagesOnly(sequence(talked))!;
    assert.deepEqual(told(found), ['NA entry of Agent 1 ("agent-1")', 'message', 'message', 'message']);
    const [, ...messages] = found.bodies;
    assert.deepEqual(
      messages.map(({ agentId }) => agentId),
      ['agent-1', 'agent-1', 'agent-1'],
    );
  });

  test('need a conversation that begins with NA entry', () => {
    assert.equal(messagesOnly(sequence(conversations['a redial that opens a conversation'])), undefined);
  });
});
