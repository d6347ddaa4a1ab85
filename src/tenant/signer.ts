// The one place that knows the client secret: it makes the tokens, good and bad, and takes them out of any text.
import { Spellings } from './spellings.ts';
import { lifetimeSeconds, type TokenKind, tokens, validToken } from './tokens.ts';

const renewSeconds = 300;

export class Signer {
  readonly #clientId: string;
  readonly #secret: string;
  #valid: { token: string; expiresAt: number } | undefined;
  readonly #made = new Map<TokenKind, string | undefined>();
  /** What must never be written, by its placeholder. */
  readonly #spellings = new Spellings<string>();

  constructor(clientId: string, clientSecret: string) {
    this.#clientId = clientId;
    this.#secret = clientSecret;
    this.#spellings.add(clientSecret, '<client secret>');
  }

  /**
   * The header value of a kind of token; undefined for no token at all. Each kind is made once, and renewed with the valid one;
   * one that is out of its time by minutes is made each time.
   */
  token(kind: TokenKind): string | undefined {
    const valid = this.#validToken();
    if (kind === 'a valid token') return valid;
    if (!this.#made.has(kind) || tokens[kind].worth === 'untimely') {
      const made = tokens[kind].make({ ...this.#material(), valid });
      this.#made.set(kind, made && this.#remember(made, `<${kind}>`));
    }
    return this.#made.get(kind);
  }

  /** A text without the client secret and any token made here, however spelt, and without anything shaped like a JWT. */
  redact(text: string): string {
    const clean = this.#spellings.replacedIn(text, (placeholder) => placeholder);
    return clean.includes('eyJ') ? clean.replace(/eyJ[\w-]{8,}(\.[\w-]*){0,2}/g, '<a JWT>') : clean;
  }

  /** Signed once while it is valid, not once a request. */
  #validToken(): string {
    const { now } = this.#material();
    if (!this.#valid || this.#valid.expiresAt - renewSeconds < now) {
      this.#made.clear();
      const token = validToken(this.#material());
      this.#valid = { token: this.#remember(token, '$TENANT_JWT'), expiresAt: now + lifetimeSeconds };
    }
    return this.#valid.token;
  }

  #material() {
    return { clientId: this.#clientId, secret: this.#secret, now: Math.floor(Date.now() / 1000) };
  }

  #remember(token: string, placeholder: string): string {
    const signature = token.split('.')[2];
    // Without a signature it is the beginning of a valid one, which has its own placeholder, or a short text that says nothing.
    if (signature === undefined && (token.length < 24 || this.#valid?.token.startsWith(token))) return token;
    this.#spellings.add(token, placeholder);
    if (signature === undefined) return token;
    // Whoever has it can guess the rest.
    this.#spellings.add(signature, placeholder);
    return token;
  }
}
