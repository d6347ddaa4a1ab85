// The forms that a line of a log may have, and which calls are requests of ours.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const hooks = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
const assign = 'https://tenant.example/agentassist/api/v1/assign-conversation';
const noRequest = 'JSON, but no hooks request: it has none of conversationId, botId, events and query';

async function requestOf(record: unknown, options = {}) {
  const found = await foundIn(asLines(record), options);
  assert.deepEqual(inShort(found), ['1 request']);
  return requestsIn(found)[0]!;
}

suite('A line is a body as documented', () => {
  for (const field of ['conversationId', 'botId', 'events', 'query']) {
    test(`when it has ${field}`, async () => {
      assert.deepEqual(await requestOf({ [field]: 'x' }), { body: { [field]: 'x' } });
    });
  }

  test('whatever else is in it', async () => {
    const text = '{"conversationId":"c-1","__proto__":{"url":"/nowhere"},"url":"/x","method":"GET"}';
    assert.deepEqual(requestsIn(await foundIn(text)), [{ body: JSON.parse(text) }]);
  });
});

suite('A line is a recorded exchange', () => {
  test('with all of its members', async () => {
    const record = { time: 1_790_000_000_000, method: 'POST', url: hooks, headers: {}, body, status: 200 };
    assert.deepEqual(await requestOf(record), record);
  });

  test('with a body alone, as an object or as a text', async () => {
    assert.deepEqual(await requestOf({ body }), { body });
    assert.deepEqual(await requestOf({ body: JSON.stringify(body) }), { body });
  });

  test('with header names of any case, values of several kinds, the same one twice', async () => {
    const headers = {
      'Content-Type': 'application/json',
      Via: ['a', 'b'],
      VIA: 'c',
      'Content-Length': 12,
      x: null,
    };
    const { headers: read } = await requestOf({
      headers: { ...headers, ':authority': 'h', __proto__: 'x' },
      body,
    });
    assert.deepEqual(read, {
      'content-type': 'application/json',
      via: 'a, b, c',
      'content-length': '12',
      ':authority': 'h',
    });
  });

  test('with a method in lower case', async () => {
    assert.equal((await requestOf({ method: 'post', body })).method, 'POST');
  });

  for (const [said, time] of [
    [1_790_000_000_123, 1_790_000_000_123],
    [1_790_000_000.5, 1_790_000_000_500],
    ['1790000000', 1_790_000_000_000],
    ['2026-11-21T15:00:00.250Z', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['2026-11-21T15:00:00+01:00', Date.UTC(2026, 10, 21, 14)],
    ['2026-11-21 15:00:00,250', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['2026-11-21T15:00:00.123456', Date.UTC(2026, 10, 21, 15, 0, 0, 123)],
    ['yesterday', undefined],
    ['2026-13-41T99:00:00Z', undefined],
    [null, undefined],
    [-1, undefined],
  ] as const) {
    test(`with ${JSON.stringify(said)} as its time`, async () => {
      assert.deepEqual(await requestOf({ time: said, body }), time === undefined ? { body } : { body, time });
    });
  }

  for (const [said, status] of [
    [{ status: 200 }, 200],
    [{ status: '409' }, 409],
    [{ answer: { status: 503 } }, 503],
    [{ answer: { status: 503 }, failure: { kind: 'busy' } }, 503],
    [{ status: null }, 0],
    [{ status: 0 }, 0],
    [{ answer: null }, 0],
    [{ answer: { status: 0 } }, 0],
    [{ error: 'ECONNRESET' }, 0],
    [{ failure: { kind: 'reset' } }, 0],
    [{ error: null }, undefined],
    [{ status: 'OK' }, undefined],
    [{}, undefined],
  ] as const) {
    test(`with ${JSON.stringify(said)} of its answer`, async () => {
      const read = await requestOf({ body, ...said });
      assert.deepEqual(read, status === undefined ? { body } : { body, status });
    });
  }
});

suite('A line is evidence of this harness', () => {
  const request = {
    method: 'POST',
    url: hooks,
    headers: { token: '<redacted>' },
    body: JSON.stringify(body),
  };
  const record = {
    scenario: { name: 's' },
    request,
    startedAt: 1_790_000_000_000,
    durationMs: 2,
    attempts: 1,
  };
  const read = { method: 'POST', url: hooks, headers: request.headers, body, time: record.startedAt };

  test('with an answer', async () => {
    assert.deepEqual(await requestOf({ ...record, answer: { status: 200, headers: {}, body: '' } }), {
      ...read,
      status: 200,
    });
  });

  test('without one', async () => {
    assert.deepEqual(await requestOf({ ...record, failure: { kind: 'DNS' } }), { ...read, status: 0 });
    assert.deepEqual(await requestOf(record), read);
  });

  test('with a body that was cut', async () => {
    const cut = { ...request, body: '{"conversationId":"c-1… (cut, 70000 characters)' };
    assert.deepEqual(inShort(await foundIn(asLines({ ...record, request: cut }))), [
      '1 skipped the body is not whole: it was cut when it was recorded',
    ]);
  });
});

suite('Which calls are requests', () => {
  for (const [what, record] of [
    ['a hooks URL, whatever its body lacks', { url: hooks, body: {} }],
    ['a hooks URL with doubled slashes', { url: 'https://tenant.example///api/v1/hooks/st-1', body: {} }],
    ['a hooks URL without a botId', { url: '/agentai/api/v1/hooks', body: {} }],
    ['another method with a body', { url: hooks, method: 'PUT', body }],
    ['an undocumented path of the hooks', { url: 'https://tenant.example/v2/hooks/st-1/events', body }],
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

  test('the path that a tenant has of its own', async () => {
    const record = { url: 'https://tenant.example/own/path/st-1', body: {} };
    assert.deepEqual(await requestOf(record, { hooksPath: '/own/path' }), record);
    assert.deepEqual(inShort(await foundIn(asLines({ ...record, url: `${record.url}2` }))), ['other']);
  });

  for (const [what, record] of [
    ['a callback', { url: 'https://adapter.example/outcome', method: 'POST', body: { sessionId: 's' } }],
    ['a body of ours to another service', { url: 'https://adapter.example/queue', method: 'POST', body }],
    ['webhooks of others', { url: 'https://other.example/hooks/1', method: 'POST', body: { events: [] } }],
    ['the same, no JSON', { url: 'https://other.example/hooks/1', method: 'POST', body: 'a=b' }],
    ['a preflight', { url: hooks, method: 'OPTIONS' }],
    ['a look at a hooks URL', { url: hooks, method: 'GET' }],
    ['a GET of something', { url: 'https://tenant.example/', method: 'GET' }],
  ] as const) {
    test(`not ${what}`, async () => {
      assert.deepEqual(inShort(await foundIn(asLines(record))), ['other']);
    });
  }
});

suite('What cannot be judged is told with its line', () => {
  for (const [what, line, reason] of [
    ['no JSON', 'token=eyJhbGciOi', "no JSON: Unexpected token 'o'"],
    ['a secret in no JSON', '"eyJhbGciOi.x.y', 'no JSON: Unterminated string at position 15'],
    ['a terminal’s orders', '\u001b[2Jx', "no JSON: Unexpected token '�'"],
    ['the start of a document', '{', "no JSON: Expected property name or '}' at position 1"],
    [
      'something after the JSON',
      '{} {}',
      'no JSON: Unexpected non-whitespace character after JSON at position 3',
    ],
    ['a bare word', 'undefined', 'no JSON: it does not begin like JSON'],
    ['NUL bytes', '\0\0{"query":""}', 'no JSON: there are NUL bytes in it, the first as character 1'],
    ['a number', '7', 'JSON, but no object'],
    ['a list', '[{"query":""}]', 'JSON, but no object'],
    ['another object', '{"level":"info"}', noRequest],
    ['an exchange with another object', '{"body":{"level":"info"}}', noRequest],
    [
      'a hooks body that is no JSON',
      asLines({ url: hooks, body: 'a=b' }).trim(),
      "the body is no JSON: Unexpected token 'a'",
    ],
    [
      'a hooks body that is no object',
      asLines({ url: hooks, body: '[]' }).trim(),
      'the body is JSON, but no object',
    ],
    ['a hooks call without a body', asLines({ url: hooks, method: 'POST' }).trim(), 'no body was recorded'],
    ['an exchange without a body', '{"method":"POST","body":null}', 'no body was recorded'],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(`\n${line}\n${asLines(body)}`);
      assert.deepEqual(inShort(found), [`2 skipped ${reason}`, '3 request']);
    });
  }

  test('JSON that is nested deeply, as a line and as a text in it', async () => {
    const deep = (levels: number) => `{"events":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const found = await foundIn(`${deep(900)}\n${deep(100_000)}\n${asLines({ body: deep(100_000) })}`);
    assert.deepEqual(inShort(found), [
      '1 request',
      '2 skipped nested more than 1000 levels deep',
      '3 skipped the body is nested more than 1000 levels deep',
    ]);
  });
});
