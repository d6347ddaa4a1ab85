// Which values a scenario sends: always the same for the same seed, so that it can be repeated by itself.
import type { RequirementId } from '../catalogue.ts';
import {
  formsOfMessages,
  ofAgents,
  ofEnds,
  ofEvents,
  ofIds,
  ofSources,
  ofTexts,
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
  'HOOKS-MSG-08': 'language',
  'HOOKS-XFER-06': 'language',
  'HOOKS-SUM-01': 'language',
  'HOOKS-SUM-02': 'language',
  'HOOKS-EOC-03': 'language',
};

export class ValueChoice {
  readonly #start: number;
  readonly #fixed: ReadonlySet<VariedField>;
  readonly #languages: readonly Variation[];
  #conversations = 0;
  #messages = 0;
  readonly #written = { USER: 0, AGENT: 0 };

  /**
   * @param scenario its place among those of the suite, so that together they have all values; of any other one its file and
   *   name: another line of the file changes nothing
   * @param languages those that the tenant knows besides English
   */
  constructor(
    seed: number,
    scenario: number | string,
    claims: readonly RequirementId[],
    languages: readonly Variation[] = [],
  ) {
    this.#languages = languages;
    this.#start = typeof scenario === 'number' ? hash(`${seed}`) + scenario : hash(`${seed} ${scenario}`);
    this.#fixed = new Set(claims.flatMap((claim) => spoken[claim] ?? []));
  }

  /**
   * For the next conversation: of its events, of its end, of its id, of its language, and of its agents, who are the same in all
   * conversations.
   * @param fixed fields that are given already
   */
  ofConversation(...fixed: VariedField[]): Variation[] {
    const number = this.#conversations++;
    const next = (all: readonly Variation[]) => this.#next(all, number, fixed) ?? [];
    const isTurn = number > 0 || this.#start % 2 === 1;
    return [
      next(ofEvents),
      next(ofEnds),
      isTurn ? next(ofIds) : [],
      this.#language(number, fixed),
      next(ofAgents),
    ].flat();
  }

  /** Of two conversations in three; the rest is in English. */
  #language(number: number, fixed: readonly VariedField[]): Variation[] {
    const turn = this.#start + number;
    const isFixed = this.#fixed.has('language') || fixed.includes('language');
    if (turn % 3 === 0 || isFixed || this.#languages.length === 0) return [];
    return [this.#languages[Math.floor((turn * 2) / 3) % this.#languages.length]!];
  }

  /** For the next message whose text is left open: its text, and of every other one its source. */
  ofMessage(): Variation[] {
    const number = this.#messages++;
    const source = number % 2 === 1 ? this.#next(ofSources, (number - 1) / 2, []) : undefined;
    return [this.#next(ofTexts, number, []) ?? [], source ?? []].flat();
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
