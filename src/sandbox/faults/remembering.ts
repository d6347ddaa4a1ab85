// Builds tenants whose faults depend on earlier requests.

import type { LifecycleRule } from '../../protocol/lifecycle/rules.ts';
import type { ConversationState } from '../../protocol/lifecycle/state.ts';
import { type Step, stepsOf } from '../../protocol/lifecycle/step.ts';
import type { ConversationTracker } from '../../protocol/lifecycle/tracker.ts';
import type { Behaviour } from '../behaviour.ts';
import { takeSteps } from '../conversations.ts';
import { documentedOrder } from '../order-rules.ts';
import { refusing } from './refusing.ts';

/** Adds a rule about the order of a conversation after the documented ones. */
export function refusingSteps(
  when: (conversation: ConversationState, step: Step) => boolean,
): Partial<Behaviour> {
  const clause = 'this tenant expects another order';
  const rule: LifecycleRule = {
    requirement: 'HOOKS-SEQ-06',
    clause,
    breach: (conversation, step) => (when(conversation, step) ? clause : undefined),
  };
  return { order: { ...documentedOrder, 'a rule of this tenant': rule } };
}

/** @param when called for each step with the earlier steps of its conversation */
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

/** Identifies conversations by something other than their id. */
export function keyingBy(keyOf: (conversationId: string) => string): Partial<Behaviour> {
  const conversations = new Map<string, ConversationTracker>();
  return refusing(
    (body) => takeSteps(conversations, keyOf(body.conversationId), body, documentedOrder) !== undefined,
  );
}

export function isStep(step: Step, transfer: string, transition?: 'entry' | 'exit'): boolean {
  return (
    step.type === 'transfer' &&
    step.transfer === transfer &&
    (transition === undefined || step.transition === transition)
  );
}

/** The identities of all agents who were ever in a conversation, in the order they joined. */
export function agentsOf(past: readonly Step[]): Set<string> {
  return new Set(past.flatMap((step) => (step.type === 'transfer' ? [step.agent.identity] : [])));
}

export function agentOf(step: Step): string {
  return step.type === 'transfer' ? step.agent.identity : '';
}
