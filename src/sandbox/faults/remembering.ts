// A tenant whose habits show only with what came before.

import type { LifecycleRule } from '../../protocol/lifecycle/rules.ts';
import type { ConversationState } from '../../protocol/lifecycle/state.ts';
import { type Step, stepsOf } from '../../protocol/lifecycle/step.ts';
import type { ConversationTracker } from '../../protocol/lifecycle/tracker.ts';
import type { Behaviour } from '../behaviour.ts';
import { moveOn } from '../conversations.ts';
import { documentedOrder } from '../order-rules.ts';
import { refusing } from './refusing.ts';

/** One more rule about the order of a conversation, after the documented ones. */
export function refusingSteps(
  when: (conversation: ConversationState, step: Step) => boolean,
): Partial<Behaviour> {
  const clause = 'this tenant takes it another way';
  const habit: LifecycleRule = {
    requirement: 'HOOKS-SEQ-06',
    clause,
    breach: (conversation, step) => (when(conversation, step) ? clause : undefined),
  };
  return { order: { ...documentedOrder, 'a habit of this tenant': habit } };
}

/** @param when asked with all that its conversation has seen before */
export function refusingAfter(when: (past: readonly Step[], step: Step) => boolean): Partial<Behaviour> {
  const histories = new Map<string, Step[]>();
  return refusing((body) => {
    const past = histories.get(body.conversationId) ?? [];
    histories.set(body.conversationId, past);
    return stepsOf(body).some((step) => {
      const refused = when(past, step);
      past.push(step);
      return refused;
    });
  });
}

/** Conversations are told apart by something else than their id. */
export function keyingBy(keyOf: (conversationId: string) => string): Partial<Behaviour> {
  const conversations = new Map<string, ConversationTracker>();
  return refusing(
    (body) => moveOn(conversations, keyOf(body.conversationId), body, documentedOrder) !== undefined,
  );
}

export function isStep(step: Step, transfer: string, transition?: 'entry' | 'exit'): boolean {
  return (
    step.type === 'transfer' &&
    step.transfer === transfer &&
    (transition === undefined || step.transition === transition)
  );
}

/** Identities of all who were ever in a conversation, in the order they came. */
export function agentsOf(past: readonly Step[]): Set<string> {
  return new Set(past.flatMap((step) => (step.type === 'transfer' ? [step.agent.identity] : [])));
}
