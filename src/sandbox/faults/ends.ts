// Faults about the content of an end of conversation.
import { documentedOrder } from '../order-rules.ts';
import type { Fault } from './fault.ts';
import { eventsOf, refusing, refusingEnds } from './refusing.ts';

export const endFaults: readonly Fault[] = [
  {
    name: 'refuses-agent-initiated-ends',
    breaks: 'HOOKS-EOC-02',
    description: 'Refuses the documented reason agent_initiated.',
    behaviour: () => refusingEnds(({ reason }) => reason === 'agent_initiated'),
  },
  {
    name: 'refuses-agent-initiated-ends-of-chats',
    breaks: 'HOOKS-EOC-02',
    description: 'Refuses the reason agent_initiated for a chat.',
    behaviour: () =>
      refusingEnds(({ reason, experience }) => reason === 'agent_initiated' && experience === 'chat'),
  },
  {
    name: 'accepts-only-agent-initiated-ends',
    breaks: 'HOOKS-EOC-07',
    description: 'Refuses every reason except agent_initiated.',
    behaviour: () => refusingEnds(({ reason }) => reason !== 'agent_initiated'),
  },
  {
    name: 'refuses-a-failure-as-the-reason',
    breaks: 'HOOKS-EOC-07',
    description: 'Refuses reasons that begin with neither agent nor customer.',
    behaviour: () => refusingEnds(({ reason }) => !/^(agent|customer)_/.test(reason)),
  },
  {
    name: 'does-not-know-a-disconnected-system',
    breaks: 'HOOKS-EOC-07',
    description: 'Refuses the reason system_disconnected.',
    behaviour: () => refusingEnds(({ reason }) => reason === 'system_disconnected'),
  },
  {
    name: 'accepts-an-end-only-in-english',
    breaks: 'HOOKS-EOC-03',
    description: 'Refuses an end in any language except en.',
    behaviour: () => refusingEnds(({ language }) => language !== 'en'),
  },
  {
    name: 'refuses-an-end-in-a-regional-language',
    breaks: 'HOOKS-EOC-03',
    description: 'At the end, accepts only languages of two letters.',
    behaviour: () => refusingEnds(({ language }) => language.length !== 2),
  },
  {
    name: 'ends-only-calls',
    breaks: 'HOOKS-EOC-04',
    description: 'Refuses the end of a chat.',
    behaviour: () => refusingEnds(({ experience }) => experience === 'chat'),
  },
  {
    name: 'ends-only-chats',
    breaks: 'HOOKS-EOC-04',
    description: 'Refuses the end of a voice conversation.',
    behaviour: () => refusingEnds(({ experience }) => experience === 'voice'),
  },
  {
    name: 'lets-only-the-first-agent-end-it',
    breaks: 'HOOKS-EOC-05',
    description: 'Refuses the end when its participant is not the first agent.',
    behaviour: () => {
      const first = new Map<string, string>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (!('participant' in event)) return false;
          const { identity } = event.participant;
          if (!first.has(body.conversationId)) first.set(body.conversationId, identity);
          return event.name === 'END_OF_CONVERSATION' && first.get(body.conversationId) !== identity;
        }),
      );
    },
  },
  {
    name: 'lets-only-the-latest-agent-end-it',
    breaks: 'HOOKS-EOC-05',
    description: 'Refuses the end when its participant is not the agent who joined last.',
    behaviour: () => {
      const latest = new Map<string, string>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (!('participant' in event)) return false;
          const { identity } = event.participant;
          if (event.name === 'END_OF_CONVERSATION') return latest.get(body.conversationId) !== identity;
          if (event.transition === 'entry') latest.set(body.conversationId, identity);
          return false;
        }),
      );
    },
  },
  {
    name: 'requires-the-participant-of-the-end-to-be-present',
    breaks: 'HOOKS-EOC-05',
    description:
      'Expects the end before its participant has left, and refuses it where the documents have it.',
    behaviour: () => {
      const present = new Set<string>();
      const { 'NA exit before the end': _, ...order } = documentedOrder;
      const afterTheExit = refusing((body) =>
        eventsOf(body).some((event) => {
          if (!('participant' in event)) return false;
          const agent = `${event.participant.identity} of ${body.conversationId}`;
          if (event.name === 'END_OF_CONVERSATION') return !present.has(agent);
          if (event.transition === 'entry') present.add(agent);
          else present.delete(agent);
          return false;
        }),
      );
      return { ...afterTheExit, order };
    },
  },
  {
    name: 'requires-custom-fields-at-the-end',
    breaks: 'HOOKS-EOC-06',
    description: 'Refuses an end whose participant has no customFields.',
    behaviour: () => refusingEnds(({ participant }) => !('customFields' in participant)),
  },
  {
    name: 'refuses-custom-fields-at-the-end',
    breaks: 'HOOKS-EOC-06',
    description: 'Refuses an end whose participant has customFields.',
    behaviour: () => refusingEnds(({ participant }) => 'customFields' in participant),
  },
];
