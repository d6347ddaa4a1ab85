// A refused event in its own form with less before it: at the earliest place that such an event has in a conversation, or with
// nothing but messages.
import { Conversation } from '../conversation.ts';
import type { Agent, Dialect, HooksBody } from '../events.ts';
import { stepKind, stepsOf } from '../lifecycle/step.ts';
import { experienceOf } from './place.ts';
import { eventsOf, isTransfer, lastOf, type Sequence, withAgents } from './sequence.ts';

type Before = (conversation: Conversation) => { body: HooksBody }[];

const other: Agent = { number: 1 };
const own: Agent = { number: 2 };
const answered: Before = (one) => [one.transfer('NA', 'entry', own)];
const left: Before = (one) => [...answered(one), one.transfer('NA', 'exit', own)];
const answeredByAnother: Before = (one) => [one.transfer('NA', 'entry', other)];
const consulted: Before = (one) => [...answeredByAnother(one), one.transfer('warm', 'entry', own)];

/** What comes before each kind of event: that of its agent, after another one where it takes two. */
const earliest: Partial<Record<ReturnType<typeof stepKind>, Before>> = {
  'NA entry': () => [],
  'NA exit': answered,
  'cold exit': answered,
  'cold entry': (one) => [...answeredByAnother(one), one.transfer('cold', 'exit', other)],
  'warm entry': answeredByAnother,
  'warm exit': consulted,
  'redial entry': left,
  summary: left,
  end: left,
};

/** undefined for several at once, and for one that has no such place. */
export function early(sequence: Sequence, dialect: Dialect): Sequence | undefined {
  const last = lastOf(sequence);
  const { conversationId, botId, agentId } = last;
  const [step, ...others] = stepsOf(last);
  const event = eventsOf(last).at(-1);
  const agents = agentsIn(sequence);
  const ownId = agentId ?? (event && 'participant' in event ? event.participant.identity : agents[0]);
  const otherId = agents.find((identity) => identity !== ownId) ?? 'another-agent';
  // A message of a later agent comes while the first one is there.
  const ofMessage = agents[0] === ownId ? answered : consulted;
  const before = step && (step.type === 'message' ? ofMessage : earliest[stepKind(step)]);
  if (!before || others.length > 0 || ownId === undefined) return undefined;
  const conversation = new Conversation({ conversationId, botId }, experienceOf(sequence), dialect);
  const bodies = before(conversation).map(({ body }) => body);
  const identities: Record<string, string> = { 'agent-1': otherId, 'agent-2': ownId };
  const named = withAgents({ bodies }, (identity) => ({
    identity: identities[identity] ?? identity,
    name: nameIn(sequence, identities[identity] ?? identity),
  }));
  return { ...sequence, bodies: [...named.bodies, last] };
}

/** The messages up to this one, in a conversation of its first agent; undefined when it did not begin with an NA entry. */
export function messagesOnly(sequence: Sequence): Sequence | undefined {
  const [first, ...others] = sequence.bodies;
  const [agent] = agentsIn(sequence);
  const kind = first && stepsOf(first).map(stepKind).join();
  if (!first || agent === undefined || kind !== 'NA entry') return undefined;
  const messages = others.filter((body) => body.query !== undefined && eventsOf(body).length === 0);
  const name = nameIn(sequence, agent);
  return withAgents({ ...sequence, bodies: [first, ...messages] }, () => ({ identity: agent, name }));
}

/** In the order in which they joined. */
function agentsIn({ bodies }: Sequence): string[] {
  const events = bodies.flatMap(eventsOf).filter(isTransfer);
  return [...new Set(events.map(({ participant }) => participant.identity))];
}

function nameIn({ bodies }: Sequence, identity: string): string {
  const event = bodies
    .flatMap(eventsOf)
    .find((one) => isTransfer(one) && one.participant.identity === identity);
  return event && isTransfer(event) ? event.participant.name : 'Another Agent';
}
