// The state of one conversation, and how it changes. Pure; knows neither HTTP nor other conversations.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { Event, HooksBody, Transfer, Transition } from '../protocol/events.ts';
import { shown } from '../protocol/problems.ts';

/** One thing that happens in a conversation, whichever of its documented spellings was used. */
export type Step =
  | { does: 'message' }
  | { does: 'transfer'; transfer: Transfer; transition: Transition; agent: string }
  | { does: 'summary' }
  | { does: 'end' };

export type TransferStep = Extract<Step, { does: 'transfer' }>;

export interface Conversation {
  /** Identities of the agents who are in it, in the order they came. */
  readonly present: readonly string[];
  /** The transfer event before; undefined while no agent was ever in it. */
  readonly latest?: TransferStep;
  readonly ended: boolean;
}

export const newConversation: Conversation = { present: [], ended: false };

/** One clause about the order: it looks at the conversation so far and at one step, and changes nothing. */
export interface OrderRule {
  /** What is broken, the most telling one first. */
  requirements: readonly [RequirementId, ...RequirementId[]];
  /** For the sender: what the documents ask for. */
  says: string;
  breaks(conversation: Conversation, step: Step): boolean;
}

/** A step that breaks the order: which one, and the rule. */
export interface Breach {
  step: Step;
  /** 1 for the first step of the body. */
  number: number;
  rule: OrderRule;
}

/**
 * All steps of one body in their order, or none: with a breach the conversation is as it was before.
 * Which order is right, is a matter of the rules alone.
 */
export function advance(
  conversation: Conversation,
  steps: readonly Step[],
  rules: readonly OrderRule[],
): Conversation | Breach {
  let current = conversation;
  for (const [index, step] of steps.entries()) {
    const rule = rules.find((candidate) => candidate.breaks(current, step));
    if (rule) return { step, number: index + 1, rule };
    current = after(current, step);
  }
  return current;
}

export function isBreach(outcome: Conversation | Breach): outcome is Breach {
  return 'rule' in outcome;
}

function after(conversation: Conversation, step: Step): Conversation {
  if (step.does === 'end') return { ...conversation, ended: true };
  if (step.does !== 'transfer') return conversation;
  const others = conversation.present.filter((agent) => agent !== step.agent);
  const present = step.transition === 'entry' ? [...others, step.agent] : others;
  return { ...conversation, present, latest: step };
}

/** The steps of a well-formed body (CE, Request Body): its message, then its events as they stand. */
export function stepsOf(body: HooksBody): Step[] {
  const message: Step[] = 'query' in body ? [{ does: 'message' }] : [];
  return [...message, ...((body.events ?? []) as Event[]).map(stepOf)];
}

function stepOf(event: Event): Step {
  if (event.name === 'TRIGGER_SUMMARY_EVENT') return { does: 'summary' };
  if (event.name === 'END_OF_CONVERSATION') return { does: 'end' };
  const { transfertype, transition, participant } = event;
  return { does: 'transfer', transfer: transferOf(transfertype), transition, agent: participant.identity };
}

/** The case of transfertype means nothing. */
function transferOf(written: string): Transfer {
  const lower = written.toLowerCase();
  return lower === 'na' ? 'NA' : (lower as Transfer);
}

/** A step as the sender reads it in a refusal: cold entry of "agent-2". */
export function described(step: Step): string {
  switch (step.does) {
    case 'message':
      return 'message';
    case 'summary':
      return 'TRIGGER_SUMMARY_EVENT';
    case 'end':
      return 'END_OF_CONVERSATION';
    case 'transfer':
      return `${step.transfer} ${step.transition} of ${shown(step.agent)}`;
  }
}
