// How the client secret, and what it signs, would look if it had slipped into something that a run writes.

import jwt from 'jsonwebtoken';
import { formOf, originsOf, Spellings, type Spelt } from './spellings.ts';

export interface Leak {
  /** "the client secret, in base64", without the thing itself. */
  what: string;
  /** Offset in bytes. */
  at: number;
}

/** The signature of HS256 has 43 characters; without white space, anything may follow it. */
const jwtShape = /eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]{43}/g;

/** How every JWT begins: as it is, in base64 after zero, one or two other bytes of a group of three, and in hex. */
const tokenBeginnings = ['eyJ', 'ZXlK', 'V5S', 'leUp', '65794a', '65794A'];
const maxDepth = 3;

/** A search for one secret; it keeps what it looks for to itself. */
export class LeakSearch {
  readonly #secret: string;
  readonly #spellings = new Spellings<'secret'>();

  constructor(secret: string) {
    this.#secret = secret;
    this.#spellings.add(secret, 'secret');
  }

  /** The first leak of each form. */
  in(bytes: Buffer): Leak[] {
    if (this.#secret === '') return [];
    const found = new Map<string, number>();
    const add = (what: string, at: number) => found.set(what, found.get(what) ?? at);
    const tokens: { at: number; what: string }[] = [];
    const secrets = this.#spellings.in(bytes, (form, layer) => {
      if (!tokenBeginnings.some((beginning) => form.includes(beginning))) return;
      for (const { at, packed } of this.#tokens(form.toString('latin1'))) {
        const from = originsOf(bytes, layer).from[at]!;
        tokens.push({ at: from, what: `a token that the client secret signs${packed}` });
      }
    });
    for (const spelt of secrets) add(`the client secret${this.#form(bytes, spelt)}`, spelt.from);
    for (const { at, what } of tokens) add(what, at);
    return [...found].map(([what, at]) => ({ what, at }));
  }

  /** A JWT that the secret signs would let anybody in, for as long as it is valid. At most one of each form. */
  #tokens(text: string, depth = 0): { at: number; packed: string }[] {
    const plain = text.matchAll(jwtShape).find(([token]) => this.#signs(token));
    const found = plain ? [{ at: plain.index, packed: '' }] : [];
    if (depth === maxDepth) return found;
    for (const { how, at, unpacked } of unpackedRuns(text)) {
      const { bytes, length } = formOf(unpacked);
      const form = Buffer.from(bytes.subarray(0, length)).toString('latin1');
      if (this.#tokens(form, depth + 1).length > 0) return [...found, { at, packed: how }];
    }
    return found;
  }

  /** How it is spelt: ", in base64". */
  #form(bytes: Buffer, { packed, from, to }: Spelt<unknown>): string {
    if (packed) return `, in ${packed}`;
    const text = bytes.toString('utf8', from, to);
    const more = (part: RegExp) => (text.match(part)?.length ?? 0) > (this.#secret.match(part)?.length ?? 0);
    if (text === this.#secret) return '';
    if (more(/&(#\w+|[a-z]+);/gi)) return ', in XML or HTML';
    if (more(/\\/g)) return ', in JSON';
    return more(/\s/g) ? ', split' : ', encoded';
  }

  #signs(token: string): boolean {
    try {
      jwt.verify(token, this.#secret, { algorithms: ['HS256'], ignoreExpiration: true });
      return true;
    } catch {
      return false;
    }
  }
}

/** What runs of base64 and hex say that may hold a token. @param text without white space */
function* unpackedRuns(text: string): Generator<{ how: string; at: number; unpacked: Buffer }> {
  for (const { 0: run, index } of text.matchAll(/[\w-]{80,}/g)) {
    if (!tokenBeginnings.some((beginning) => run.includes(beginning))) continue;
    for (const { 0: hex, index: at } of run.matchAll(/65794a[\da-f]{150,}/gi)) {
      yield { how: ', in hex', at: index + at, unpacked: Buffer.from(hex, 'hex') };
    }
    for (const start of [0, 1, 2, 3]) {
      yield { how: ', in base64', at: index, unpacked: Buffer.from(run.slice(start), 'base64') };
    }
  }
}
