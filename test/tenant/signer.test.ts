// Each token is really of its kind, and redact() leaves nothing of a secret in a text.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type Mock, mock, suite, test } from 'node:test';
import jwt from 'jsonwebtoken';
import { Signer } from '../../src/tenant/signer.ts';
import { type TokenKind, tokenKinds } from '../../src/tenant/tokens.ts';

const clientId = 'cs-1a2b3c4d';
/** Each of its encodings is a different text. */
const secret = '~~~???Ünsafe "secret" +/?&= \\ 100%';

function made(kind: TokenKind, signer = new Signer(clientId, secret)): string {
  const token = signer.token(kind);
  assert.ok(token, `${kind} is a text`);
  return token;
}

type Claims = { appId?: string; exp?: number; iat?: number };

function decoded(token: string): { header: { alg: string }; claims: Claims } {
  const whole = jwt.decode(token, { complete: true });
  assert.ok(whole, 'it can be decoded');
  return { header: whole.header as { alg: string }, claims: whole.payload as Claims };
}

const seconds = () => Date.now() / 1000;
const verify = (token: string) => jwt.verify(token, secret, { algorithms: ['HS256'] });

suite('A valid token', () => {
  test('is HS256 over the appId, verifies with the secret and expires', () => {
    const token = made('a valid token');
    const claims = verify(token) as Claims;
    assert.equal(claims.appId, clientId);
    assert.equal(decoded(token).header.alg, 'HS256');
    assert.ok(claims.exp! > seconds() + 600, 'long enough for a run of requests');
    assert.ok(claims.exp! < seconds() + 24 * 3600, 'but not for ever');
    assert.deepEqual(Object.keys(claims).toSorted(), ['appId', 'exp', 'iat']);
  });

  test('is signed once, whatever other tokens are made meanwhile', (context) => {
    const sign: Mock<typeof jwt.sign> = context.mock.method(jwt, 'sign');
    const signer = new Signer(clientId, secret);
    const first = made('a valid token', signer);
    made('a token whose content was changed', signer);
    for (let count = 0; count < 100; count++) assert.equal(made('a valid token', signer), first);
    assert.equal(sign.mock.callCount(), 1);
  });

  test('is signed anew before it expires, and never handed out shortly before', () => {
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T00:00:00.700Z') });
    try {
      const signer = new Signer(clientId, secret);
      const tokens = new Set<string>();
      for (let minute = 0; minute < 180; minute++) {
        const token = made('a valid token', signer);
        tokens.add(token);
        const left = decoded(token).claims.exp! - seconds();
        assert.ok(left >= 240, `after ${minute} minutes ${left} s are left`);
        verify(token);
        mock.timers.tick(60_000);
      }
      assert.ok(tokens.size >= 3 && tokens.size <= 5, `${tokens.size} tokens in three hours`);
      for (const token of tokens) assert.equal(signer.redact(token), '$TENANT_JWT', 'the old ones too');
    } finally {
      mock.timers.reset();
    }
  });
});

suite('A token that must authorise too', () => {
  test('with nothing but the appId verifies, and has no other claim', () => {
    const token = made('a token with nothing but the appId');
    assert.deepEqual(verify(token), { appId: clientId });
    assert.equal(decoded(token).header.alg, 'HS256');
  });
});

suite('What must not authorise', () => {
  test('is a missing token, an empty one, or a text that is not a token', () => {
    const signer = new Signer(clientId, secret);
    assert.equal(signer.token('no token'), undefined);
    assert.equal(signer.token('an empty token'), '');
    assert.equal(jwt.decode(made('a text that is no token')), null);
  });

  test('another secret: the right claims, not expired, and a signature that does not verify', () => {
    const token = made('a token signed with another secret');
    assert.throws(() => verify(token), /invalid signature/);
    const { header, claims } = decoded(token);
    assert.equal(header.alg, 'HS256');
    assert.equal(claims.appId, clientId);
    assert.ok(claims.exp! > seconds());
  });

  test('an empty secret: a tenant whose own was never set would accept it', () => {
    const token = made('a token signed with an empty secret');
    assert.throws(() => verify(token), /invalid signature/);
    const [header, payload, signature] = token.split('.');
    assert.equal(createHmac('sha256', '').update(`${header}.${payload}`).digest('base64url'), signature);
    const { claims } = decoded(token);
    assert.equal(claims.appId, clientId);
    assert.ok(claims.exp! > seconds());
  });

  test('changed content: the header and signature of the valid token, over other claims', () => {
    const signer = new Signer(clientId, secret);
    const valid = made('a valid token', signer).split('.');
    const token = made('a token whose content was changed', signer);
    const changed = token.split('.');
    assert.equal(changed[0], valid[0]);
    assert.notEqual(changed[1], valid[1]);
    assert.equal(changed[2], valid[2]);
    assert.throws(() => verify(token), /invalid signature/);
    const { claims } = decoded(token);
    assert.equal(claims.appId, clientId, 'the signature alone is wrong');
    assert.ok(claims.exp! > seconds());
  });

  test('expired: correct in everything but its time', () => {
    const token = made('an expired token');
    assert.throws(() => verify(token), /jwt expired/);
    assert.throws(
      () => jwt.verify(token, secret, { algorithms: ['HS256'], clockTolerance: 600 }),
      /jwt expired/,
    );
    const claims = jwt.verify(token, secret, { ignoreExpiration: true }) as Claims;
    assert.equal(claims.appId, clientId);
    assert.ok(claims.iat! < claims.exp!, 'it was valid once');
  });

  test('unsigned: alg none, no signature, and the right claims', () => {
    const token = made('an unsigned token');
    const { header, claims } = decoded(token);
    assert.equal(header.alg, 'none');
    assert.match(token, /^[\w-]+\.[\w-]+\.$/);
    assert.equal(claims.appId, clientId);
    assert.ok(claims.exp! > seconds());
    assert.throws(() => verify(token));
  });

  test('another app: signed with the right secret, for an appId that is not ours', () => {
    const claims = verify(made('a token for another app')) as Claims;
    assert.notEqual(claims.appId, clientId);
    assert.ok(claims.appId);
  });
});

suite('redact()', () => {
  const bytes = Buffer.from(secret);
  const forms: Record<string, string> = {
    plain: secret,
    base64: bytes.toString('base64'),
    'base64 without padding': bytes.toString('base64').replace(/=+$/, ''),
    base64url: bytes.toString('base64url'),
    'URL-encoded': encodeURIComponent(secret),
    'form-encoded': new URLSearchParams({ q: secret }).toString().slice(2),
    'JSON-escaped': JSON.stringify(secret).slice(1, -1),
    hex: bytes.toString('hex'),
    'upper-case hex': bytes.toString('hex').toUpperCase(),
  };
  for (const [name, form] of Object.entries(forms)) {
    test(`takes the secret out: ${name}`, () => {
      const signer = new Signer(clientId, secret);
      const clean = signer.redact(`before ${form} between ${form} after`);
      assert.equal(clean, 'before <client secret> between <client secret> after');
    });
  }

  const kinds = tokenKinds.filter((kind) => {
    return (
      !['no token', 'an empty token', 'a text that is no token', 'the word undefined'].includes(kind) &&
      !kind.includes('cut off after')
    );
  });
  for (const kind of kinds) {
    test(`names ${kind} instead of showing it`, () => {
      const signer = new Signer(clientId, secret);
      const [first, second] = [made(kind, signer), made(kind, signer)];
      const name = kind === 'a valid token' ? '$TENANT_JWT' : `<${kind}>`;
      assert.equal(signer.redact(`x${first}y ${second}.`), `x${name}y ${name}.`);
      assert.equal(signer.redact(JSON.stringify({ got: first })), JSON.stringify({ got: name }));
    });
  }

  test('takes out whatever looks like a JWT, whole or cut', () => {
    const signer = new Signer(clientId, secret);
    const strange = jwt.sign({ sub: 'somebody else' }, 'their secret');
    const [header, payload] = strange.split('.') as [string, string];
    for (const token of [strange, `${header}.${payload}.`, `${header}.${payload}`, strange.slice(0, 60)]) {
      assert.equal(signer.redact(`Bearer ${token}, says it`), 'Bearer <a JWT>, says it');
    }
  });

  test('leaves ordinary text as it is', () => {
    const signer = new Signer(clientId, secret);
    made('a valid token', signer);
    const texts = [
      '',
      '{"conversationId":"conformance-3f2a-cold-1","botId":"st-1"}',
      'a JWT starts with eyJ, so a.b.c is not one',
      `the client ${clientId} has a secret`,
      'this-is-no-token',
      '$& $1 $TENANT_JWT 100% \n\t"\\',
    ];
    for (const text of texts) assert.equal(signer.redact(text), text);
  });

  test('leaves text as it is when no secret is known', () => {
    assert.equal(new Signer(clientId, '').redact('Good day'), 'Good day');
  });
});
