// The model of a conversation: takes its state and the next step, returns the new state and the broken rules.
// Pure and incremental; the caller decides when a conversation is over.
import { type Level, type RequirementId, requirement } from '../catalogue.ts';
import { documentedRules, type RuleSet } from './rule-set.ts';
import type { LifecycleRule } from './rules.ts';
import { after, type ConversationState } from './state.ts';
import { describeAgent, type PlacedStep } from './step.ts';

/** One requirement that the sender of a request broke. */
export interface SenderFinding {
  requirement: RequirementId;
  /** That of the requirement, unless a rule has its own (LifecycleRule). */
  level: Level;
  /** For people, in one line. */
  message: string;
  /** Index in `events`; omitted for a finding about the message, the envelope or the request. */
  event?: number;
  /** JSON pointer into the body; empty for a finding about the whole body. */
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

/** A rule that a step breaks. */
export interface Breach {
  rule: LifecycleRule;
  placed: PlacedStep;
  finding: SenderFinding;
}

const nothing: readonly Breach[] = [];

/**
 * The state after one step, and the rules that the step breaks. To follow a conversation, use its tracker (tracker.ts):
 * it knows which requests are steps of the conversation.
 */
export function advance(
  state: ConversationState,
  placed: PlacedStep,
  rules: RuleSet = documentedRules,
): { state: ConversationState; breaches: readonly Breach[] } {
  const { step, event } = placed;
  let breaches: Breach[] | undefined;
  for (const rule of rules.rulesFor(state, step)) {
    const message = rule.breach(state, step);
    if (message === undefined) continue;
    breaches ??= [];
    const pointer = event !== undefined ? `/events/${event}` : step.type === 'message' ? '/query' : '/events';
    const finding = senderFinding(rule.requirement, message, pointer, event, rule.level);
    breaches.push({ rule, placed, finding });
  }
  return { state: after(state, step), breaches: breaches ?? nothing };
}

/** "one", "one and two", "one, two and three" */
function listed(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(', '), texts.at(-1)].filter(Boolean).join(' and ');
}

/** What is missing when nothing more comes. Call it when the log has ended, or the conversation has gone idle. */
export function atClose(state: ConversationState): readonly SenderFinding[] {
  if (state.ended) return [];
  const { lastExit, latest, startMissing, begun } = state;
  const missing = [
    // Only messages came, or the conversation began in the middle.
    ...(begun && !startMissing ? [] : ['the NA entry']),
    ...(lastExit === 'NA' || lastExit === 'unknown' ? [] : ["the last agent's NA exit"]),
    'END_OF_CONVERSATION',
  ];
  const text = `The conversation is not complete: ${listed(missing)} did not come`;
  const incomplete = senderFinding('HOOKS-SEQ-16', text);
  if (lastExit !== 'cold') return [incomplete];
  const alone = `${describeAgent(latest!.agent)} left with cold exit, and no agent joined with cold entry`;
  return [senderFinding('HOOKS-SEQ-08', alone), incomplete];
}
