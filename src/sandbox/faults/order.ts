// Faults about the order of a conversation: the minimum, cold and warm transfers.
import type { Fault } from './fault.ts';
import { eventsOf, refusing } from './refusing.ts';
import { agentOf, agentsOf, isStep, refusingAfter, refusingSteps } from './remembering.ts';

export const orderFaults: readonly Fault[] = [
  {
    name: 'requires-a-transfer-in-every-conversation',
    breaks: 'HOOKS-SEQ-04',
    description: 'Refuses the end of a conversation that had only one agent.',
    behaviour: () => refusingAfter((past, step) => step.type === 'end' && agentsOf(past).size < 2),
  },
  {
    name: 'requires-a-message-in-every-conversation',
    breaks: 'HOOKS-SEQ-04',
    description: 'Refuses the end of a conversation without messages.',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'end' && !past.some(({ type }) => type === 'message')),
  },
  {
    name: 'ties-an-agent-to-the-experience-of-the-first-conversation',
    breaks: 'HOOKS-SEQ-04',
    description: 'Refuses an agent in a chat who was in a call before, and vice versa.',
    behaviour: () => {
      const experiences = new Map<string, string>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (event.name !== 'INTERNAL_TRANSFER_EVENT') return false;
          const { participant, experience } = event;
          if (!experiences.has(participant.identity)) experiences.set(participant.identity, experience);
          return experiences.get(participant.identity) !== experience;
        }),
      );
    },
  },
  {
    name: 'refuses-the-third-agent-of-a-cold-transfer',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses the cold entry of a third agent.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'cold', 'entry') &&
          !past.some((one) => isStep(one, 'warm')) &&
          agentsOf([...past, step]).size > 2,
      ),
  },
  {
    name: 'refuses-an-agent-who-comes-back',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses the cold entry of an agent who was in the conversation before.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'cold', 'entry') && agentsOf(past).has(agentOf(step))),
  },
  {
    name: 'requires-the-next-agent-to-join-first',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses a cold exit before the next agent has joined.',
    behaviour: () => refusingSteps(({ present }, step) => isStep(step, 'cold', 'exit') && present.length < 2),
  },
  {
    name: 'refuses-messages-after-a-cold-transfer',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses messages after a cold transfer.',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'message' && past.some((one) => isStep(one, 'cold'))),
  },
  {
    name: 'refuses-the-warm-exit-of-the-first-agent',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses a warm exit of the first agent.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'warm', 'exit') && agentOf(step) === [...agentsOf(past)][0]),
  },
  {
    name: 'refuses-the-na-exit-of-a-consultant',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the NA exit of an agent who has come as a consultant.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'NA', 'exit') &&
          past
            .filter((one) => agentOf(one) === agentOf(step))
            .slice(-1)
            .some((one) => isStep(one, 'warm', 'entry')),
      ),
  },
  {
    name: 'refuses-a-third-agent-at-the-same-time',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm entry of a third agent while two are present.',
    behaviour: () =>
      refusingSteps(({ present }, step) => isStep(step, 'warm', 'entry') && present.length > 1),
  },
  {
    name: 'requires-the-latest-consultant-to-leave-first',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm exit of an agent while one who joined later is present.',
    behaviour: () =>
      refusingSteps(
        ({ present }, step) => isStep(step, 'warm', 'exit') && present.at(-1)?.identity !== agentOf(step),
      ),
  },
  {
    name: 'lets-a-consultant-join-only-once',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm entry of an agent who was in the conversation before.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'warm', 'entry') && agentsOf(past).has(agentOf(step))),
  },
  {
    name: 'lets-only-the-first-agent-invite',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses a warm entry when the first agent has left.',
    behaviour: () =>
      refusingAfter((past, step) => {
        const [first] = agentsOf(past);
        const latest = past.findLast((one) => agentOf(one) === first);
        return (
          isStep(step, 'warm', 'entry') &&
          agentOf(step) !== first &&
          latest?.type === 'transfer' &&
          latest.transition === 'exit'
        );
      }),
  },
  {
    name: 'refuses-a-warm-transfer-after-a-cold-one',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses a warm entry after a cold transfer.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'warm', 'entry') && past.some((one) => isStep(one, 'cold'))),
  },
];
