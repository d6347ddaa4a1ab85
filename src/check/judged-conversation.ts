// A conversation with the findings that the check was asked for.
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { conversationVerdict } from './conversation-verdict.ts';
import type { LogCheckOptions } from './log-check-options.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { CheckedConversation, JudgedConversation, PlacedFinding, SentStep } from './result.ts';

const noSteps: readonly SentStep[] = [];

/** @param found all findings so far, or those of its end */
export function judgedConversation(
  { id, further }: OpenConversation,
  found: readonly PlacedFinding[],
  options: LogCheckOptions,
): JudgedConversation {
  const selected = (one: Pick<PlacedFinding, 'requirement'>) => isSelected(one, options);
  const findings = found.length > 0 ? found.filter(selected) : found;
  return {
    conversationId: id,
    verdict: conversationVerdict(findings, options.failOn),
    findings,
    further: further.filter(selected),
  };
}

/** The same with its steps, unless it is in order and only the steps of the others are asked for. */
export function checkedConversation(
  conversation: OpenConversation,
  found: readonly PlacedFinding[],
  options: LogCheckOptions,
): CheckedConversation {
  const judged = judgedConversation(conversation, found, options);
  const withSteps = judged.findings.length > 0 || options.stepsOf === 'all';
  return { ...judged, steps: withSteps ? conversation.steps : noSteps };
}

/** Whether a finding is about one of the requirements that are asked for. */
export function isSelected(
  { requirement }: Pick<SenderFinding, 'requirement'>,
  { only }: LogCheckOptions,
): boolean {
  return only?.has(requirement) ?? true;
}
