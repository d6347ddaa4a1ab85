// The one place that knows the client secret: it makes the tokens, good and bad, and takes them out of any text.
import { createHmac, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { Spellings } from './spellings.ts';

/** What the authentication header holds. */
export const tokenKinds = [
  'a valid token',
  'a token with nothing but the appId',
  'no token',
  'an empty token',
  'a text that is no token',
  'a token signed with another secret',
  'a token signed with an empty secret',
  'a token whose content was changed',
  'an expired token',
  'an unsigned token',
  'a token for another app',
  'a token without an appId',
] as const;

export type TokenKind = (typeof tokenKinds)[number];

/** All others must not authorise a request. */
export const authorisingTokens: readonly TokenKind[] = [
  'a valid token',
  'a token with nothing but the appId',
];

/** Their signature verifies, and they have not expired: only their appId keeps them from authorising a request. */
export const unfitTokens: readonly TokenKind[] = ['a token for another app', 'a token without an appId'];

/** How long ago an expired token has expired, by the clock of this machine. */
export const expiredForMs = 3_600_000;

const lifetimeSeconds = 3600;
const renewSeconds = 300;

export class Signer {
  readonly #clientId: string;
  readonly #secret: string;
  #valid: { token: string; expiresAt: number } | undefined;
  /** What must never be written, by its placeholder. */
  readonly #spellings = new Spellings<string>();

  constructor(clientId: string, clientSecret: string) {
    this.#clientId = clientId;
    this.#secret = clientSecret;
    this.#spellings.add(clientSecret, '<client secret>');
  }

  /**
   * The header value of a kind of token; undefined for no token at all.
   * IT, Sending Transfer Events: HS256 with appId = client id, signed with the client secret.
   */
  token(kind: TokenKind): string | undefined {
    if (kind === 'no token') return undefined;
    if (kind === 'an empty token') return '';
    if (kind === 'a text that is no token') return 'this-is-no-token';
    if (kind === 'a valid token') return this.#validToken();
    return this.#remember(this.#make(kind), `<${kind}>`);
  }

  /** A text without the client secret and any token made here, however spelt, and without anything shaped like a JWT. */
  redact(text: string): string {
    const clean = this.#spellings.replacedIn(text, (placeholder) => placeholder);
    return clean.includes('eyJ') ? clean.replace(/eyJ[\w-]{8,}(\.[\w-]*){0,2}/g, '<a JWT>') : clean;
  }

  /** Signed once while it is valid, not once a request. */
  #validToken(): string {
    const now = Date.now() / 1000;
    if (!this.#valid || this.#valid.expiresAt - renewSeconds < now) {
      const token = jwt.sign({ appId: this.#clientId }, this.#secret, { expiresIn: lifetimeSeconds });
      this.#valid = { token: this.#remember(token, '$TENANT_JWT'), expiresAt: now + lifetimeSeconds };
    }
    return this.#valid.token;
  }

  #make(kind: TokenKind): string {
    const claims = { appId: this.#clientId };
    const now = Math.floor(Date.now() / 1000);
    switch (kind) {
      case 'a token with nothing but the appId':
        return jwt.sign(claims, this.#secret, { noTimestamp: true });
      case 'a token signed with another secret':
        return jwt.sign(claims, randomBytes(32).toString('hex'), { expiresIn: lifetimeSeconds });
      case 'a token signed with an empty secret':
        return signedWithNothing(claims, now);
      case 'a token whose content was changed':
        return tampered(this.#validToken());
      case 'an expired token':
        return jwt.sign({ ...claims, iat: now - 7200, exp: now - expiredForMs / 1000 }, this.#secret);
      case 'an unsigned token':
        return jwt.sign(claims, null, { algorithm: 'none', expiresIn: lifetimeSeconds });
      case 'a token for another app':
        return jwt.sign({ appId: `${this.#clientId}-other` }, this.#secret, { expiresIn: lifetimeSeconds });
      case 'a token without an appId':
        return jwt.sign({ client: this.#clientId }, this.#secret, { expiresIn: lifetimeSeconds });
      default:
        throw new Error(`No such token: ${kind}`);
    }
  }

  #remember(token: string, placeholder: string): string {
    this.#spellings.add(token, placeholder);
    // Whoever has it can guess the rest.
    this.#spellings.add(token.split('.')[2] ?? '', placeholder);
    return token;
  }
}

/** What a tenant takes whose secret was never set; jsonwebtoken refuses to make it. */
function signedWithNothing(claims: object, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, iat: now, exp: now + lifetimeSeconds })}`;
  return `${content}.${createHmac('sha256', '').update(content).digest('base64url')}`;
}

/** The same signature over other claims: only a tenant that verifies the signature notices. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 60 })).toString('base64url');
  return [header, changed, signature].join('.');
}
