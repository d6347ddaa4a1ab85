// Twenty faults that an exploration has to find. All but one, which the catalogue of the sandbox has too, were made for it; none
// was picked by what a scenario sends. They are about state, depth, values and what goes on at the same time.
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { type Step, stepsOf } from '../../src/protocol/lifecycle/step.ts';
import { type Behaviour, documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { jsonOf } from '../../src/sandbox/body-checks.ts';
import { eventsOf, isMessage, refusing } from '../../src/sandbox/faults/refusing.ts';
import { agentsOf, isStep, refusingAfter, refusingSteps } from '../../src/sandbox/faults/remembering.ts';
import { simultaneousFaults } from '../../src/sandbox/faults/simultaneous.ts';
import { jsonAnswer, refusal } from '../../src/sandbox/refusal.ts';

export interface Planted {
  name: string;
  behaviour: () => Partial<Behaviour>;
  /** What it may be charged to. */
  charged: readonly RequirementId[];
  /** Events that show it; its smallest script has no more. */
  events: number;
  concurrency?: number;
}

const count = (past: readonly Step[], which: (step: Step) => boolean) => past.filter(which).length;
const entries = (past: readonly Step[]) =>
  past.flatMap((step) => (step.type === 'transfer' && step.transition === 'entry' ? [step] : []));
const isArabicOrHebrew = /[\u0590-\u06ff]/;

/** Takes the events of a body that another one is made of. */
function changing(change: (body: HooksBody) => HooksBody): Partial<Behaviour> {
  return {
    aroundHooks: (request, answer) => {
      const body = jsonOf(request.body) as HooksBody;
      const changed = change(body);
      // The parts behind it look at the same object.
      (request.body as { value: unknown }).value = changed;
      return answer();
    },
  };
}

export const planted: readonly Planted[] = [
  {
    name: 'the fifth agent of a warm transfer cannot leave',
    behaviour: () =>
      refusingSteps(
        ({ present }, step) =>
          isStep(step, 'warm', 'exit') &&
          step.type === 'transfer' &&
          present.findIndex(({ identity }) => identity === step.agent.identity) === 4,
      ),
    charged: ['HOOKS-SEQ-14'],
    events: 6,
  },
  {
    name: 'the third redial of the same agent is refused',
    behaviour: () =>
      refusingAfter((past, step) => {
        if (step.type !== 'transfer' || !isStep(step, 'redial', 'entry')) return false;
        const isOwn = (one: Step) =>
          one.type === 'transfer' &&
          isStep(one, 'redial', 'entry') &&
          one.agent.identity === step.agent.identity;
        return count(past, isOwn) >= 2;
      }),
    charged: ['HOOKS-RDL-01', 'HOOKS-RDL-04'],
    events: 7,
  },
  {
    name: 'no summary after two cold transfers back to the first agent',
    behaviour: () =>
      refusingAfter((past, step) => {
        const cold = entries(past).filter((one) => one.transfer === 'cold');
        return (
          step.type === 'summary' &&
          cold.length >= 2 &&
          cold.some((one) => one.agent.identity === entries(past)[0]?.agent.identity)
        );
      }),
    charged: ['HOOKS-SEQ-13'],
    events: 7,
  },
  {
    name: 'an agent is in one open conversation only',
    behaviour: () => {
      const busy = new Map<string, string>();
      return refusing((body) =>
        stepsOf(body).some((step) => {
          if (step.type !== 'transfer') return false;
          const where = busy.get(step.agent.identity);
          if (step.transition === 'exit') busy.delete(step.agent.identity);
          else if (where === undefined) busy.set(step.agent.identity, body.conversationId);
          return step.transition === 'entry' && where !== undefined && where !== body.conversationId;
        }),
      );
    },
    charged: ['HOOKS-SEQ-15'],
    events: 4,
  },
  {
    name: 'of three events in one body the last is dropped',
    behaviour: () =>
      changing((body) => {
        const events = eventsOf(body);
        return events.length < 3 ? body : ({ ...body, events: events.slice(0, 2) } as unknown as HooksBody);
      }),
    charged: ['HOOKS-ENV-05'],
    events: 6,
  },
  {
    name: 'a long name in Arabic or Hebrew is refused in a warm transfer',
    behaviour: () =>
      refusing((body) =>
        eventsOf(body).some(
          (event) =>
            event.name === 'INTERNAL_TRANSFER_EVENT' &&
            /warm/i.test(event.transfertype) &&
            isArabicOrHebrew.test(event.participant.name) &&
            event.participant.name.length >= 64,
        ),
      ),
    charged: ['HOOKS-XFER-08'],
    events: 3,
  },
  {
    name: 'a cold transfer is refused once a warm one came to its end',
    behaviour: () =>
      refusingAfter(
        (past, step) => isStep(step, 'cold', 'exit') && past.some((one) => isStep(one, 'warm', 'exit')),
      ),
    charged: ['HOOKS-SEQ-13', 'HOOKS-SEQ-14'],
    events: 4,
  },
  {
    name: 'who has left a warm transfer cannot come back by warm entry',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'warm', 'entry') &&
          step.type === 'transfer' &&
          past.some(
            (one) =>
              isStep(one, 'warm', 'exit') &&
              one.type === 'transfer' &&
              one.agent.identity === step.agent.identity,
          ),
      ),
    charged: ['HOOKS-SEQ-14'],
    events: 4,
  },
  {
    name: 'a redial by another agent is refused after a summary',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'redial', 'entry') &&
          step.type === 'transfer' &&
          past.some(({ type }) => type === 'summary') &&
          entries(past).at(-1)?.agent.identity !== step.agent.identity,
      ),
    charged: ['HOOKS-RDL-01', 'HOOKS-RDL-04'],
    events: 6,
  },
  {
    name: 'the fourth handover of a conversation is refused',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          isStep(step, 'cold', 'entry') && count(past, (one) => isStep(one, 'cold', 'entry')) >= 3,
      ),
    charged: ['HOOKS-SEQ-13'],
    events: 9,
  },
  {
    name: 'the sixth agent whom a conversation meets is refused',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'transfer' && agentsOf([...past, step]).size > 5),
    charged: ['HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-RDL-01'],
    events: 11,
  },
  {
    name: 'a message is refused when three agents are there',
    behaviour: () => refusingSteps(({ present }, step) => step.type === 'message' && present.length > 2),
    charged: ['HOOKS-SEQ-14', 'HOOKS-MSG-04'],
    events: 4,
  },
  {
    name: 'a second summary is refused',
    behaviour: () =>
      refusingAfter((past, step) => step.type === 'summary' && past.some(({ type }) => type === 'summary')),
    charged: ['HOOKS-SUM-05', 'HOOKS-SEQ-04', 'HOOKS-ENV-07'],
    events: 4,
  },
  {
    name: 'the end is answered with 202 after a redial',
    behaviour: () => {
      const redialled = new Set<string>();
      return {
        aroundHooks: async (request, answer) => {
          const body = jsonOf(request.body) as HooksBody;
          const steps = stepsOf(body);
          if (steps.some((step) => isStep(step, 'redial', 'entry'))) redialled.add(body.conversationId);
          const given = await answer();
          const isLate = given.status === 200 && steps.some(({ type }) => type === 'end');
          return isLate && redialled.has(body.conversationId) ? jsonAnswer(202, { STATUS: 'OK' }) : given;
        },
      };
    },
    charged: ['HOOKS-RESP-01'],
    events: 5,
  },
  {
    name: 'an exit is refused that follows a message with line breaks',
    behaviour: () => {
      const before = new Map<string, string>();
      return refusing((body) => {
        const said = before.get(body.conversationId) ?? '';
        before.set(body.conversationId, isMessage(body) ? body.query : '');
        return /\n/.test(said) && stepsOf(body).some((step) => isStep(step, 'NA', 'exit'));
      });
    },
    charged: ['HOOKS-MSG-01'],
    events: 3,
  },
  {
    name: 'a refused event is taken all the same',
    behaviour: () => {
      const spoilt = new Set<string>();
      return {
        aroundHooks: async (request, answer) => {
          const { conversationId } = jsonOf(request.body) as HooksBody;
          if (spoilt.has(conversationId)) return refusal(409, 'The conversation is in an unknown state');
          const given = await answer();
          if (given.status === 409) spoilt.add(conversationId);
          return given;
        },
      };
    },
    charged: ['HOOKS-SEQ-04', 'HOOKS-SEQ-13', 'HOOKS-SEQ-14', 'HOOKS-MSG-04', 'HOOKS-RDL-01', 'HOOKS-RDL-04'],
    events: 4,
  },
  {
    name: 'a warm exit is taken from whoever it is of',
    behaviour: () => {
      const { 'who leaves is in it': _, ...order } = documentedBehaviour.order;
      return { order };
    },
    charged: ['HOOKS-ERR-02'],
    events: 2,
  },
  {
    name: 'a customer identity with a slash mixes up two agents',
    behaviour: () =>
      refusingAfter(
        (past, step) =>
          step.type === 'transfer' &&
          step.transition === 'entry' &&
          step.agent.identity.includes('/') &&
          past.some(
            (one) =>
              one.type === 'transfer' &&
              one.agent.identity !== step.agent.identity &&
              one.agent.identity.split('/')[0] === step.agent.identity.split('/')[0],
          ),
      ),
    charged: ['HOOKS-XFER-08'],
    events: 3,
  },
  {
    name: 'one request at a time is answered',
    behaviour: () =>
      simultaneousFaults.find(({ name }) => name === 'answers-one-request-at-a-time')!.behaviour(),
    charged: ['HOOKS-SEQ-15'],
    events: 1,
    concurrency: 3,
  },
  {
    name: 'the third conversation of an agent cannot be ended while the others are open',
    behaviour: () => {
      const open = new Map<string, Set<string>>();
      return refusing((body) =>
        stepsOf(body).some((step) => {
          if (step.type !== 'transfer') return false;
          const theirs = open.get(step.agent.identity) ?? new Set();
          open.set(step.agent.identity, theirs);
          const isThird = theirs.size > 2 && [...theirs][2] === body.conversationId;
          if (step.transition === 'entry') theirs.add(body.conversationId);
          else if (!isThird) theirs.delete(body.conversationId);
          return step.transition === 'exit' && isThird;
        }),
      );
    },
    charged: ['HOOKS-SEQ-15'],
    events: 5,
  },
];
