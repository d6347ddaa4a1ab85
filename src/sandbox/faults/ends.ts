// What an end of conversation holds.
import type { Fault } from './fault.ts';
import { eventsOf, refusing, refusingEnds } from './refusing.ts';
import { refusingAfter } from './remembering.ts';

export const endFaults: readonly Fault[] = [
  {
    name: 'knows-agent-initiated-ends-only',
    breaks: 'HOOKS-EOC-02',
    says: 'Refuses another reason than agent_initiated.',
    behaviour: () => refusingEnds(({ reason }) => reason !== 'agent_initiated'),
  },
  {
    name: 'knows-no-failure-as-a-reason',
    breaks: 'HOOKS-EOC-02',
    says: 'Refuses reasons that name neither agent nor customer.',
    behaviour: () => refusingEnds(({ reason }) => !/^(agent|customer)_/.test(reason)),
  },
  {
    name: 'does-not-know-a-disconnected-system',
    breaks: 'HOOKS-EOC-02',
    says: 'Refuses the reason system_disconnected.',
    behaviour: () => refusingEnds(({ reason }) => reason === 'system_disconnected'),
  },
  {
    name: 'ends-in-english-only',
    breaks: 'HOOKS-EOC-03',
    says: 'Refuses an end in another language than en.',
    behaviour: () => refusingEnds(({ language }) => language !== 'en'),
  },
  {
    name: 'refuses-an-end-in-a-regional-language',
    breaks: 'HOOKS-EOC-03',
    says: 'Takes languages of two letters only at the end.',
    behaviour: () => refusingEnds(({ language }) => language.length !== 2),
  },
  {
    name: 'ends-calls-only',
    breaks: 'HOOKS-EOC-04',
    says: 'Refuses the end of a chat.',
    behaviour: () => refusingEnds(({ experience }) => experience === 'chat'),
  },
  {
    name: 'ends-chats-only',
    breaks: 'HOOKS-EOC-04',
    says: 'Refuses the end of a voice conversation.',
    behaviour: () => refusingEnds(({ experience }) => experience === 'voice'),
  },
  {
    name: 'lets-only-the-first-agent-end-it',
    breaks: 'HOOKS-EOC-05',
    says: 'Refuses the end when it names another participant than the first agent.',
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
    says: 'Refuses the end when it names another participant than the agent who joined last.',
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
    name: 'wants-who-ends-it-to-be-present',
    breaks: 'HOOKS-EOC-05',
    says: 'Does not know the participant of the end any more: that agent has left, as the order asks for.',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'end' && past.some(({ type }) => type === 'transfer')),
  },
  {
    name: 'wants-custom-fields-at-the-end',
    breaks: 'HOOKS-EOC-06',
    says: 'Refuses an end whose participant has no customFields.',
    behaviour: () => refusingEnds(({ participant }) => !('customFields' in participant)),
  },
  {
    name: 'refuses-custom-fields-at-the-end',
    breaks: 'HOOKS-EOC-06',
    says: 'Refuses an end whose participant has customFields.',
    behaviour: () => refusingEnds(({ participant }) => 'customFields' in participant),
  },
];
