// Which values a scenario sends: always the same for the same seed, so that it can be repeated by itself.
import type { RequirementId } from '../catalogue.ts';
import { ofConversations, ofEvents, ofMessages, type Variation, type VariedField } from './variation.ts';

/** A scenario about one of these has its own values for the field. */
const spoken: Partial<Record<RequirementId, VariedField>> = {
  'HOOKS-XFER-10': 'customFields',
  'HOOKS-EOC-06': 'customFields',
  'HOOKS-EOC-02': 'reason',
  'HOOKS-EOC-07': 'reason',
  'HOOKS-MSG-05': 'source',
  'HOOKS-MSG-11': 'source',
};

export class ValueChoice {
  readonly #start: number;
  readonly #fixed: ReadonlySet<VariedField>;
  #conversations = 0;
  #messages = 0;

  /** @param scenario its file and name: another line of the file changes nothing */
  constructor(seed: number, scenario: string, claims: readonly RequirementId[]) {
    this.#start = hash(`${seed} ${scenario}`);
    this.#fixed = new Set(claims.flatMap((claim) => spoken[claim] ?? []));
  }

  /** For the next conversation. @param fixed fields that are given already */
  ofConversation(...fixed: VariedField[]): Variation[] {
    const number = this.#conversations++;
    return [ofEvents, ofConversations].flatMap((all) => this.#next(all, number, fixed) ?? []);
  }

  /** For the next message whose text is left open; undefined when nothing of it is. */
  ofMessage(): Variation | undefined {
    return this.#next(ofMessages, this.#messages++, []);
  }

  #next(all: readonly Variation[], number: number, fixed: readonly VariedField[]): Variation | undefined {
    const start = (this.#start + number) % all.length;
    const inTurn = [...all.slice(start), ...all.slice(0, start)];
    return inTurn.find(({ field }) => !fixed.includes(field) && !this.#fixed.has(field));
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
