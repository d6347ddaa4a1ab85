// Which values a scenario sends: always the same for the same seed, so that it can be repeated by itself.
import type { RequirementId } from '../catalogue.ts';
import {
  formsOfMessages,
  ofConversations,
  ofEvents,
  ofMessages,
  type Variation,
  type VariedField,
} from './variation.ts';

/** A scenario about one of these has its own values for the field. */
const spoken: Partial<Record<RequirementId, VariedField>> = {
  'HOOKS-ENV-05': 'events',
  'HOOKS-MSG-06': 'flags',
  'HOOKS-MSG-07': 'flags',
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
  readonly #written = { USER: 0, AGENT: 0 };

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

  /** For the next message of this author: neither, one or both of its forms, in turn. */
  ofForm(author: keyof typeof formsOfMessages): Variation[] {
    const number = this.#written[author]++;
    const turn = (this.#start + number) % 4;
    return formsOfMessages[author].filter(
      ({ field }, index) => (turn & (1 << index)) !== 0 && !this.#fixed.has(field),
    );
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
