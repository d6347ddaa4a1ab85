// A refusal breaks the requirement that the refused request is about.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { claimOf } from '../../src/protocol/claim-of-request.ts';
import { Conversation } from '../../src/protocol/conversation.ts';
import { defaultDialect } from '../../src/protocol/events.ts';

const conversation = new Conversation({ conversationId: 'c-1', botId: 'st-1' }, 'voice', defaultDialect);
const agent = { number: 1 };
const claims: RequirementId[] = [
  'HOOKS-SEQ-15',
  'HOOKS-SEQ-14',
  'HOOKS-SEQ-13',
  'HOOKS-RDL-01',
  'HOOKS-MSG-04',
  'HOOKS-SEQ-04',
];

suite('A refusal of', () => {
  const cases: [what: string, body: object, RequirementId][] = [
    ['NA entry', conversation.transfer('NA', 'entry', agent).body, 'HOOKS-SEQ-04'],
    ['warm entry', conversation.transfer('warm', 'entry', agent).body, 'HOOKS-SEQ-14'],
    ['cold exit', conversation.transfer('cold', 'exit', agent).body, 'HOOKS-SEQ-13'],
    ['redial', conversation.transfer('redial', 'entry', agent).body, 'HOOKS-RDL-01'],
    ['a message', conversation.message({ text: 'Hello', author: 'USER' }).body, 'HOOKS-MSG-04'],
    ['what no claim is about', conversation.summary().body, 'HOOKS-SEQ-15'],
    ['the end, which no claim is about', conversation.end().body, 'HOOKS-SEQ-15'],
    ['what cannot be read', { events: [{}] }, 'HOOKS-SEQ-15'],
  ];
  for (const [what, body, claim] of cases) {
    test(`${what} breaks ${claim}`, () => assert.equal(claimOf(claims, body), claim));
  }
});
