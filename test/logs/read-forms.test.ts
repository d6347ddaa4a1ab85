// The forms that a line of a log may have.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asLines, foundIn, inShort, requestOf, requestsIn } from './logs.ts';

const body = { conversationId: 'c-1', botId: 'st-1', events: [{ name: 'TRIGGER_SUMMARY_EVENT' }] };
const hooks = 'https://tenant.example/agentassist/api/v1/hooks/st-1';
const noRequest = 'JSON, but not a hooks request: it has none of conversationId, botId, events and query';

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

  for (const [what, headers] of [
    [
      'pairs',
      [
        ['Token', 't'],
        ['HOST', 'h'],
        ['via', 'a'],
        ['Via', 'b'],
      ],
    ],
    ['names and values in turn', ['Token', 't', 'HOST', 'h', 'via', 'a', 'Via', 'b', 'odd']],
    [
      'the objects of a HAR',
      [
        { name: 'Token', value: 't' },
        { name: 'HOST', value: 'h' },
        { name: 'Via', value: ['a', 'b'] },
        null,
        7,
      ],
    ],
  ] as const) {
    test(`with headers as ${what}`, async () => {
      const { headers: read } = await requestOf({ headers, body });
      assert.deepEqual(read, { token: 't', host: 'h', via: 'a, b' });
    });
  }

  test('with a method in lower case', async () => {
    assert.equal((await requestOf({ method: 'post', body })).method, 'POST');
  });

  for (const [given, time] of [
    [1_790_000_000_123, 1_790_000_000_123],
    [1_790_000_000.5, 1_790_000_000_500],
    ['1790000000', 1_790_000_000_000],
    ['2026-11-21T15:00:00.250Z', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['2026-11-21T15:00:00+01:00', Date.UTC(2026, 10, 21, 14)],
    ['2026-11-21 15:00:00,250', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['2026-11-21T15:00:00.123456', Date.UTC(2026, 10, 21, 15, 0, 0, 0) + 123.456],
    ['2026-11-21T15:00:00.123456789Z', Date.UTC(2026, 10, 21, 15, 0, 0, 0) + 123.456789],
    ['2026-11-21 15:00:00 +0200', Date.UTC(2026, 10, 21, 13)],
    ['2026-11-21 15:00:00.250 -05:30', Date.UTC(2026, 10, 21, 20, 30, 0, 250)],
    ['2026-11-21 15:00:00 UTC', Date.UTC(2026, 10, 21, 15)],
    ['2026-11-21T15:00:00+01', Date.UTC(2026, 10, 21, 14)],
    ['2026-11-21T15:00:00.250+01:00[Europe/Berlin]', Date.UTC(2026, 10, 21, 14, 0, 0, 250)],
    ['2026/11/21 15:00:00', Date.UTC(2026, 10, 21, 15)],
    ['20261121T150000Z', Date.UTC(2026, 10, 21, 15)],
    ['21/Nov/2026:15:00:00 +0100', Date.UTC(2026, 10, 21, 14)],
    ['Sat Nov 21 15:00:00 2026', Date.UTC(2026, 10, 21, 15)],
    ['Nov 21, 2026 3:00:00.250 PM', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['Nov 21, 2026 @ 15:00:00.250', Date.UTC(2026, 10, 21, 15, 0, 0, 250)],
    ['21 Nov 2026 15:00:00 EST', Date.UTC(2026, 10, 21, 20)],
    [{ epochSecond: 1_790_000_000, nanoOfSecond: 500_000_000 }, 1_790_000_000_500],
    [{ $date: '2026-11-21T15:00:00Z' }, Date.UTC(2026, 10, 21, 15)],
    [{ $date: { $numberLong: '1790000000123' } }, 1_790_000_000_123],
    [1_790_000_000_123_000, 1_790_000_000_123],
    [1_790_000_000_123_000_000, 1_790_000_000_123],
    ['1790000000123000', 1_790_000_000_123],
    ['1790000000123000000', 1_790_000_000_123],
    ['Sun, 01 Mar 2026 10:00:10 GMT', Date.UTC(2026, 2, 1, 10, 0, 10)],
    ['Sun, 1 Mar 2026 10:00:10 +0200 (EET)', Date.UTC(2026, 2, 1, 8, 0, 10)],
    ['1 Mar 2026 10:00', Date.UTC(2026, 2, 1, 10)],
  ] as const) {
    test(`with ${JSON.stringify(given)} as its time`, async () => {
      assert.deepEqual(await requestOf({ time: given, body }), { body, time });
    });
  }

  for (const given of [
    'yesterday',
    '2026-13-41T99:00:00Z',
    'Sun, 01 Mar 2026 99:00:10 GMT',
    'Nov 21 15:00:00',
    '2026-11-21',
    '21 Foo 2026 15:00:00',
    '01 Mar 2026 10:00:10 XYZ',
    -1,
    0,
    1e300,
    true,
    {},
  ]) {
    test(`with ${JSON.stringify(given)} as its time, which cannot be read`, async () => {
      const otherTimes = typeof given === 'string' ? { otherTimes: { '.time': given } } : {};
      assert.deepEqual(await requestOf({ time: given, body }), { body, timeUnread: true, ...otherTimes });
    });
  }

  for (const given of [null, '']) {
    test(`with ${JSON.stringify(given)} as its time, which means that it has none`, async () => {
      assert.deepEqual(await requestOf({ time: given, body }), { body });
    });
  }

  for (const [given, status] of [
    [{ status: 200 }, 200],
    [{ status: '409' }, 409],
    [{ answer: { status: 503 } }, 503],
    [{ answer: { status: 503 }, failure: { kind: 'busy' } }, 503],
    [{ answer: { statusCode: 400 } }, 400],
    [{ answer: { code: 400, message: 'Bad Request' } }, 400],
    [{ answer: '{"code":400,"message":"Bad Request"}' }, 400],
    [{ answer: { body: { code: 400 } } }, 400],
    [{ answer: { body: '{"code":400}' } }, 400],
    [{ status: 200, answer: { body: { code: 400 } } }, 200],
    [{ status: null, answer: { code: 409 } }, 409],
    [{ answer: { code: 40 } }, undefined],
    [{ answer: { code: 600 } }, undefined],
    [{ answer: { code: 400.5 } }, undefined],
    [{ answer: { code: 'ECONNRESET' } }, undefined],
    [{ answer: '"code" of not JSON' }, undefined],
    [{ answer: { body: '{"STATUS":"SUCCESS"}' } }, undefined],
    [{ status: null }, 0],
    [{ status: 0 }, 0],
    [{ answer: { statusCode: 0 } }, 0],
    [{ answer: null }, 0],
    [{ answer: { status: 0 } }, 0],
    [{ error: 'ECONNRESET' }, 0],
    [{ failure: { kind: 'reset' } }, 0],
    [{ error: null }, undefined],
    [{ error: { message: 'Request failed with status code 401', response: { status: 401 } } }, 401],
    [{ error: { message: 'Unauthorized', status: 401 } }, 401],
    [{ status: null, error: { cause: { statusCode: '503' } } }, 503],
    [{ failure: { code: 401, message: 'bad token' } }, 401],
    [{ error: 'Request failed with status code 401' }, 401],
    [{ error: { name: 'HTTPError', message: 'Response code 409 (Conflict)' } }, 409],
    [{ error: 'HttpClientErrorException$Unauthorized: 401 Unauthorized: "{}"' }, 401],
    [{ error: '503 Server Error: Service Unavailable for url: https://h/hooks' }, 503],
    [{ error: 'Response status code does not indicate success: 401 (Unauthorized).' }, 401],
    [{ error: 'Unauthorized' }, 401],
    [{ error: { code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 10.0.0.1:443' } }, 0],
    [{ error: 'request to http://hooks.example:443/ failed, reason: connect ECONNREFUSED 127.0.0.1:443' }, 0],
    [{ error: 'no response within 300 ms' }, 0],
    [{ error: 'timeout of 500ms exceeded' }, 0],
    [{ status: 'OK' }, undefined],
    [{}, undefined],
  ] as const) {
    test(`with ${JSON.stringify(given)} of its answer`, async () => {
      const { refusal: _, ...read } = await requestOf({ body, ...given });
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
      '1 skipped the body is incomplete: it was cut when it was recorded',
    ]);
  });
});

suite('A line that cannot be judged has its number and a reason', () => {
  for (const [what, line, reason] of [
    ['not JSON', 'token=eyJhbGciOi', "not JSON: Unexpected token 'o'"],
    ['a secret in not JSON', '"eyJhbGciOi.x.y', 'not JSON: Unterminated string at position 15'],
    ['control sequences for a terminal', '\u001b[2Jx', "not JSON: Unexpected token '�'"],
    ['the start of a document', '{', "not JSON: Expected property name or '}' at position 1"],
    [
      'something after the JSON',
      '{} {}',
      'not JSON: Unexpected non-whitespace character after JSON at position 3',
    ],
    ['a bare word', 'undefined', 'not JSON: it does not begin like JSON'],
    ['NUL bytes', '\0\0{"query":""}', 'not JSON: it has NUL bytes, the first as character 1'],
    ['a record that names an event', '{"sent":"END_OF_CONVERSATION"}', noRequest],
    [
      'a hooks body that is not JSON',
      asLines({ url: hooks, body: 'a=b' }).trim(),
      "the body is not JSON: Unexpected token 'a'",
    ],
    [
      'a hooks body that is not an object',
      asLines({ url: hooks, body: '[]' }).trim(),
      'the body is JSON, but not an object',
    ],
    ['a hooks call without a body', asLines({ url: hooks, method: 'POST' }).trim(), 'no body was recorded'],
    ['an exchange without a body', '{"method":"POST","body":null}', 'no body was recorded'],
  ] as const) {
    test(what, async () => {
      const found = await foundIn(`${asLines(body)}\n${line}\n${asLines(body)}`);
      assert.deepEqual(inShort(found), ['1 request', `3 skipped ${reason}`, '4 request']);
    });
  }

  for (const line of ['7', '[]', '{"level":"info"}', '{"body":{"level":"info"}}']) {
    test(`JSON of another kind does not count: ${line}`, async () => {
      assert.deepEqual(inShort(await foundIn(`${asLines(body)}${line}\n`)), ['1 request', 'other']);
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
