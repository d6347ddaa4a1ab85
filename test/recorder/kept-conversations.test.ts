// What a recorder keeps of conversations that are over has a bound, however long they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptConversations } from '../../src/recorder/live/kept-conversations.ts';
import type { LiveConversation } from '../../src/recorder/live/live-check.ts';

function withSteps(count: number): LiveConversation {
  return { checked: { steps: Array.from({ length: count }) } } as unknown as LiveConversation;
}

test('the oldest are forgotten when there are too many, or too many steps', () => {
  const kept = new KeptConversations({ conversations: 16, steps: 100 });
  for (let number = 0; number < 17; number += 1) kept.set(`c-${number}`, withSteps(1));
  assert.deepEqual([kept.get('c-0'), kept.get('c-1')], [undefined, undefined]);
  assert.ok(kept.get('c-2'));
  kept.set('c-2', withSteps(80));
  kept.set('long', withSteps(99));
  assert.deepEqual([kept.get('c-16'), kept.get('c-2')], [undefined, undefined]);
  assert.ok(kept.get('long'), 'the newest stays');
});
