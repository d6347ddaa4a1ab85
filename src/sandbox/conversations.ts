// How a body moves its conversation on, or does not.
import type { Breach } from '../protocol/lifecycle/lifecycle.ts';
import { RuleSet } from '../protocol/lifecycle/rule-set.ts';
import { newConversation } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import type { OrderRules } from './order-rules.ts';

/** What trackers are kept in, by conversationId. */
export interface Trackers {
  get(conversationId: string): ConversationTracker | undefined;
  set(conversationId: string, tracker: ConversationTracker): void;
}

/** The first step of a body that breaks the order: 1 for the first one. */
export type OrderBreach = Breach & { number: number };

/**
 * All steps of one body in their order, or none: with a breach the conversation is as it was before.
 * Which order is right, is a matter of the rules alone.
 * @returns the breach; undefined when the conversation has moved on
 */
export function moveOn(
  trackers: Trackers,
  conversationId: string,
  body: object,
  rules: OrderRules,
): OrderBreach | undefined {
  const tracker = trackers.get(conversationId) ?? new ConversationTracker(newConversation, ruleSetOf(rules));
  const steps = placedStepsOf(body);
  const ruling = tracker.preview({ steps });
  const [breach] = ruling.breaches;
  if (breach) return { ...breach, number: numberOf(breach.placed, steps) };
  tracker.take({ steps }, ruling);
  trackers.set(conversationId, tracker);
  return undefined;
}

function numberOf(placed: PlacedStep, steps: readonly PlacedStep[]): number {
  return steps.indexOf(placed) + 1;
}

const ruleSets = new WeakMap<OrderRules, RuleSet>();

function ruleSetOf(rules: OrderRules): RuleSet {
  const known = ruleSets.get(rules);
  if (known) return known;
  const made = new RuleSet(Object.values(rules));
  ruleSets.set(rules, made);
  return made;
}
