// Takes the steps of a body into its conversation, or refuses them.
import type { Breach } from '../protocol/lifecycle/lifecycle.ts';
import { RuleSet } from '../protocol/lifecycle/rule-set.ts';
import { newConversation } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../protocol/lifecycle/tracker.ts';
import type { OrderRules } from './order-rules.ts';

/** Trackers by conversationId. */
export interface Trackers {
  get(conversationId: string): ConversationTracker | undefined;
  set(conversationId: string, tracker: ConversationTracker): void;
}

/** The first step of a body that breaks the order: 1 for the first one. */
export type OrderBreach = Breach & { number: number };

/**
 * Takes all steps of one body in their order, or, with a breach, none of them. Only the rules decide which order is right.
 * @returns the breach; undefined when the steps were taken
 */
export function takeSteps(
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
  const ruleSet = new RuleSet(Object.values(rules));
  ruleSets.set(rules, ruleSet);
  return ruleSet;
}
