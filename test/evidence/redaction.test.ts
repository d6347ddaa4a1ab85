// Redaction: what is kept, what is removed, and that the original stays unchanged.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf, redacted } from '../../src/evidence/redaction.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';
import { Signer } from '../../src/tenant/signer.ts';
import type { TokenKind } from '../../src/tenant/tokens.ts';

const secret = 'hunter2-hunter2';
const signer = new Signer('cs-1', secret);
const redact = (text: string) => signer.redact(text);
const token = signer.token('a valid token')!;

interface Parts {
  url?: string;
  headers?: Record<string, string>;
  body?: string;
  answerHeaders?: Record<string, string>;
  answerBody?: string;
  failure?: string;
}

function exchangeOf(parts: Parts): Exchange {
  const { url = 'http://tenant/hooks', headers = {}, body, answerHeaders = {}, answerBody, failure } = parts;
  return {
    request: { method: 'POST', url, headers, ...(body === undefined ? {} : { body }) },
    startedAt: 1_700_000_000_000,
    durationMs: 12.3,
    attempts: 1,
    ...(answerBody === undefined
      ? {}
      : { answer: { status: 200, headers: answerHeaders, body: answerBody } }),
    ...(failure === undefined
      ? {}
      : { failure: { kind: 'reset', code: 'TRANSPORT_RESET', message: failure } }),
  };
}

const shown = (parts: Parts) => redacted(exchangeOf(parts), redact);

suite('Headers', () => {
  test('of the allowlist are shown', () => {
    const open = {
      'content-type': 'application/json',
      'user-agent': 'agent-ai-conformance',
      accountid: '5f3c',
      'retry-after': '3',
      location: 'https://tenant/elsewhere',
    };
    const { request, answer } = shown({ headers: open, answerHeaders: open, answerBody: '' });
    assert.deepEqual(request.headers, open);
    assert.deepEqual(answer?.headers, open);
  });

  test('of any other name are shown without their values', () => {
    const headers = {
      authorization: 'Basic x',
      cookie: 'a=b',
      'x-api-key': 'k',
      'set-cookie': 'c',
      empty: '',
    };
    const { request, answer } = shown({ headers, answerHeaders: headers, answerBody: '' });
    const names = Object.fromEntries(Object.keys(headers).map((name) => [name, '<redacted>']));
    assert.deepEqual(request.headers, names);
    assert.deepEqual(answer?.headers, names);
  });

  test('with a token that is to be refused in another place name it, and show nothing else', () => {
    const kind = 'a token signed with another secret in a cookie';
    const value = signer.token(kind)!;
    const headers = { authorization: `Bearer ${value}`, cookie: `token=${value}` };
    assert.deepEqual(shown({ headers }).request.headers, {
      authorization: `Bearer <${kind}>`,
      cookie: `token=<${kind}>`,
    });
    const theirs = { authorization: `Bearer ${token}`, cookie: `session=4711; token=${value}` };
    assert.deepEqual(shown({ headers: theirs }).request.headers, {
      authorization: '<redacted>',
      cookie: '<redacted>',
    });
  });

  for (const name of ['token', 'auth']) {
    test(`${name}: the valid token is a placeholder that a shell fills in`, () => {
      assert.equal(shown({ headers: { [name]: token } }).request.headers[name], '$TENANT_JWT');
    });
    test(`${name}: a faulty token is named`, () => {
      const kinds: TokenKind[] = [
        'an expired token',
        'an unsigned token',
        'a token for another app',
        'a token signed with another secret',
        'a token whose content was changed',
        'a token with nothing but the appId',
      ];
      for (const kind of kinds) {
        const { request } = shown({ headers: { [name]: signer.token(kind)! } });
        assert.equal(request.headers[name], `<${kind}>`);
      }
    });
    test(`${name}: a text that is not a token is shown, since a reader needs it`, () => {
      assert.equal(
        shown({ headers: { [name]: 'this-is-no-token' } }).request.headers[name],
        'this-is-no-token',
      );
      assert.equal(shown({ headers: { [name]: '' } }).request.headers[name], '');
    });
    test(`${name}: a long unknown value is not`, () => {
      const unknown = 'a'.repeat(40);
      assert.equal(shown({ headers: { [name]: unknown } }).request.headers[name], '<redacted>');
    });
  }

  test('of the allowlist are still free of secrets', () => {
    const { request, answer } = shown({
      headers: { 'user-agent': `x ${secret}`, accountid: token },
      answerHeaders: { location: `/?token=${token}` },
      answerBody: '',
    });
    assert.equal(request.headers['user-agent'], 'x <client secret>');
    assert.equal(request.headers.accountid, '$TENANT_JWT');
    assert.equal(answer?.headers.location, '/?token=$TENANT_JWT');
  });
});

suite('Secrets', () => {
  const stranger = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2lnbmF0dXJl';
  const secrets = { 'the client secret': secret, 'the token': token, "somebody else's JWT": stranger };
  for (const [name, value] of Object.entries(secrets)) {
    test(`${name} is nowhere in the redacted exchange`, () => {
      const text = JSON.stringify(
        shown({
          url: `http://tenant/hooks/${value}?q=${value}`,
          headers: { token: value, auth: `Bearer ${value}`, other: value, accept: value },
          body: `{"a":"${value}"}`,
          answerHeaders: { server: value, 'x-debug': value },
          answerBody: `you sent ${value}`,
          failure: `could not send ${value}: see the message`,
        }),
      );
      assert.ok(!text.includes(value), text);
      assert.match(text, /you sent (<client secret>|\$TENANT_JWT|<a JWT>)/);
      assert.match(text, /could not send (<client secret>|\$TENANT_JWT|<a JWT>): see/);
    });
  }
});

suite('Bodies', () => {
  test('of ordinary size are whole', () => {
    const body = 'x'.repeat(64 * 1024);
    const { request, answer } = shown({ body, answerBody: body });
    assert.equal(request.body, body);
    assert.equal(answer?.body, body);
  });

  test('beyond 64 KiB are cut, and say how long they were', () => {
    const exchange = exchangeOf({ body: 'x'.repeat(70_000), answerBody: 'y'.repeat(80_000) });
    const { request, answer } = formsOf(exchange, redact).evidence;
    assert.match(request.body!, /^x{65536}… \(cut, 70000 characters\)$/);
    assert.match(answer!.body, /^y{65536}… \(cut, 80000 characters\)$/);
  });

  test('of answers are shorter in a report, and whole for the checks', () => {
    const body = `${secret}${'y'.repeat(70_000)}`;
    const { judged, reported } = formsOf(exchangeOf({ body, answerBody: body }), redact);
    assert.equal(judged.answer!.body, `<client secret>${'y'.repeat(70_000)}`);
    assert.match(reported.answer!.body, /^<client secret>y{8177}… \(cut, 70015 characters\)$/);
    assert.equal(reported.request.body!.match(/y/g)!.length, 65_521);
  });

  test('are redacted before they are cut: no part of a secret is left at the edge', () => {
    const body = 'x'.repeat(65_536 - 8) + secret + 'x'.repeat(10);
    const { evidence, judged } = formsOf(exchangeOf({ body, answerBody: body }), redact);
    for (const text of [evidence.request.body!, evidence.answer!.body, judged.answer!.body])
      assert.ok(!text.includes(secret.slice(0, 8)), text.slice(-60));
  });

  test('that are missing stay missing', () => {
    const { request, answer, failure } = shown({});
    assert.ok(!('body' in request));
    assert.equal(answer, undefined);
    assert.equal(failure, undefined);
  });
});

test('everything else is kept, and the original is unchanged', () => {
  const exchange = exchangeOf({
    url: `http://tenant/?t=${token}`,
    headers: { token, other: 'x' },
    body: secret,
    answerHeaders: { 'set-cookie': 'a' },
    answerBody: 'z'.repeat(70_000),
    failure: secret,
  });
  const before = structuredClone(exchange);
  const { startedAt, durationMs, attempts, request, answer, failure } = redacted(exchange, redact);
  assert.deepEqual(exchange, before);
  assert.deepEqual(
    { startedAt, durationMs, attempts },
    { startedAt: 1_700_000_000_000, durationMs: 12.3, attempts: 1 },
  );
  assert.equal(request.method, 'POST');
  assert.equal(answer?.status, 200);
  assert.equal(failure?.kind, 'reset');
});
