// Which calls in a log are requests to the hooks or to assign-conversation.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort, requestOf } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const hooks = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
const assign = 'https://tenant.example/agentassist/api/v1/assign-conversation';
const other = 'https://adapter.example';

suite('Which calls are requests', () => {
  for (const [what, record] of [
    ['a hooks URL, whatever its body lacks', { url: hooks, body: {} }],
    ['a hooks URL with doubled slashes', { url: 'https://tenant.example///api/v1/hooks/st-1', body: {} }],
    ['a hooks URL without a botId', { url: '/agentai/api/v1/hooks', body: {} }],
    ['another method with a body', { url: hooks, method: 'PUT', body }],
    ['an undocumented path of the hooks', { url: 'https://tenant.example/v2/hooks/st-1/events', body }],
    [
      'an event of ours, wherever it goes',
      { url: 'https://tenant.example/agentassist/api/v1/events/st-1', body },
    ],
    ['the same, as a text', { url: '/api/v1/events/st-1', body: JSON.stringify(body) }],
    [
      'a message of ours, wherever it goes',
      { url: '/api/v1/events', body: { conversationId: 'c-1', query: 'x', author: { type: 'USER' } } },
    ],
    ['an invalid URL', { url: 'http://', body }],
    ['assign-conversation', { url: assign, body: { orgId: 'o-1' } }],
    [
      'assign-conversation with all in its query',
      { url: `${assign}?callbackUrl=https://a/hooks/1`, method: 'POST' },
    ],
  ] as const) {
    test(what, async () => {
      const { url } = await requestOf(record);
      assert.equal(url, record.url);
    });
  }

  test('a message with a session: no callback has what a message has', async () => {
    const callback = { conversationId: 'c-1', sessionId: 's', status: 'accepted' };
    for (const name of ['author', 'language', 'source', 'sendUserMessage', 'sendAgentMessage', 'query'])
      assert.deepEqual(inShort(await foundIn(asLines({ ...callback, [name]: 'x' }))), ['1 request'], name);
    for (const session of ['sessionId', 'botSessionId']) {
      const record = { conversationId: 'c-1', [session]: 's', text: 'Hello' };
      assert.deepEqual(inShort(await foundIn(asLines(record))), ['1 request'], session);
    }
  });

  test('the own path of a tenant', async () => {
    const record = { url: 'https://tenant.example/own/path/st-1', body: {} };
    assert.deepEqual(await requestOf(record, { hooksPath: '/own/path' }), record);
    assert.deepEqual(inShort(await foundIn(asLines({ ...record, url: `${record.url}2` }))), ['other']);
  });

  for (const [what, record] of [
    [
      'a callback',
      {
        url: `${other}/outcome`,
        method: 'POST',
        body: { conversationId: 'c-1', sessionId: 's', status: 'accepted' },
      },
    ],
    [
      'a body like ours to another service',
      { url: `${other}/queue`, body: { ...body, events: [{ name: 'HELLO' }] } },
    ],
    [
      'the same without its conversation',
      { url: `${other}/queue`, body: { ...body, conversationId: undefined } },
    ],
    ['a question about a conversation', { url: `${other}/ask`, body: { conversationId: 'c-1', query: 'x' } }],
    ['a text about one', { url: `${other}/log`, body: 'conversation "conversationId" of mine' }],
    ['a list of ours', { url: `${other}/all`, body: JSON.stringify([body]) }],
    ['a look elsewhere', { url: 'http://', method: 'GET' }],
    ['webhooks of others', { url: 'https://other.example/hooks/1', method: 'POST', body: { events: [] } }],
    ['the same, not JSON', { url: 'https://other.example/hooks/1', method: 'POST', body: 'a=b' }],
    ['a callback alone', { conversationId: 'c-1', sessionId: 's', status: 'accepted' }],
    ['a preflight', { url: hooks, method: 'OPTIONS' }],
    ['a look at a hooks URL', { url: hooks, method: 'GET' }],
    ['a GET of something', { url: 'https://tenant.example/', method: 'GET' }],
  ] as const) {
    test(`not ${what}`, async () => {
      assert.deepEqual(inShort(await foundIn(asLines(record))), ['other']);
    });
  }
});
