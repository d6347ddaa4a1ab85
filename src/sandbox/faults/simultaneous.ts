// Faults that let simultaneous conversations or requests interfere with each other.
import { setTimeout as pause } from 'node:timers/promises';
import type { HooksBody } from '../../protocol/events.ts';
import { stepsOf } from '../../protocol/lifecycle/step.ts';
import { jsonOf } from '../body-checks.ts';
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { eventsOf, isMessage, refusing } from './refusing.ts';
import { isStep, keyingBy } from './remembering.ts';

export const simultaneousFaults: readonly Fault[] = [
  {
    name: 'takes-up-one-conversation-at-a-time',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses a redial while another conversation goes on that was taken up by one.',
    behaviour: () => {
      const redialled = new Set<string>();
      return refusing((body) => {
        const { conversationId } = body;
        const steps = stepsOf(body);
        const isRedial = steps.some((step) => isStep(step, 'redial', 'entry'));
        if (isRedial && [...redialled].some((id) => id !== conversationId)) return true;
        if (isRedial) redialled.add(conversationId);
        if (steps.some(({ type }) => type === 'end')) redialled.delete(conversationId);
        return false;
      });
    },
  },
  {
    name: 'has-one-bridge-for-all-conversations',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses a consultant while another conversation has two agents.',
    behaviour: () => {
      const agents = new Map<string, number>();
      return refusing((body) => {
        const { conversationId } = body;
        let own = agents.get(conversationId) ?? 0;
        const isBusy = [...agents].some(([id, count]) => id !== conversationId && count > 1);
        for (const step of stepsOf(body)) {
          if (isBusy && isStep(step, 'warm', 'entry')) return true;
          if (step.type === 'transfer') own += step.transition === 'entry' ? 1 : -1;
          if (step.type === 'end') own = 0;
        }
        agents.set(conversationId, own);
        return false;
      });
    },
  },
  {
    name: 'ignores-the-case-of-conversationids',
    breaks: 'HOOKS-SEQ-15',
    description: 'Treats conversations whose ids differ only in case as one.',
    behaviour: () => keyingBy((conversationId) => conversationId.toLowerCase()),
  },
  {
    name: 'keeps-conversationids-of-digits-as-numbers',
    breaks: 'HOOKS-SEQ-15',
    description: 'Treats conversations whose ids are equal as numbers as one.',
    behaviour: () => keyingBy((id) => (/^\d+$/.test(id) ? `${Number(id)}` : id)),
  },
  {
    name: 'truncates-conversationids',
    breaks: 'HOOKS-SEQ-15',
    description: 'Treats conversations whose ids differ only after the 64th character as one.',
    behaviour: () => keyingBy((conversationId) => conversationId.slice(0, 64)),
  },
  {
    name: 'replaces-dots-in-conversationids',
    breaks: 'HOOKS-SEQ-15',
    description:
      'Replaces dots in a conversationId by hyphens, so ids that differ only there name one conversation.',
    behaviour: () => keyingBy((conversationId) => conversationId.replaceAll('.', '-')),
  },
  {
    name: 'matches-a-conversation-by-the-start-of-its-id',
    breaks: 'HOOKS-SEQ-15',
    description: 'Treats a conversation as ended when its id begins with the id of one that has ended.',
    behaviour: () => {
      const ended: string[] = [];
      return refusing((body) => {
        const { conversationId } = body;
        if (ended.some((id) => id !== conversationId && conversationId.startsWith(id))) return true;
        if (stepsOf(body).some(({ type }) => type === 'end')) ended.push(conversationId);
        return false;
      });
    },
  },
  {
    name: 'begins-no-conversation-beside-one-with-a-like-id',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses a conversation while one is open whose id has the same first 24 characters.',
    behaviour: () =>
      refusingBeside((open, id) => open.some((other) => other.slice(0, 24) === id.slice(0, 24))),
  },
  {
    name: 'lets-only-two-conversations-be-open',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses a third conversation until one of two has ended.',
    behaviour: () => refusingBeside((open) => open.length > 1),
  },
  {
    name: 'makes-one-summary-at-a-time',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses the summary trigger while a conversation with another summary has not ended.',
    behaviour: () => {
      const summarised = new Set<string>();
      return refusing((body) => {
        const { conversationId } = body;
        const steps = stepsOf(body);
        const isSummary = steps.some(({ type }) => type === 'summary');
        if (isSummary && [...summarised].some((id) => id !== conversationId)) return true;
        if (isSummary) summarised.add(conversationId);
        if (steps.some(({ type }) => type === 'end')) summarised.delete(conversationId);
        return false;
      });
    },
  },
  {
    name: 'lets-an-agent-be-in-only-one-conversation',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses the entry of an agent who is in another conversation.',
    behaviour: () => {
      const busy = new Map<string, string>();
      return refusing((body) =>
        stepsOf(body).some((step) => {
          if (step.type !== 'transfer') return false;
          const elsewhere = busy.get(step.agent.identity);
          if (step.transition === 'exit') busy.delete(step.agent.identity);
          else busy.set(step.agent.identity, body.conversationId);
          return step.transition === 'entry' && elsewhere !== undefined && elsewhere !== body.conversationId;
        }),
      );
    },
  },
  {
    name: 'ends-all-conversations-of-an-agent-at-once',
    breaks: 'HOOKS-SEQ-15',
    description: 'Ends all other conversations of an agent when the first one ends.',
    behaviour: () => {
      const open = new Map<string, Set<string>>();
      const closed = new Set<string>();
      return refusing((body) => {
        const { conversationId } = body;
        for (const event of eventsOf(body)) {
          if (!('participant' in event)) continue;
          const { identity } = event.participant;
          const theirs = open.get(identity) ?? new Set();
          open.set(identity, theirs);
          if (event.name === 'INTERNAL_TRANSFER_EVENT') {
            if (event.transition === 'entry') theirs.add(conversationId);
            else theirs.delete(conversationId);
          } else for (const other of theirs) closed.add(other);
        }
        return closed.has(conversationId);
      });
    },
  },
  {
    name: 'keeps-only-the-state-of-the-latest-conversation',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses every request of a conversation once another one has begun.',
    behaviour: () => {
      const begun: string[] = [];
      return refusing(({ conversationId }) => {
        if (!begun.includes(conversationId)) begun.push(conversationId);
        return begun.at(-1) !== conversationId;
      });
    },
  },
  {
    name: 'accepts-only-messages-of-the-latest-conversation',
    breaks: 'HOOKS-SEQ-15',
    description: 'Refuses messages of a conversation once another one has begun.',
    behaviour: () => {
      const begun: string[] = [];
      return refusing((body) => {
        if (!begun.includes(body.conversationId)) begun.push(body.conversationId);
        return isMessage(body) && begun.at(-1) !== body.conversationId;
      });
    },
  },
  {
    name: 'answers-one-request-at-a-time',
    breaks: 'HOOKS-SEQ-15',
    description: 'Answers 409 to a request that comes while another one is being processed.',
    behaviour: () => {
      let inProgress = 0;
      return {
        aroundHooks: async (_, answer) => {
          if (inProgress > 0) return refusal(409, 'Another request is being processed');
          inProgress += 1;
          await pause(3);
          inProgress -= 1;
          return answer();
        },
      };
    },
  },
  {
    name: 'fails-under-six-requests-at-once',
    breaks: 'HOOKS-SEQ-15',
    description: 'Answers 500 to the sixth request that is processed at the same time.',
    behaviour: () => {
      let inProgress = 0;
      return {
        aroundHooks: async (_, answer) => {
          inProgress += 1;
          const tooMany = inProgress > 5;
          await pause(3);
          inProgress -= 1;
          return tooMany ? refusal(500, 'No database connection is free') : answer();
        },
      };
    },
  },
  {
    name: 'mixes-up-the-conversations-of-simultaneous-requests',
    breaks: 'HOOKS-SEQ-15',
    description:
      'Keeps the current conversation in a variable that a second request overwrites while the first one waits.',
    behaviour: () => {
      let current: string | undefined;
      return {
        aroundHooks: async (request, answer) => {
          const body = jsonOf(request.body) as HooksBody | undefined;
          current = body?.conversationId;
          await pause(3);
          return current === body?.conversationId
            ? answer()
            : refusal(400, 'The event belongs to another conversation');
        },
      };
    },
  },
  {
    name: 'overwrites-what-came-in-between',
    breaks: 'HOOKS-SEQ-15',
    description:
      'Reads all conversations, waits, and writes all of them back, so what came in between is lost.',
    behaviour: () => {
      let begun: ReadonlySet<string> = new Set();
      return {
        aroundHooks: async (request, answer) => {
          const body = jsonOf(request.body) as HooksBody | undefined;
          const read = begun;
          const judged = answer();
          if (body === undefined || judged.status !== 200) return judged;
          const isFirst = stepsOf(body).some(
            (step) => isStep(step, 'NA', 'entry') || isStep(step, 'redial', 'entry'),
          );
          if (!isFirst && !read.has(body.conversationId))
            return refusal(404, 'There is no such conversation');
          await pause(3);
          begun = new Set([...read, body.conversationId]);
          return judged;
        },
      };
    },
  },
  {
    name: 'lets-an-agent-go-everywhere-at-an-end',
    breaks: 'HOOKS-SEQ-15',
    description: 'The end of one conversation makes its agent unknown in others: messages there are refused.',
    behaviour: () => {
      const gone = new Map<string, Set<string>>();
      return refusing((body) => {
        const { conversationId, agentId } = body;
        for (const event of eventsOf(body)) {
          if (!('participant' in event)) continue;
          const { identity } = event.participant;
          if (event.name === 'END_OF_CONVERSATION') gone.set(identity, new Set());
          else if (event.transition === 'entry') gone.get(identity)?.add(conversationId);
        }
        return agentId !== undefined && gone.get(agentId)?.has(conversationId) === false;
      });
    },
  },
];

/** Refuses the NA entry that begins a conversation. @param when with the ids of the others that are open */
function refusingBeside(when: (open: string[], id: string) => boolean): ReturnType<Fault['behaviour']> {
  const open = new Set<string>();
  return refusing((body) => {
    const { conversationId } = body;
    const steps = stepsOf(body);
    if (steps.some(({ type }) => type === 'end')) open.delete(conversationId);
    if (open.has(conversationId) || !steps.some((step) => isStep(step, 'NA', 'entry'))) return false;
    if (when([...open], conversationId)) return true;
    open.add(conversationId);
    return false;
  });
}
