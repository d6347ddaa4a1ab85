// Faults about redials: after a drop, as a call back, and where the drop was not reported.
import type { Fault } from './fault.ts';
import { isStep, refusingAfter } from './remembering.ts';

export const redialFaults: readonly Fault[] = [
  {
    name: 'refuses-a-redial-after-an-exit',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses a redial after the NA exit of the drop.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'redial') && past.some((one) => isStep(one, 'NA', 'exit'))),
  },
  {
    name: 'refuses-a-second-redial',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses a second redial in a conversation.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'redial') && past.some((one) => isStep(one, 'redial'))),
  },
  {
    name: 'lets-only-the-first-agent-redial',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses a redial after a transfer.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'redial') && past.some((one) => isStep(one, 'cold') || isStep(one, 'warm')),
      ),
  },
  {
    name: 'refuses-a-redial-after-a-warm-transfer',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses a redial after a warm transfer.',
    behaviour: () =>
      refusingAfter((past, step) => isStep(step, 'redial') && past.some((one) => isStep(one, 'warm'))),
  },
  {
    name: 'refuses-messages-after-a-redial',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses messages after a redial.',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'message' && past.some((one) => isStep(one, 'redial'))),
  },
  {
    name: 'refuses-a-summary-after-a-redial',
    breaks: 'HOOKS-RDL-01',
    description: 'Refuses a summary after a redial.',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'summary' && past.some((one) => isStep(one, 'redial'))),
  },
  {
    name: 'refuses-a-redial-that-opens-a-conversation',
    breaks: 'HOOKS-RDL-04',
    description: 'Refuses a redial that opens a conversation.',
    behaviour: () => refusingAfter((past, step) => isStep(step, 'redial') && past.length === 0),
  },
  {
    name: 'refuses-the-exit-of-an-agent-who-called-back',
    breaks: 'HOOKS-RDL-04',
    description: 'Refuses an NA exit in a conversation without an NA entry.',
    behaviour: () =>
      refusingAfter(
        (past, step) => isStep(step, 'NA', 'exit') && !past.some((one) => isStep(one, 'NA', 'entry')),
      ),
  },
  {
    name: 'refuses-messages-of-a-call-back',
    breaks: 'HOOKS-RDL-04',
    description: 'Refuses messages in a conversation that began with a redial.',
    behaviour: () =>
      refusingAfter(
        ([first], step) => step.type === 'message' && first !== undefined && isStep(first, 'redial'),
      ),
  },
  {
    name: 'accepts-only-one-call-back-of-an-agent',
    breaks: 'HOOKS-RDL-04',
    description: 'Refuses the second conversation that an agent opens with a redial.',
    behaviour: () => {
      const called = new Set<string>();
      return refusingAfter((past, step) => {
        if (step.type !== 'transfer' || step.transfer !== 'redial' || past.length > 0) return false;
        const again = called.has(step.agent.identity);
        called.add(step.agent.identity);
        return again;
      });
    },
  },
  {
    name: 'refuses-a-redial-without-a-drop',
    breaks: 'HOOKS-RDL-06',
    description: 'Refuses a redial straight after the NA entry.',
    behaviour: () =>
      refusingAfter(
        (past, step) => isStep(step, 'redial') && past.length > 0 && isStep(past.at(-1)!, 'NA', 'entry'),
      ),
  },
  {
    name: 'counts-an-agent-twice-after-an-unreported-drop',
    breaks: 'HOOKS-RDL-06',
    description: 'Refuses the end after a redial without a drop, since it counts the agent as present twice.',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          step.type === 'end' &&
          past.filter((one) => one.type === 'transfer' && one.transition === 'entry').length >
            past.filter((one) => one.type === 'transfer' && one.transition === 'exit').length,
      ),
  },
];
