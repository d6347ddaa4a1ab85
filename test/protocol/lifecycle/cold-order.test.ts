// The order of a cold transfer at a tenant that takes either: entry first, or exit first.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { rulesFor } from '../../../src/protocol/lifecycle/rule-set.ts';
import { newConversation } from '../../../src/protocol/lifecycle/state.ts';
import { ConversationTracker } from '../../../src/protocol/lifecycle/tracker.ts';
import { stepsIn } from './judged.ts';

function broken(text: string): string[] {
  const tracker = new ConversationTracker(newConversation, rulesFor({ coldOrder: 'either' }));
  return stepsIn(text).flatMap((step, event) =>
    tracker
      .take({ steps: [{ step, event }] })
      .breaches.map(({ finding }) => `${finding.requirement}: ${finding.message}`),
  );
}

suite('Either order of a cold transfer', () => {
  for (const kept of [
    'NA entry 1, cold exit 1, cold entry 2, NA exit 2, end',
    'NA entry 1, cold entry 2, cold exit 1, NA exit 2, end',
    'NA entry 1, cold entry 2, message, cold exit 1, cold exit 2, cold entry 3, NA exit 3, end',
  ])
    test(`is right: ${kept}`, () => assert.deepEqual(broken(kept), []));

  test('needs somebody who is replaced', () => {
    assert.deepEqual(broken('NA entry 1, NA exit 1, cold entry 2, NA exit 2, end'), [
      'HOOKS-SEQ-07: Agent 2 ("agent-2") joins by cold transfer, but nobody left with cold exit before: the last one left with NA exit',
    ]);
  });

  test('needs the exit of whoever was replaced, before the end', () => {
    const [first] = broken('NA entry 1, cold entry 2, NA exit 2, end');
    assert.equal(
      first,
      'HOOKS-SEQ-07: Agent 1 ("agent-1") was replaced by cold transfer, and did not leave with cold exit before END_OF_CONVERSATION',
    );
    const [both] = broken('NA entry 1, warm entry 2, cold entry 3, NA exit 3, end');
    assert.match(
      both!,
      /^HOOKS-SEQ-07: Agent 1 \("agent-1"\) and Agent 2 \("agent-2"\) were replaced by cold transfer, and did not/,
    );
  });

  test('says nothing of who was replaced where events cannot be read', () => {
    const found = broken('NA entry 1, cold entry 2, unclear, NA exit 2, end');
    assert.deepEqual(
      found.filter((message) => message.includes('replaced')),
      [],
    );
  });
});
