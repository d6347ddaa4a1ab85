import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsOf, type Sequence } from '../../src/protocol/controls/sequence.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { plainAgents } from '../../steps/other-agents.ts';

/** The agents of a conversation of three, whose identities are these, once they are others. */
function others(...identities: string[]): string[] {
  const dialect = {
    transferTypeCase: 'upper',
    isExtAdAs: 'boolean',
    customFields: 'left out',
    transferLanguage: 'sent',
  } as const;
  const conversation = new Conversation({ conversationId: 'c', botId: 'st-1' }, 'voice', dialect);
  const bodies = identities.map((identity, at) => {
    const { body } = conversation.transfer(at === 0 ? 'NA' : 'warm', 'entry', { number: at + 1 });
    return JSON.parse(JSON.stringify(body).replace(`agent-${at + 1}`, identity));
  });
  const sequence: Sequence = { bodies };
  return plainAgents(sequence, 100).bodies.flatMap((body) =>
    eventsOf(body).flatMap((event) => ('participant' in event ? [event.participant.identity] : [])),
  );
}

test('agents keep their numbers', () => {
  assert.deepEqual(others('agent-1', 'agent-7', 'agent-3'), ['agent-101', 'agent-107', 'agent-103']);
});

test('two agents stay two, where their identities end in the same number', () => {
  const sip = (number: number) => `sip:100${number}@pbx.example.com:5060;transport=tls`;
  assert.deepEqual(others(sip(1), sip(2), sip(1)), ['agent-101', 'agent-102', 'agent-101']);
});
