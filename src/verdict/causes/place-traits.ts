// Where a request stands in its conversation: what came before it, and who takes part.

import { type Step, stepKind, stepsOf } from '../../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../protocol/lifecycle/tracker.ts';
import { isMessage } from '../../protocol/requests.ts';
import type { Trait } from './common-traits.ts';
import type { Past } from './past.ts';

const ranks = { history: 5, absence: 7, others: 8 } as const;

export function placeTraits(body: Record<string, unknown>, past: Past): Trait[] {
  const words = [
    ...historyOf(past.steps),
    ...stepsOf(body).flatMap((step) => placeOf(step, past.steps)),
    ...(isMessage(body) && past.texts.includes(String(body.query))
      ? ['with a text that was sent before']
      : []),
  ];
  return [
    ...words.map((one) => ({ words: one, rank: ranks.history })),
    ...absences(past.steps).map((one) => ({ words: one, rank: ranks.absence })),
    ...(past.othersOpen ? [{ words: 'while another conversation is open', rank: ranks.others }] : []),
    ...(past.simultaneous ? [{ words: 'at the same time as others', rank: ranks.others }] : []),
  ];
}

function historyOf(past: readonly Step[]): string[] {
  const first = past[0];
  const latest = past.at(-1);
  if (!first || !latest) return ['that begin a conversation'];
  const kinds = new Set(past.map(stepKind));
  const some = (pattern: RegExp) => [...kinds].some((kind) => pattern.test(kind));
  const messages = past.filter(({ type }) => type === 'message').length;
  return [
    'that do not begin a conversation',
    `straight after ${named(latest)}`,
    ...(some(/^cold/) ? ['after a cold transfer'] : []),
    ...(some(/^warm/) ? ['after a warm transfer'] : []),
    ...(some(/^(cold|warm)/) ? ['after a transfer to another agent'] : []),
    ...(some(/^redial/) ? ['after a redial'] : []),
    ...(some(/^NA exit/) ? ['after an NA exit'] : []),
    ...(messages > 0 ? ['after a message'] : []),
    ...(messages > 2 ? ['after three messages'] : []),
    ...(kinds.has('summary') ? ['after a summary'] : []),
    ...(stepKind(first).startsWith('redial') ? ['of a conversation that began with a redial'] : []),
  ];
}

/** What was not there: said only when nothing else explains as much. */
function absences(past: readonly Step[]): string[] {
  if (past.length === 0) return [];
  const has = (pattern: RegExp) => past.some((step) => pattern.test(stepKind(step)));
  return [
    ...(has(/^message/) ? [] : ['of a conversation without messages']),
    ...(has(/^summary/) ? [] : ['of a conversation without a summary']),
    ...(has(/^(cold|warm)/) ? [] : ['of a conversation with one agent']),
  ];
}

function placeOf(step: Step, past: readonly Step[]): string[] {
  const agents = agentsOf(past);
  const tracker = new ConversationTracker();
  tracker.take({ steps: past.map((one) => ({ step: one })) });
  const { present } = tracker.state;
  const count = [`with ${present.length} agents in the conversation`];
  if (step.type !== 'transfer') return count;
  const { identity } = step.agent;
  const returns = step.transition === 'entry' && agents.includes(identity);
  const isThird = new Set([...agents, identity]).size > 2;
  return [
    ...count,
    ...(returns ? ['of an agent who was there before'] : []),
    ...(step.transition === 'entry' && isThird ? ['of a third agent'] : []),
    ...(agents.length > 0 && agents[0] !== identity ? ['of an agent who is not the first'] : []),
    ...(agents[0] === identity ? ['of the first agent'] : []),
    ...(present.length > 1 && present.at(-1)?.identity !== identity && step.transition === 'exit'
      ? ['of an agent who leaves before one who joined later']
      : []),
  ];
}

/** The identities of the agents of a conversation, in the order they joined. */
function agentsOf(past: readonly Step[]): string[] {
  return [...new Set(past.flatMap((step) => (step.type === 'transfer' ? [step.agent.identity] : [])))];
}

function named(step: Step): string {
  const kind = stepKind(step);
  if (kind === 'message') return 'a message';
  if (kind === 'summary') return 'a summary';
  if (kind === 'end') return 'the end';
  return `${kind.startsWith('NA') ? 'an' : 'a'} ${kind}`;
}
