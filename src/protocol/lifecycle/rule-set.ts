// Rules of the lifecycle, indexed by the steps they are about: a log has millions of steps, and few rules apply to each.
import { rulesOfEitherOrder } from './cold-order.ts';
import { type LifecycleRule, lifecycleRules } from './rules.ts';
import type { ConversationState } from './state.ts';
import { type Step, type StepKind, stepKind } from './step.ts';

export class RuleSet {
  readonly #rules: readonly LifecycleRule[];
  readonly #open = new Map<StepKind, readonly LifecycleRule[]>();
  readonly #ended = new Map<StepKind, readonly LifecycleRule[]>();

  /** @param rules in the order in which they are applied */
  constructor(rules: Iterable<LifecycleRule>) {
    this.#rules = [...rules];
  }

  /** The rules that a step can break in this state. */
  rulesFor({ ended }: ConversationState, step: Step): readonly LifecycleRule[] {
    const index = ended ? this.#ended : this.#open;
    const kind = stepKind(step);
    const known = index.get(kind);
    // Stryker disable next-line ConditionalExpression: the same rules, found again
    if (known) return known;
    const found = this.#rules.filter(({ phase, steps }) => {
      return (phase === undefined || (phase === 'ended') === ended) && (steps?.includes(kind) ?? true);
    });
    // Stryker disable next-line CallExpression: the same rules are found again
    index.set(kind, found);
    return found;
  }
}

/** All documented rules. */
export const documentedRules = new RuleSet(Object.values<LifecycleRule>(lifecycleRules));

const eitherOrder = new RuleSet(Object.values(rulesOfEitherOrder));

/** The rules for the senders of a tenant. @param coldOrder as its profile says; left out: the documented order */
export function rulesFor({ coldOrder }: { coldOrder?: 'either' }): RuleSet {
  return coldOrder === 'either' ? eitherOrder : documentedRules;
}
