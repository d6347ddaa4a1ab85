// Where a request stands in its conversation: what came before it, and who takes part.

import { type Participant, type Step, stepKind, stepOf, stepsOf } from '../../protocol/lifecycle/step.ts';
import { ConversationTracker } from '../../protocol/lifecycle/tracker.ts';
import { isMessage, isObject } from '../../protocol/requests.ts';
import { counted } from '../../text/count.ts';
import type { Trait } from './common-traits.ts';
import type { Past } from './past.ts';

const ranks = { history: 5, absence: 7, others: 8, count: 120 } as const;

export function placeTraits(body: Record<string, unknown>, past: Past): Trait[] {
  const words = [
    ...historyOf(past.steps),
    ...stepsOf(body).flatMap((step) => placeOf(step, past.steps)),
    ...namedAgents(body).flatMap((identity) => rankOfAgent(identity, agentsOf(past.steps))),
    ...(isMessage(body) && past.texts.includes(String(body.query))
      ? ['with a text that was sent before']
      : []),
  ];
  return [
    ...words.map((one) => ({ words: one, rank: ranks.history, detail: 1 })),
    ...stepsOf(body).flatMap((step) => placeElsewhere(step, past).map(aside)),
    ...countsOf(past.steps).map((one) => ({ words: one, rank: ranks.count, detail: 2 })),
    ...absences(past.steps).map((one) => ({ words: one, rank: ranks.absence, detail: 2 })),
    ...(past.isInterleaved ? [aside('straight after a request of another conversation')] : []),
    ...(past.othersOpen ? [aside('while another conversation is open')] : []),
    ...(past.simultaneous ? [aside('at the same time as others')] : []),
  ];
}

function aside(words: string): Trait {
  return { words, rank: ranks.others, detail: 2 };
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
    ...(isUnsummarised(past) ? ['after a message that no summary followed'] : []),
    ...(kinds.has('summary') ? ['after a summary'] : []),
    ...(stepKind(first).startsWith('redial') ? ['of a conversation that began with a redial'] : []),
  ];
}

function isUnsummarised(past: readonly Step[]): boolean {
  const message = past.findLastIndex(({ type }) => type === 'message');
  return message >= 0 && past.findLastIndex(({ type }) => type === 'summary') < message;
}

/** Numbers after which a tenant may treat a conversation otherwise. */
const several = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

function countsOf(past: readonly Step[]): string[] {
  const messages = past.filter(({ type }) => type === 'message').length;
  const events = past.length - messages;
  return several.flatMap((count) => [
    ...(messages >= count ? [`after ${count} messages`] : []),
    ...(events >= count ? [`after ${count} events`] : []),
  ]);
}

/** What was not there: said only when nothing else explains as much. */
function absences(past: readonly Step[]): string[] {
  if (past.length === 0) return [];
  const has = (pattern: RegExp) => past.some((step) => pattern.test(stepKind(step)));
  return [
    ...(has(/^message/) ? [] : ['before the first message']),
    ...(has(/^summary/) ? [] : ['before the first summary']),
    ...(has(/^(cold|warm)/) ? [] : ['before a transfer to another agent']),
    ...(presentAfter(past).length > 0 ? [] : ['when no agent is in the conversation']),
  ];
}

function presentAfter(past: readonly Step[]): readonly Participant[] {
  const tracker = new ConversationTracker();
  tracker.take({ steps: past.map((one) => ({ step: one })) });
  return tracker.state.present;
}

function placeOf(step: Step, past: readonly Step[]): string[] {
  const agents = agentsOf(past);
  const present = presentAfter(past);
  const count = present.length > 0 ? [`with ${counted(present.length, 'agent')} in the conversation`] : [];
  if (step.type !== 'transfer') return count;
  const { identity } = step.agent;
  const returns = step.transition === 'entry' && agents.includes(identity);
  const isThird = new Set([...agents, identity]).size > 2;
  return [
    ...count,
    ...(returns ? ['of an agent who was there before'] : []),
    ...(step.transition === 'entry' && isThird ? ['of a third agent'] : []),
    ...rankOfAgent(identity, agents),
    ...(present.length > 1 && present.at(-1)?.identity !== identity && step.transition === 'exit'
      ? ['of an agent who leaves before one who joined later']
      : []),
  ];
}

function rankOfAgent(identity: string, agents: readonly string[]): string[] {
  if (agents.length === 0) return [];
  return [agents[0] === identity ? 'of the first agent' : 'of an agent who is not the first'];
}

/** The agents of messages and of ends: neither is among what a step says. */
function namedAgents(body: Record<string, unknown>): string[] {
  const events = Array.isArray(body.events) ? body.events.filter(isObject) : [];
  const ended = events
    .filter((event) => stepOf(event).type === 'end')
    .map(({ participant }) => (isObject(participant) ? participant.identity : undefined));
  return [isMessage(body) ? body.agentId : undefined, ...ended].filter((one) => typeof one === 'string');
}

function placeElsewhere(step: Step, { presentElsewhere, goneElsewhere }: Past): string[] {
  if (step.type !== 'transfer') return [];
  return [
    ...(presentElsewhere.has(step.agent.identity) ? ['of an agent who is in another conversation'] : []),
    ...(goneElsewhere.has(step.agent.identity)
      ? ['of an agent who has left another conversation in the meantime']
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
