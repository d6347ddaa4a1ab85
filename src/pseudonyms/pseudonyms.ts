// Pseudonyms: equal values have equal ones, and nobody finds a value from its pseudonym without the key.
import { createHmac } from 'node:crypto';

/** A conversation has the same few values in each request. */
const maxRemembered = 10_000;

export class Pseudonyms {
  readonly #key: string;
  #known = new Map<string, string>();

  /** @param key any text that is long and secret */
  constructor(key: string) {
    this.#key = key;
  }

  /** "p-" and 64 bits in hex. */
  of(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const made = `p-${this.#hmac(text)}`;
    if (this.#known.size >= maxRemembered) this.#known = new Map();
    // A slice would keep the whole line in memory.
    if (text.length <= 200) this.#known.set(text, made);
    return made;
  }

  /** A whole number, since a number that became a text would be another mistake of its sender. */
  ofNumber(number: number): number {
    return Number.parseInt(this.#hmac(`number ${number}`).slice(0, 12), 16);
  }

  /** What shows whether two keys are the same, and nothing else of them. */
  get fingerprint(): string {
    return this.#hmac('fingerprint of the key');
  }

  #hmac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 16);
  }
}

/** In place of what somebody said or wrote. */
export function lengthOf(text: string): string {
  return `<${text.length} characters>`;
}

/** Whether a text stands for another, or says nothing: <redacted>, $TENANT_JWT, blanks. */
export function isPlaceholder(text: string): boolean {
  return text.trim() === '' || text === '$TENANT_JWT' || text === '<redacted>';
}
