// Some rules of the lifecycle, found by what they are about: a log has millions of steps, and each is asked about few.
import { type LifecycleRule, lifecycleRules } from './rules.ts';
import type { ConversationState } from './state.ts';
import { type Step, type StepKind, stepKind } from './step.ts';

export class RuleSet {
  readonly #rules: readonly LifecycleRule[];
  readonly #open = new Map<StepKind, readonly LifecycleRule[]>();
  readonly #ended = new Map<StepKind, readonly LifecycleRule[]>();

  /** @param rules in the order in which they are asked */
  constructor(rules: Iterable<LifecycleRule>) {
    this.#rules = [...rules];
  }

  /** The rules that a step can break, where its conversation stands. */
  on({ ended }: ConversationState, step: Step): readonly LifecycleRule[] {
    const index = ended ? this.#ended : this.#open;
    const kind = stepKind(step);
    const known = index.get(kind);
    if (known) return known;
    const found = this.#rules.filter(({ of, on }) => {
      return (of === undefined || (of === 'ended') === ended) && (on?.includes(kind) ?? true);
    });
    index.set(kind, found);
    return found;
  }
}

/** All that the documents ask of the order of a conversation. */
export const documentedRules = new RuleSet(Object.values<LifecycleRule>(lifecycleRules));
