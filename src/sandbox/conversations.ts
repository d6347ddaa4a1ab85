// How a body moves its conversation on, or does not.
import { applies, type LifecycleRule } from '../protocol/lifecycle/rules.ts';
import { after, type ConversationState } from '../protocol/lifecycle/state.ts';
import type { Step } from '../protocol/lifecycle/step.ts';

/** A step that breaks the order: which one, and the rule. */
export interface Breach {
  step: Step;
  /** 1 for the first step of the body. */
  number: number;
  rule: LifecycleRule;
}

/**
 * All steps of one body in their order, or none: with a breach the conversation is as it was before.
 * Which order is right, is a matter of the rules alone.
 */
export function advance(
  conversation: ConversationState,
  steps: readonly Step[],
  rules: readonly LifecycleRule[],
): ConversationState | Breach {
  let current = conversation;
  for (const [index, step] of steps.entries()) {
    const rule = rules.find(
      (candidate) => applies(candidate, current, step) && candidate.breach(current, step) !== undefined,
    );
    if (rule) return { step, number: index + 1, rule };
    current = after(current, step);
  }
  return current;
}

export function isBreach(outcome: ConversationState | Breach): outcome is Breach {
  return 'rule' in outcome;
}
