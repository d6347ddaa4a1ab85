// The findings of one conversation: the first few of each requirement and level, and a count of the rest, so that neither
// memory nor work grows with the number of mistakes.
import type { LogPosition } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import type { FurtherFindings, PlacedFinding } from './result.ts';

/** How many findings of one rule are kept. */
export const maxOfRule = 20;

interface OfRule {
  kept: PlacedFinding[];
  further: number;
}

export class FindingList {
  readonly #rules = new Map<string, OfRule>();

  add(found: SenderFinding, { file, line }: LogPosition): void {
    const rule = this.#ruleOf(found);
    if (rule.kept.length < maxOfRule) rule.kept.push({ ...found, file, line });
    else rule.further += 1;
  }

  /** Those that are kept, sorted by line. */
  get kept(): PlacedFinding[] {
    return [...this.#rules.values()].flatMap(({ kept }) => kept).sort((one, other) => one.line - other.line);
  }

  /** How many more there are of each rule. */
  get further(): FurtherFindings[] {
    return [...this.#rules.values()]
      .filter(({ further }) => further > 0)
      .map(({ kept: [first], further }) => ({
        requirement: first!.requirement,
        level: first!.level,
        count: further,
      }));
  }

  /** Whether a finding with the same message and pointer is kept. */
  has({ requirement, level, message, pointer }: SenderFinding): boolean {
    const rule = this.#rules.get(`${requirement} ${level}`);
    return rule?.kept.some((one) => one.message === message && one.pointer === pointer) ?? false;
  }

  #ruleOf({ requirement, level }: SenderFinding): OfRule {
    const key = `${requirement} ${level}`;
    const known = this.#rules.get(key);
    if (known) return known;
    const rule = { kept: [], further: 0 };
    this.#rules.set(key, rule);
    return rule;
  }
}
