// How a conversation that stands somewhere in its middle is brought to its documented end. Pure: sends nothing.
import { Conversation } from './conversation.ts';
import { type Dialect, type Event, type Experience, type HooksBody, summaryEvent } from './events.ts';
import type { ConversationState } from './lifecycle/state.ts';
import { type Participant, placedStepsOf, type Step, stepsOf } from './lifecycle/step.ts';
import { ConversationTracker } from './lifecycle/tracker.ts';

/** The events that are still missing, in their order; none when the conversation has not begun, or has ended. */
export function eventsToEnd(conversation: Conversation, state: ConversationState): Event[] {
  const { begun, ended, present, latest, lastExit, redialled, summarised } = state;
  if (!begun || ended) return [];
  const there = conversation.agentsOf(present);
  const [gone = conversation.lastAgent] = latest ? conversation.agentsOf([latest.agent]) : [];
  const events: Event[] = [];
  if (lastExit === 'cold') {
    const next = { number: gone.number + 1 };
    events.push(conversation.transferEvent('cold', 'entry', next));
    there.push(next);
  }
  const last = there.at(-1) ?? gone;
  for (const agent of there) {
    events.push(conversation.transferEvent(agent === last ? 'NA' : 'warm', 'exit', agent));
  }
  if (redialled && !summarised) events.push(summaryEvent());
  return [...events, conversation.endEvent({ agent: last })];
}

/**
 * The same for a conversation of which only the bodies are known, whoever its agents are.
 * @param bodies what was accepted of it, at least one
 */
export function endOf(
  bodies: readonly HooksBody[],
  dialect: Dialect,
): { conversation: Conversation; events: Event[] } {
  const { conversationId, botId } = bodies[0]!;
  const conversation = new Conversation({ conversationId, botId }, experienceOf(bodies), dialect);
  const tracker = new ConversationTracker();
  const agents = new Map<string, Participant>();
  for (const step of bodies.flatMap(stepsOf)) {
    const event = eventOf(step, conversation, agents);
    if (event) tracker.take({ steps: placedStepsOf({ events: [event] }) });
  }
  const all = [...agents.values()];
  const events = eventsToEnd(conversation, tracker.state).map((event) => {
    if (!('participant' in event)) return event;
    const { participant } = event;
    const known = all[Number(/\d+$/.exec(participant.identity)?.[0]) - 1];
    return known ? { ...event, participant: { ...participant, ...known } } : event;
  });
  return { conversation, events };
}

/** With the agents numbered in the order in which they joined. */
function eventOf(
  step: Step,
  conversation: Conversation,
  agents: Map<string, Participant>,
): Event | undefined {
  switch (step.type) {
    case 'transfer': {
      const { identity, name } = step.agent;
      if (!agents.has(identity)) agents.set(identity, { identity, name });
      const number = [...agents.keys()].indexOf(identity) + 1;
      return conversation.transferEvent(step.transfer, step.transition, { number });
    }
    case 'summary':
      return summaryEvent();
    case 'end':
      return conversation.endEvent();
    default:
      return undefined;
  }
}

function experienceOf(bodies: readonly HooksBody[]): Experience {
  const [event] = (bodies.find(({ events }) => events?.length)?.events ?? []) as {
    experience?: Experience;
  }[];
  return event?.experience ?? 'voice';
}
