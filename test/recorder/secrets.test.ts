// What is redacted in the texts of an exchange before they are recorded, and what stays.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { knownSecrets, redactFor } from '../../src/recorder/record/secrets.ts';
import { token } from '../tenant/ends.ts';

interface Given {
  headers?: Record<string, string>;
  url?: string;
  answerHeaders?: Record<string, string>;
}

function redacting({ headers = {}, url = 'http://r/x', answerHeaders = {} }: Given, secret = '') {
  const request = { method: 'POST', url, headers };
  const answer = { status: 200, headers: answerHeaders, body: '' };
  return redactFor({ request, startedAt: 1, durationMs: 1, attempts: 1, answer }, knownSecrets(secret));
}

describe('by value, wherever it is', () => {
  const values: [name: string, given: Given, secrets: string[]][] = [
    [
      'one of several tokens',
      { headers: { token: 'first-token-1, second-token-2' } },
      ['first-token-1', 'second-token-2'],
    ],
    ['an unusual scheme', { headers: { authorization: 'ApiKey key-0123456' } }, ['key-0123456']],
    [
      'the parameters of a scheme',
      { headers: { authorization: 'Digest uri="/before-this", response="6629fae49393a05"' } },
      ['6629fae49393a05'],
    ],
    [
      'the password of Basic',
      { headers: { authorization: `Basic ${btoa('me:pass-word-1')}` } },
      ['pass-word-1'],
    ],
    ['cookies', { headers: { cookie: 'a=1; session=sess-7f3a9c' } }, ['sess-7f3a9c']],
    [
      'cookies of the answer',
      { answerHeaders: { 'set-cookie': 'sid=sess-1234; Path=/, x=other-5678' } },
      ['sess-1234', 'other-5678'],
    ],
    ['a key header', { headers: { 'x-api-key': 'key-0123456' } }, ['key-0123456']],
    [
      'a parameter of the URL',
      { url: 'http://r/x?client_secret=some%2Fsecret' },
      ['some/secret', 'some\\/secret'],
    ],
    [
      'slashes that JSON may escape',
      { headers: { auth: 'opaque/with/slashes' } },
      ['opaque/with/slashes', 'opaque\\/with\\/slashes'],
    ],
  ];
  for (const [name, given, secrets] of values) {
    test(name, () => {
      const redact = redacting(given);
      for (const secret of secrets) {
        const clean = redact(`before ${secret} after`);
        assert.ok(!clean.includes(secret), clean);
        assert.match(clean, /^before \S.* after$/);
      }
    });
  }

  test('the client secret, with the slashes of JSON', () => {
    const clean = redacting({}, 'client/secret/1')('a client\\/secret\\/1 b client/secret/1');
    assert.equal(clean, 'a <client secret> b <client secret>');
  });
});

describe('by name', () => {
  const names: [text: string, clean: string][] = [
    ['http://r/x?token=a&b=1&api_key=k%20e#f', 'http://r/x?token=<redacted>&b=1&api_key=<redacted>#f'],
    [
      'http://r/x?apikey=1&access_token=2&Secret=3',
      'http://r/x?apikey=<redacted>&access_token=<redacted>&Secret=<redacted>',
    ],
    ['client_secret=abc&grant=x', 'client_secret=<redacted>&grant=x'],
    ['{"token":"a\\"b","other":"c"}', '{"token":"<redacted>","other":"c"}'],
    ['{"clientSecret" : "a\\\\","b":"c"}', '{"clientSecret" : "<redacted>","b":"c"}'],
    [
      '{"client_secret":"x","apikey":"y","password":12}',
      '{"client_secret":"<redacted>","apikey":"<redacted>","password":"<redacted>"}',
    ],
    ['{"in":"{\\"token\\":\\"a\\\\\\"b\\",\\"c\\":1}"}', '{"in":"{\\"token\\":\\"<redacted>\\",\\"c\\":1}"}'],
    ['{"password":"not closed', '{"password":"<redacted>'],
  ];
  for (const [text, clean] of names) {
    test(text, () => assert.equal(redacting({})(text), clean));
  }

  test('in a text of megabytes', () => {
    const long = 'x'.repeat(20_000_000);
    assert.equal(redacting({})(`{"token":"${long}","b":1}`), '{"token":"<redacted>","b":1}');
  });
});

describe('what stays', () => {
  const staying = [
    '{"conversationId":"token","author":"secret","text":"my password: none"}',
    'http://r/x?monkey=1&botSessionId=b&accountid=3',
    '{"token":"","password":null}',
    '{"tokens":"a","secretary":"b"}',
  ];
  for (const text of staying) test(text, () => assert.equal(redacting({})(text), text));

  test('the path that a scheme names', () => {
    const redact = redacting({
      headers: { authorization: 'Digest uri="/agentassist/x", nonce="0123456789"' },
    });
    assert.equal(redact('/agentassist/x 0123456789'), '/agentassist/x <redacted>');
  });

  test('what the protocol says, though a cookie or a key says it too; the rest of that cookie goes', () => {
    const url = '/agentassist/api/v1/hooks/st-1a2b3c4d';
    const event = '"name":"INTERNAL_TRANSFER_EVENT","data":{"participant":{"identity":"agent.0001"}}';
    const body = `{"conversationId":"conv-12345678","events":[{${event}}],"text":"st-sess-9999 agentX0001"}`;
    const cookie =
      'conv=conv-12345678; a=st-1a2b3c4d; b=agentassist; c=participant; d=INTERNAL_TRANSFER_EVENT';
    const headers = { cookie: `${cookie}; e=st-sess-9999; f=agentX0001`, 'x-api-key': 'agent.0001' };
    const request = { method: 'POST', url, headers, body };
    const answer = { status: 200, headers: { 'set-cookie': 'conv=conv-12345678; Path=/' }, body: '' };
    const redact = redactFor({ request, startedAt: 1, durationMs: 1, attempts: 1, answer }, knownSecrets());
    assert.equal(redact(url), url);
    assert.equal(redact(body), body.replace('st-sess-9999 agentX0001', '<redacted> <redacted>'));
  });

  test('what is wrong with a token, and that one was there', () => {
    const redact = redacting({ headers: { token: `Bearer ${token}` }, url: `http://r/x?token=${token}` });
    assert.equal(redact(`Bearer ${token}`), 'Bearer $TENANT_JWT');
    assert.equal(redact(`http://r/x?token=${token}`), 'http://r/x?token=$TENANT_JWT');
  });
});
