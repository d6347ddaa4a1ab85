import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationMemory } from '../../../src/protocol/lifecycle/conversation-memory.ts';

test('the conversation that was set longest ago is forgotten first', () => {
  const memory = new ConversationMemory<number>(2);
  memory.set('old', 1);
  memory.set('older', 2);
  memory.set('old', 3);
  memory.set('new', 4);
  assert.equal(memory.size, 2);
  assert.equal(memory.get('older'), undefined);
  assert.equal(memory.get('old'), 3);
  assert.equal(memory.get('new'), 4);
  assert.deepEqual([...memory.values()], [3, 4]);
});
