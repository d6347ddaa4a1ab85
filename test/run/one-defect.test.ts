// That the search for a second defect finds one.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../src/protocol/conversation.ts';
import { unknownBotId } from '../../src/protocol/endpoints.ts';
import { defaultDialect } from '../../src/protocol/events.ts';
import { withDefect } from '../../src/protocol/mutations.ts';
import type { SentExchange } from '../../src/verdict/scenario-record.ts';
import { furtherDefects } from './one-defect.ts';

const { body } = new Conversation({ conversationId: 'c', botId: 'st-1' }, 'voice', defaultDialect).end();
const message = new Conversation({ conversationId: 'c', botId: 'st-1' }, 'voice', defaultDialect).message({
  text: 'Hello',
  author: 'USER',
}).body;
const json = { 'content-type': 'application/json', token: '$TENANT_JWT' };

function sent(
  sentBody: object | undefined,
  more: Partial<SentExchange['request']> = {},
  token?: string,
): SentExchange {
  const request = { method: 'POST', url: 'http://t/hooks/st-1', headers: json, ...more };
  const whole = sentBody === undefined ? request : { ...request, body: JSON.stringify(sentBody) };
  return { label: '', request: whole, startedAt: 0, durationMs: 0, attempts: 1, ...(token ? { token } : {}) };
}

const twin = sent(body);
const without = (field: string, from: object = body) => withDefect(from, field, { kind: 'left out' });

suite('One defect', () => {
  const cases: Record<string, SentExchange> = {
    'a field left out': sent(without('reason')),
    'an object left empty': sent(withDefect(body, 'participant', { kind: 'empty' })),
    'a list left empty': sent(withDefect(body, 'events', { kind: 'empty' })),
    'a message that lacks a field beside an event': sent(without('language', { ...message, ...body })),
    'another method, without the body': sent(undefined, { method: 'GET' }),
    'another content type': sent(body, { headers: { ...json, 'content-type': 'text/plain' } }),
    'another token': sent(body, {}, 'an unsigned token'),
    'a token in another header': sent(
      body,
      { headers: { 'content-type': 'application/json', authorization: '<a token>' } },
      'a token signed with another secret in the header Authorization',
    ),
    'a token in the query': sent(
      body,
      {
        url: 'http://t/hooks/st-1?token=<a token>',
        headers: { 'content-type': 'application/json' },
      },
      'a token signed with another secret in the query',
    ),
    'an unknown bot': sent({ ...body, botId: unknownBotId }, { url: `http://t/hooks/${unknownBotId}` }),
  };
  for (const [name, faulty] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(furtherDefects(faulty, twin), []));
  }
});

suite('More than one', () => {
  const cases: Record<string, SentExchange> = {
    'two fields': sent(without('language', without('reason'))),
    'a field and the content type': sent(without('reason'), {
      headers: { ...json, 'content-type': 'text/plain' },
    }),
    'a message beside an event, and a field of that': sent(
      withDefect({ ...message, ...body }, 'reason', { kind: 'left out' }),
    ),
    'a field and the token': sent(without('reason'), {}, 'no token'),
    'another header and the token': sent(body, { headers: { ...json, accountid: 'a' } }, 'no token'),
    'another address and the token': sent(body, { url: 'http://t/hooks/st-1?x=1' }, 'no token'),
    'none at all': sent(body),
  };
  for (const [name, faulty] of Object.entries(cases)) {
    test(name, () => assert.match(furtherDefects(faulty, twin).join(), /^differs from its twin in /));
  }

  test('the twin has it too', () => {
    const wrongTwin = sent(without('reason'));
    assert.deepEqual(furtherDefects(sent(without('language', without('reason'))), wrongTwin), [
      'is wrong at /events/0/reason too, besides body/events/0/language',
    ]);
  });

  test('a queue without its type, beside an agent (X-24)', () => {
    const url = 'http://t/agentassist/api/v1/public/st-1/assign-conversation';
    const common = { callbackUrl: 'http://c/1', orgId: 'o', botSessionId: 's' };
    const both = { ...common, aId: 'a', queueId: 'q' };
    assert.deepEqual(furtherDefects(sent(both, { url }), sent({ ...common, aId: 'a' }, { url })), [
      'is wrong at /transferredType too, besides body/queueId',
    ]);
    const typed = { ...common, transferredType: 'QUEUE', queueId: 'q' };
    const faulty = sent({ ...typed, aId: 'a', callbackUrl: 'http://c/2' }, { url });
    assert.deepEqual(furtherDefects(faulty, sent(typed, { url })), []);
  });

  test('a list where an object has to be is a difference', () => {
    const faulty = sent({ ...body, events: { ...body.events } });
    assert.deepEqual(furtherDefects(faulty, twin), []);
  });
});
