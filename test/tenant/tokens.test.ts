// Each token is worth what the table says, by a verifier that is not ours: otherwise a refusal would show nothing.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { Signer } from '../../src/tenant/signer.ts';
import { type TokenWorth, tokenKinds, tokens } from '../../src/tenant/tokens.ts';

const clientId = 'cs-1a2b3c4d';
const secret = 'a secret of the tests';

const signer = new Signer(clientId, secret);

/** What jsonwebtoken says of a token that is to be HS256, and its appId. */
function verified(token: string): { appId?: unknown; error?: string } {
  try {
    return { appId: (jwt.verify(token, secret, { algorithms: ['HS256'] }) as JwtPayload).appId };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Whether the signature fits the first two parts, whatever else is wrong. */
function isSigned(token: string): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.');
  return createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url') === signature;
}

const asDeclared: Record<TokenWorth, (token: string) => void> = {
  valid: (token) => assert.deepEqual(verified(token), { appId: clientId }),
  unverifiable: (token) => {
    assert.ok(verified(token).error, 'it does not verify');
    assert.ok(!isSigned(token) || token.split('.').length !== 3, 'its signature is not that of the secret');
  },
  untimely: (token) => {
    assert.match(verified(token).error!, /^jwt (expired|not active)$/);
    assert.ok(isSigned(token), 'only its time is over, or yet to come');
  },
  unfit: (token) => {
    assert.ok(isSigned(token), 'its signature verifies');
    const { appId, error } = verified(token);
    assert.ok(
      error !== undefined || appId !== clientId,
      'it is not for this app, or not a JWT to be used now',
    );
  },
};

for (const worth of Object.keys(asDeclared) as TokenWorth[]) {
  suite(worth, () => {
    for (const kind of tokenKinds.filter((one) => tokens[one].worth === worth)) {
      test(kind, () => asDeclared[worth](signer.token(kind) ?? ''));
    }
  });
}

test('no two tokens are the same', () => {
  const made = tokenKinds.map((kind) => signer.token(kind));
  assert.equal(new Set(made).size, made.length);
});

test('what was altered is altered in one place only', () => {
  const [header, claims, signature] = signer.token('a valid token')!.split('.');
  const sameClaims = [
    'a token whose signature is empty',
    'a token whose signature is cut in half',
    'a token whose signature is longer',
    'a token with one letter of its signature changed',
    'a token whose signature is in the other case',
    'a token with the signature of another token',
  ] as const;
  for (const kind of sameClaims) {
    const parts = signer.token(kind)!.split('.');
    assert.deepEqual(parts.slice(0, 2), [header, claims], kind);
    assert.notEqual(parts[2], signature, kind);
  }
  const changed = signer.token('a token whose header was changed')!.split('.');
  assert.deepEqual(changed.slice(1), [claims, signature]);
});

test('a token is made once, and again with the next valid one', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') });
  const own = new Signer(clientId, secret);
  const first = own.token('a token without an appId');
  context.mock.timers.tick(1_200_000);
  assert.equal(own.token('a token without an appId'), first);
  context.mock.timers.tick(2_400_000);
  assert.notEqual(own.token('a token without an appId'), first);
});

test('a token that is not valid yet is not valid twenty minutes later either', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') });
  const own = new Signer(clientId, secret);
  own.token('a token that is not valid yet');
  context.mock.timers.tick(1_200_000);
  assert.equal(verified(own.token('a token that is not valid yet')!).error, 'jwt not active');
});
