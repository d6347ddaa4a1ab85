// The verdict on one conversation.
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import type { ConversationVerdict, Totals } from './result.ts';

const order: readonly ConversationVerdict[] = ['pass', 'warning', 'fail'];

/** The total that counts the conversations with a verdict. */
export const counters = { pass: 'passed', warning: 'warned', fail: 'failed' } as const satisfies Record<
  ConversationVerdict,
  keyof Totals
>;

/** @param failOn the lowest level whose breach is a fail */
export function conversationVerdict(
  findings: readonly SenderFinding[],
  failOn: 'must' | 'should' = 'must',
): ConversationVerdict {
  if (findings.some(({ level }) => level === 'must' || level === failOn)) return 'fail';
  return findings.length > 0 ? 'warning' : 'pass';
}

/** The verdict of a conversation that was closed and then went on: the worse one of its parts. */
export function worse(one: ConversationVerdict, other: ConversationVerdict): ConversationVerdict {
  return order[Math.max(order.indexOf(one), order.indexOf(other))]!;
}
