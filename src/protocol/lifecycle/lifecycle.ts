// The model of a conversation as its sender tells it: give it the next step, get the new state and what is wrong.
// Pure and incremental; whether a conversation is over is for the caller to say.
import { type Level, type RequirementId, requirement } from '../catalogue.ts';
import { documentedRules, type RuleSet } from './rule-set.ts';
import type { LifecycleRule } from './rules.ts';
import { after, type ConversationState } from './state.ts';
import { agentInWords, type PlacedStep } from './step.ts';

/** One requirement that the sender of a request broke. */
export interface SenderFinding {
  requirement: RequirementId;
  /** That of the requirement, unless the documents show the form, and another one beside it. */
  level: Level;
  /** For people, in one line. */
  message: string;
  /** Index in `events`; left out when it is about the message, the envelope or the request. */
  event?: number;
  /** JSON pointer into the body; empty when it is about the whole of it. */
  pointer: string;
}

export function senderFinding(
  id: RequirementId,
  message: string,
  pointer = '',
  event?: number,
  level = requirement(id).level,
): SenderFinding {
  return { requirement: id, level, message, pointer, ...(event === undefined ? {} : { event }) };
}

/** A clause that a step breaks. */
export interface Breach {
  rule: LifecycleRule;
  placed: PlacedStep;
  finding: SenderFinding;
}

const nothing: readonly Breach[] = [];

/**
 * The state after one step, and the clauses that the step breaks. Whoever follows a conversation asks its tracker
 * (tracker.ts), which knows what is a step of it and what is not.
 */
export function advance(
  state: ConversationState,
  placed: PlacedStep,
  rules: RuleSet = documentedRules,
): { state: ConversationState; breaches: readonly Breach[] } {
  const { step, event } = placed;
  let breaches: Breach[] | undefined;
  for (const rule of rules.on(state, step)) {
    const message = rule.breach(state, step);
    if (message === undefined) continue;
    breaches ??= [];
    const pointer = event !== undefined ? `/events/${event}` : step.type === 'message' ? '/query' : '/events';
    const finding = senderFinding(rule.requirement, message, pointer, event, rule.level);
    breaches.push({ rule, placed, finding });
  }
  return { state: after(state, step), breaches: breaches ?? nothing };
}

/** What is missing when nothing more comes: to be asked when a log has ended, or a conversation has gone idle. */
export function atClose(state: ConversationState): readonly SenderFinding[] {
  if (state.ended) return [];
  const { lastExit, latest } = state;
  const missing = lastExit === 'NA' || lastExit === 'unknown' ? [] : ["the last agent's NA exit"];
  const stops = `The conversation is not complete: ${[...missing, 'END_OF_CONVERSATION'].join(' and ')} did not come`;
  const incomplete = senderFinding('HOOKS-SEQ-16', stops);
  if (lastExit !== 'cold') return [incomplete];
  const alone = `${agentInWords(latest!.agent)} left with cold exit, and no agent joined with cold entry`;
  return [senderFinding('HOOKS-SEQ-08', alone), incomplete];
}
