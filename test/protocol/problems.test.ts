// What is wrong with a body that holds neither events nor a message.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { eventNames } from '../../src/protocol/event-table.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';

suite('A body without events', () => {
  const events = 'envelope: events is missing, and the body is not a message';
  const kindOf = (body: object) =>
    hooksBodyProblems(body).some(({ where, text }) => `${where}: ${text}` === events) ? 'neither' : 'message';

  for (const field of ['query', 'agentId', 'author', 'source', 'sendUserMessage', 'sendAgentMessage']) {
    test(`is a message that lacks something when it has ${field}`, () => {
      assert.equal(kindOf({ conversationId: 'c-1', [field]: '' }), 'message');
    });
  }

  test('is neither events nor a message otherwise', () => {
    assert.equal(kindOf({ conversationId: 'c-1', language: 'en' }), 'neither');
  });

  test('beside events, only query makes a message', () => {
    const ofMessage = (body: object) => hooksBodyProblems(body).filter(({ where }) => where === 'message');
    assert.deepEqual(ofMessage({ conversationId: 'c-1', events: [], agentId: 7 }), []);
    assert.notDeepEqual(ofMessage({ conversationId: 'c-1', events: [], query: 7 }), []);
  });

  test('an event whose name is not a text has one problem, which lists the names', () => {
    const problems = hooksBodyProblems({
      conversationId: 'c-1',
      events: [{ name: ['END_OF_CONVERSATION'] }],
    });
    assert.deepEqual(
      problems.filter(({ where }) => where === 'event').map(({ text }) => text),
      [`name is ["END_OF_CONVERSATION"], it must be one of ${eventNames.join(', ')}`],
    );
  });
});
