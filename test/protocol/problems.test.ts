// How a value is shown in a sentence: whole where it fits a line, and never as something a terminal would obey.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shown } from '../../src/protocol/problems.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';

suite('A value in a sentence', () => {
  const cases: [what: string, value: unknown, says: string][] = [
    ['nothing', undefined, 'undefined'],
    ['a text', 'a "b"', '"a \\"b\\""'],
    ['an object', { a: [1, null] }, '{"a":[1,null]}'],
    ['as much as fits', 'a'.repeat(58), `"${'a'.repeat(58)}"`],
    ['more than fits', 'a'.repeat(59), `"${'a'.repeat(56)}...`],
    ['a number beyond all bounds', JSON.parse('-1e999'), '-Infinity'],
    ['a list without a bottom', JSON.parse('['.repeat(9e4) + ']'.repeat(9e4)), '[[[...'],
    ['an object without a bottom', JSON.parse(`${'{"a":'.repeat(9e4)}1${'}'.repeat(9e4)}`), '{...'],
    ['what turns the direction of the text', 'a\u202eb\u200bc', '"a\ufffdb\ufffdc"'],
  ];
  for (const [what, value, says] of cases) test(what, () => assert.equal(shown(value), says));
});

suite('A body without events', () => {
  const events = 'envelope: events is missing, and the body is no message';
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

  test('an event whose name is no text is told so once, with what names there are', () => {
    const problems = hooksBodyProblems({
      conversationId: 'c-1',
      events: [{ name: ['END_OF_CONVERSATION'] }],
    });
    assert.deepEqual(
      problems.filter(({ where }) => where === 'event').map(({ text }) => text),
      [
        'name is ["END_OF_CONVERSATION"], it must be one of INTERNAL_TRANSFER_EVENT, TRIGGER_SUMMARY_EVENT, END_OF_CONVERSATION',
      ],
    );
  });
});
