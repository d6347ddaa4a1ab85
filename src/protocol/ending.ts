// How a conversation that stands somewhere in its middle is brought to its documented end. Pure: sends nothing.
import type { Conversation } from './conversation.ts';
import { type Event, summaryEvent } from './events.ts';
import type { ConversationState } from './lifecycle/state.ts';

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
