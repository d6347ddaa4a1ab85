// How the client secret, and what it signs, would look if it had slipped into something that a run writes.

import jwt from 'jsonwebtoken';
import { escapeXml } from '../text/escape-xml.ts';
import { encodings } from './signer.ts';

export interface Leak {
  /** "the client secret, in base64", without the thing itself. */
  what: string;
  /** Offset in bytes. */
  at: number;
}

const jwtShape = /eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]{20,}/;

/** How every JWT begins, and how that looks in base64 after zero, one or two other bytes of a group of three. */
const tokenBeginnings = ['eyJ', 'ZXlK', 'V5S', 'leUp'];

/** A search for one secret; it keeps what it looks for to itself. */
export class LeakSearch {
  readonly #secret: string;
  readonly #needles: { needle: Buffer; what: string }[];

  constructor(secret: string) {
    this.#secret = secret;
    this.#needles = secret === '' ? [] : needlesOf(secret);
  }

  /** The first leak of each form. */
  in(bytes: Buffer): Leak[] {
    const found = this.#needles.flatMap(({ needle, what }) => {
      const at = bytes.indexOf(needle);
      return at < 0 ? [] : [{ what, at }];
    });
    if (!tokenBeginnings.some((beginning) => bytes.includes(beginning))) return found;
    const text = bytes.toString('latin1');
    return [...found, ...this.#tokens(text), ...this.#packedTokens(text)];
  }

  /** A JWT that the secret signs would let anybody in, for as long as it is valid. */
  #tokens(text: string): Leak[] {
    const found = [...text.matchAll(new RegExp(jwtShape, 'g'))].find(([token]) => this.#signs(token));
    return found ? [{ what: 'a token that the client secret signs', at: found.index }] : [];
  }

  #packedTokens(text: string): Leak[] {
    for (const { 0: run, index } of text.matchAll(/[\w+/-]{80,}/g)) {
      if (!tokenBeginnings.some((beginning) => run.includes(beginning))) continue;
      const unpacked = [0, 1, 2, 3].map((start) =>
        Buffer.from(run.slice(start), 'base64').toString('latin1'),
      );
      const [token] = jwtShape.exec(unpacked.join('\n')) ?? [];
      if (token && this.#signs(token)) {
        return [{ what: 'a token that the client secret signs, in base64', at: index }];
      }
    }
    return [];
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

function needlesOf(secret: string): { needle: Buffer; what: string }[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = new Map<string, string>();
  for (const form of encodings(secret)) forms.set(form, 'the client secret, encoded');
  for (const form of inBase64(secret)) forms.set(form, 'the client secret, in base64');
  forms.set(JSON.stringify(json).slice(1, -1), 'the client secret, in JSON');
  forms.set(json, 'the client secret, in JSON');
  forms.set(escapeXml(secret), 'the client secret, in XML or HTML');
  forms.set(secret, 'the client secret');
  return [...forms].map(([form, what]) => ({ needle: Buffer.from(form), what }));
}

/** Its form in base64 at any position: after zero, one or two other bytes of a group of three. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const packed = Buffer.from(`${' '.repeat(before)}${secret}`).toString('base64');
    const own = packed.slice(Math.ceil((before * 4) / 3), -4);
    return own.length < 8 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
