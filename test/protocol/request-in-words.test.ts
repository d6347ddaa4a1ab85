// What was in a request, in words: a finding says it, so that nobody takes one form for another.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { type Dialect, defaultDialect } from '../../src/protocol/events.ts';
import { bodyInWords } from '../../src/protocol/request-in-words.ts';

function conversation(
  dialect: Partial<Dialect> = {},
  experience: 'chat' | 'voice' = 'voice',
  external = true,
) {
  const envelope = { conversationId: 'c-1', botId: 'st-1' };
  return new Conversation(envelope, experience, { ...defaultDialect, ...dialect }, external);
}
const agent = { number: 1 };

suite('In words', () => {
  const cases: Record<string, object> = {
    'NA entry with language "fr" and isExtAD true, of a voice conversation': conversation().transfer(
      'NA',
      'entry',
      agent,
      'fr',
    ).body,
    'cold exit with isExtAD "false" and customFields, of a chat': conversation(
      { transferTypeCase: 'lower', isExtAdAs: 'string', transferLanguage: 'left out', customFields: 'sent' },
      'chat',
      false,
    ).transfer('cold', 'exit', agent).body,
    'TRIGGER_SUMMARY_EVENT with language "French" and locale "fr"': conversation().summary('French', 'fr')
      .body,
    'END_OF_CONVERSATION with reason "network_failure" and language "en", of a voice conversation':
      conversation().end({ reason: 'network_failure' }).body,
    'agent message with language "it" and source "nice", of a chat': conversation({}, 'chat').message({
      text: 'Ciao',
      author: 'AGENT',
      language: 'it',
      source: 'nice',
    }).body,
  };
  for (const [words, body] of Object.entries(cases)) {
    test(words, () => assert.equal(bodyInWords(body), words));
  }

  test('a message and an event in one body', () => {
    const talk = conversation({}, 'chat');
    const entry = talk.transferEvent('NA', 'entry', agent);
    const { body } = talk.message({ text: 'Hi', author: 'USER' }, [entry]);
    assert.match(bodyInWords(body), /^user message with .*, of a chat \+ NA entry with .*, of a chat$/);
  });

  test('anything else', () => {
    assert.equal(bodyInWords(undefined), 'a body that is no JSON object');
    assert.equal(bodyInWords({ events: [] }), 'a body without events');
    assert.equal(bodyInWords({ events: [{ name: 7, isExtAD: null }] }), '7 with isExtAD null');
  });
});
