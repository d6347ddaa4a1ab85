// The model of a conversation as its sender tells it: give it the next step, get the new state and what is wrong.
// Pure and incremental; whether a conversation is over is for the caller to say.
import { type Level, type RequirementId, requirement } from '../catalogue.ts';
import { applies, type LifecycleRule, lifecycleRules } from './rules.ts';
import { after, type ConversationState } from './state.ts';
import { agentInWords, type PlacedStep, type Step, type StepKind, stepKind } from './step.ts';

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

/** The rules that have a say, by what the state and the step are; a log has millions of steps. */
const indices = { open: new Map<StepKind, LifecycleRule[]>(), ended: new Map<StepKind, LifecycleRule[]>() };

function rulesOn(state: ConversationState, step: Step): readonly LifecycleRule[] {
  const index = state.ended ? indices.ended : indices.open;
  const kind = stepKind(step);
  const known = index.get(kind);
  if (known) return known;
  const rules = Object.values<LifecycleRule>(lifecycleRules).filter((rule) => applies(rule, state, step));
  index.set(kind, rules);
  return rules;
}

const none: readonly SenderFinding[] = [];

/** The state after one step, and the clauses that the step breaks. */
export function advance(
  state: ConversationState,
  { step, event }: PlacedStep,
): { state: ConversationState; findings: readonly SenderFinding[] } {
  let findings: SenderFinding[] | undefined;
  for (const rule of rulesOn(state, step)) {
    const message = rule.breach(state, step);
    if (message === undefined) continue;
    findings ??= [];
    const pointer = event !== undefined ? `/events/${event}` : step.type === 'message' ? '/query' : '/events';
    findings.push(senderFinding(rule.requirement, message, pointer, event, rule.level));
  }
  return { state: after(state, step), findings: findings ?? none };
}

/** What is missing when nothing more comes: to be asked when a log has ended, or a conversation has gone idle. */
export function atClose(state: ConversationState): readonly SenderFinding[] {
  if (state.ended) return none;
  const { lastExit, latest } = state;
  const missing = lastExit === 'NA' || lastExit === 'unknown' ? [] : ["the last agent's NA exit"];
  const stops = `The conversation is not complete: ${[...missing, 'END_OF_CONVERSATION'].join(' and ')} did not come`;
  const incomplete = senderFinding('HOOKS-SEQ-16', stops);
  if (lastExit !== 'cold') return [incomplete];
  const alone = `${agentInWords(latest!.agent)} left with cold exit, and no agent joined with cold entry`;
  return [senderFinding('HOOKS-SEQ-08', alone), incomplete];
}
