// Faults that show only deep in a conversation, or when many are open: what is stored is too small, or is found again by a
// key that is not unique.

import { type Step, stepsOf } from '../../protocol/lifecycle/step.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import { refusing } from './refusing.ts';
import { agentsOf, isStep, refusingAfter, refusingSteps } from './remembering.ts';

export const depthFaults: readonly Fault[] = [
  {
    name: 'keeps-only-eight-open-conversations',
    breaks: 'HOOKS-SEQ-15',
    description: 'Forgets the oldest of nine open conversations, and refuses its later requests.',
    behaviour: () => keepingOpen(8),
  },
  {
    name: 'keeps-only-forty-open-conversations',
    breaks: 'HOOKS-SEQ-15',
    description: 'Forgets the oldest of 41 open conversations, and refuses its later requests.',
    behaviour: () => keepingOpen(40),
  },
  {
    name: 'keeps-conversations-in-32-places',
    breaks: 'HOOKS-SEQ-15',
    description:
      'A new conversation takes the place of the 32nd before it, whether that one has ended or not.',
    behaviour: () => {
      const places: string[] = [];
      const known = new Set<string>();
      let begun = 0;
      return refusing(({ conversationId }) => {
        if (places.includes(conversationId)) return false;
        const lost = known.has(conversationId);
        known.add(conversationId);
        if (!lost) places[begun++ % 32] = conversationId;
        return lost;
      });
    },
  },
  {
    name: 'refuses-the-twentieth-conversation-that-is-open',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses to begin a conversation while 19 others are open.',
    behaviour: () => {
      const open = new Set<string>();
      return refusing((body) => {
        const { conversationId } = body;
        if (!open.has(conversationId) && open.size >= 19) return true;
        open.add(conversationId);
        if (endsIn(body)) open.delete(conversationId);
        return false;
      });
    },
  },
  {
    name: 'accepts-only-four-agents-at-the-same-time',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm entry of a fifth agent who is in the conversation at the same time.',
    behaviour: () =>
      refusingSteps(({ present }, step) => isStep(step, 'warm', 'entry') && present.length > 3),
  },
  {
    name: 'takes-an-agent-for-another-whose-identity-begins-alike',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm entry of an agent whose identity begins with that of one who is there.',
    behaviour: () =>
      refusingSteps(
        ({ present }, step) =>
          step.type === 'transfer' &&
          isStep(step, 'warm', 'entry') &&
          present.some(({ identity }) => step.agent.identity.startsWith(identity)),
      ),
  },
  {
    name: 'accepts-only-three-handovers',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses the fourth cold entry of a conversation.',
    behaviour: () => refusingTheNth(4, (step) => isStep(step, 'cold', 'entry')),
  },
  {
    name: 'lets-an-agent-come-back-only-once',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses the third cold entry of the same agent, or the second of the one who answered.',
    behaviour: () =>
      refusingAfter((past, step) => {
        const comes = (one: Step) => isStep(one, 'cold', 'entry') || isStep(one, 'NA', 'entry');
        const isOfTheSame = (one: Step) =>
          one.type === 'transfer' && step.type === 'transfer' && one.agent.identity === step.agent.identity;
        return (
          isStep(step, 'cold', 'entry') && past.filter((one) => comes(one) && isOfTheSame(one)).length > 1
        );
      }),
  },
  {
    name: 'lets-nobody-come-back-as-a-consultant-after-a-cold-exit',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the warm entry of an agent who has left with a cold exit.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'warm', 'entry') &&
          past.some((one) => isStep(one, 'cold', 'exit') && agentsOf([one]).isSubsetOf(agentsOf([step]))),
      ),
  },
  {
    name: 'knows-only-seven-agents-of-a-conversation',
    breaks: 'HOOKS-SEQ-13',
    description: 'Refuses the cold entry of the eighth agent who was ever in a conversation.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'cold', 'entry') && agentsOf([...past, step]).size > 7),
  },
  {
    name: 'keeps-only-the-last-forty-events',
    breaks: 'HOOKS-SEQ-14',
    description: 'Refuses the 41st request of a conversation, since its beginning is lost.',
    behaviour: () => refusingAfter((past) => past.length >= 40),
  },
  {
    name: 'refuses-the-third-redial',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses the third redial of a conversation.',
    behaviour: () => refusingTheNth(3, (step) => isStep(step, 'redial')),
  },
  {
    name: 'refuses-the-24th-message',
    breaks: 'HOOKS-MSG-04',
    description: 'Accepts only 23 messages in a conversation.',
    behaviour: () => refusingTheNth(24, ({ type }) => type === 'message'),
  },
  {
    name: 'refuses-the-32nd-message',
    breaks: 'HOOKS-MSG-04',
    description: 'Accepts only 31 messages in a conversation.',
    behaviour: () => refusingTheNth(32, ({ type }) => type === 'message'),
  },
];

function keepingOpen(number: number): Partial<Behaviour> {
  const open = new Set<string>();
  return refusing((body) => {
    const { conversationId } = body;
    const opens = stepsOf(body).some(
      (step) => isStep(step, 'NA', 'entry') || isStep(step, 'redial', 'entry'),
    );
    if (!open.has(conversationId) && !opens) return true;
    open.add(conversationId);
    if (endsIn(body)) open.delete(conversationId);
    if (open.size > number) open.delete([...open][0]!);
    return false;
  });
}

function refusingTheNth(number: number, which: (step: Step) => boolean): Partial<Behaviour> {
  return refusingAfter((past, step) => which(step) && past.filter(which).length >= number - 1);
}

function endsIn(body: object): boolean {
  return stepsOf(body).some(({ type }) => type === 'end');
}
