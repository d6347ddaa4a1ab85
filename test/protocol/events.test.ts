// The builders make well-formed bodies in every dialect, in the spelling of the documents.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  type Dialect,
  defaultDialect,
  endEvent,
  eventsBody,
  message,
  messageBody,
  participant,
  summaryEvent,
  transferEvent,
} from '../../src/protocol/events.ts';
import { hooksBodyProblems } from '../../src/protocol/requests.ts';

const envelope = { conversationId: 'c-12345', botId: 'st-XXXX' };
const agent = { number: 2 };

/** Every combination of the values of each member. */
function combinations<T extends object>(choices: { [Key in keyof T]: readonly T[Key][] }): T[] {
  return Object.entries<readonly unknown[]>(choices).reduce<T[]>(
    (made, [key, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{} as T],
  );
}

const dialects = combinations<Dialect>({
  transferTypeCase: ['upper', 'lower'],
  isExtAdAs: ['boolean', 'string'],
  transferLanguage: ['sent', 'left out'],
  customFields: ['sent', 'left out'],
});

const transfers = combinations({
  transfer: ['NA', 'cold', 'warm', 'redial'] as const,
  transition: ['entry', 'exit'] as const,
  experience: ['chat', 'voice'] as const,
  externalDirectory: [true, false],
});

suite('Every dialect makes well-formed bodies', () => {
  for (const dialect of dialects) {
    test(Object.values(dialect).join(', '), () => {
      for (const details of transfers) {
        const event = transferEvent({ ...details, agent }, dialect);
        assert.deepEqual(hooksBodyProblems(eventsBody(envelope, [event])), []);
        assert.equal(event.transition, details.transition);
        assert.equal(event.experience, details.experience);
        assert.equal('language' in event, dialect.transferLanguage === 'sent');
        assert.equal(String(event.isExtAD), String(details.externalDirectory));
        assert.equal(typeof event.isExtAD, dialect.isExtAdAs);
      }
      for (const experience of ['chat', 'voice'] as const) {
        const end = endEvent({ agent, experience }, dialect);
        assert.deepEqual(hooksBodyProblems(eventsBody(envelope, [end, summaryEvent()])), []);
        assert.equal('customFields' in end.participant, dialect.customFields === 'sent');
      }
    });
  }

  test('each of the 16 is there', () =>
    assert.equal(new Set(dialects.map((one) => JSON.stringify(one))).size, 16));
});

suite('transfertype has the spelling of the documents (X-04, X-05)', () => {
  const spelling = {
    upper: { NA: 'NA', cold: 'COLD', warm: 'WARM', redial: 'redial' },
    lower: { NA: 'NA', cold: 'cold', warm: 'warm', redial: 'redial' },
  } as const;
  for (const transferTypeCase of ['upper', 'lower'] as const) {
    for (const transfer of ['NA', 'cold', 'warm', 'redial'] as const) {
      test(`${transfer} in ${transferTypeCase} case`, () => {
        const details = { transfer, transition: 'entry', agent, experience: 'voice' } as const;
        const event = transferEvent(details, { ...defaultDialect, transferTypeCase });
        assert.equal(event.transfertype, spelling[transferTypeCase][transfer]);
      });
    }
  }
});

suite('The forms of the documents, field by field', () => {
  const full: Dialect = { ...defaultDialect, customFields: 'sent' };
  const described = {
    identity: 'agent-2',
    name: 'Agent 2',
    type: 'agent',
    customFields: { agentEmail: 'agent-2@example.com', queueId: '1695', queueName: 'Conformance' },
  };

  test('participant, with the three custom fields of the Quality Module (HOOKS-XFER-11)', () => {
    assert.deepEqual(participant(agent, full), described);
  });

  test('INTERNAL_TRANSFER_EVENT', () => {
    const details = { transfer: 'cold', transition: 'exit', agent, experience: 'voice' } as const;
    assert.deepEqual(transferEvent(details, full), {
      name: 'INTERNAL_TRANSFER_EVENT',
      transfertype: 'COLD',
      transition: 'exit',
      isExtAD: true,
      language: 'en',
      experience: 'voice',
      participant: described,
    });
    assert.equal(transferEvent({ ...details, language: 'de' }, full).language, 'de');
  });

  test('TRIGGER_SUMMARY_EVENT', () => {
    const data = { language: 'English', locale: 'en', type: 'post' };
    assert.deepEqual(summaryEvent(), { name: 'TRIGGER_SUMMARY_EVENT', data });
    assert.deepEqual(summaryEvent('German', 'de').data, { language: 'German', locale: 'de', type: 'post' });
  });

  test('END_OF_CONVERSATION', () => {
    const details = { agent, experience: 'chat' } as const;
    assert.deepEqual(endEvent(details, full), {
      name: 'END_OF_CONVERSATION',
      reason: 'agent_initiated',
      language: 'en',
      experience: 'chat',
      participant: described,
    });
    const other = endEvent({ ...details, reason: 'customer_left', language: 'de' }, full);
    assert.deepEqual([other.reason, other.language], ['customer_left', 'de']);
  });
});

suite('Messages', () => {
  for (const author of ['USER', 'AGENT'] as const) {
    const made = message({ text: 'Price is too expensive', author, agent, experience: 'chat' });

    test(`of ${author}: the flag that is true agrees with the author (HOOKS-MSG-09)`, () => {
      assert.deepEqual(made, {
        query: 'Price is too expensive',
        agentId: 'agent-2',
        experience: 'chat',
        author: { type: author },
        source: 'genesys',
        sendUserMessage: author === 'USER',
        sendAgentMessage: author === 'AGENT',
        language: 'en',
      });
    });

    test(`of ${author}: alone, and together with events (HOOKS-MSG-10)`, () => {
      const alone = messageBody(envelope, made);
      const both = messageBody(envelope, made, [summaryEvent()]);
      assert.deepEqual(alone, { ...envelope, ...made });
      assert.deepEqual(both, { ...envelope, ...made, events: [summaryEvent()] });
      assert.deepEqual([...hooksBodyProblems(alone), ...hooksBodyProblems(both)], []);
    });
  }

  test('name another platform and language when asked to', () => {
    const details = { text: 'Hallo', author: 'USER', agent, experience: 'chat' } as const;
    const made = message({ ...details, source: 'cti', language: 'de' });
    assert.deepEqual([made.source, made.language], ['cti', 'de']);
  });
});
