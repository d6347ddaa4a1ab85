// Conversations in one line, for the tests of the lifecycle: "NA entry 1, cold exit 1, cold entry 2".
import { advance, atClose, type SenderFinding } from '../../../src/protocol/lifecycle/lifecycle.ts';
import { newConversation } from '../../../src/protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf, type Step } from '../../../src/protocol/lifecycle/step.ts';

/** A finding, and the step after which it came; omitted when it came at the close. */
export type Judged = SenderFinding & { after?: number };

/** What a conversation of these steps breaks; a "…" at the end of the text means that it goes on. */
export function judged(text: string): Judged[] {
  const steps = stepsIn(text.replace(/,\s*…$/, ''));
  return judgedSteps(
    steps.map((step, event) => ({ step, event })),
    { closed: !text.endsWith('…') },
  );
}

/** The rules of order that a conversation of these bodies breaks; not the problems of each body. */
export function judgedBodies(bodies: readonly object[]): Judged[] {
  return judgedSteps(bodies.flatMap(placedStepsOf), { closed: true });
}

export function judgedSteps(steps: readonly PlacedStep[], { closed }: { closed: boolean }): Judged[] {
  const found: Judged[] = [];
  let state = newConversation;
  for (const [after, step] of steps.entries()) {
    const next = advance(state, step);
    state = next.state;
    found.push(...next.breaches.map(({ finding }) => ({ ...finding, after })));
  }
  return closed ? [...found, ...atClose(state)] : found;
}

/** The requirements of findings, once each, as "HOOKS-SEQ-07" or "HOOKS-RDL-06 (should)". */
export function ids(found: readonly SenderFinding[]): string[] {
  return [
    ...new Set(
      found.map(({ requirement, level }) => (level === 'must' ? requirement : `${requirement} (${level})`)),
    ),
  ].sort();
}

export function stepsIn(text: string): Step[] {
  return text.split(/,\s*/).map(stepIn);
}

function stepIn(text: string): Step {
  if (text === 'message' || text === 'summary' || text === 'end' || text === 'unclear') return { type: text };
  const [, transfer, transition, number] = /^(NA|cold|warm|redial) (entry|exit) (\d+)$/.exec(text) ?? [];
  if (!number) throw new Error(`No step: ${text}`);
  return {
    type: 'transfer',
    transfer: transfer as 'NA' | 'cold' | 'warm' | 'redial',
    transition: transition as 'entry' | 'exit',
    agent: { identity: `agent-${number}`, name: `Agent ${number}` },
  };
}
