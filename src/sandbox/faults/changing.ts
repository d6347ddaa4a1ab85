// Faults that show only when something changes within a conversation, or nothing happens in it for a while.
import type { Event, HooksBody } from '../../protocol/events.ts';
import type { Behaviour } from '../behaviour.ts';
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { eventsOf, isTransfer, refusing } from './refusing.ts';

export const changingFaults: readonly Fault[] = [
  {
    name: 'wants-isExtAD-in-one-form-throughout-a-conversation',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD as a string in a conversation that began with a boolean.',
    behaviour: () =>
      refusingAnother((event) =>
        isTransfer(event) && event.isExtAD !== undefined ? typeof event.isExtAD : undefined,
      ),
  },
  {
    name: 'wants-one-value-of-isExtAD-throughout-a-conversation',
    breaks: 'HOOKS-XFER-03',
    description: 'Refuses isExtAD false in a conversation that began with true.',
    behaviour: () =>
      refusingAnother((event) =>
        isTransfer(event) && event.isExtAD !== undefined ? String(event.isExtAD) : undefined,
      ),
  },
  {
    name: 'wants-customFields-throughout-a-conversation',
    breaks: 'HOOKS-XFER-10',
    description: 'Refuses transfer events without customFields in a conversation that began with some.',
    behaviour: () =>
      refusingAnother((event) =>
        isTransfer(event) ? event.participant.customFields !== undefined : undefined,
      ),
  },
  {
    name: 'wants-one-queue-throughout-a-conversation',
    breaks: 'HOOKS-XFER-10',
    description: 'Refuses an agent of another queue than the first agent of the conversation.',
    behaviour: () =>
      refusingAnother((event) => (isTransfer(event) ? event.participant.customFields?.queueId : undefined)),
  },
  {
    name: 'summarises-in-the-first-language-of-a-conversation-only',
    breaks: 'HOOKS-SUM-02',
    description: 'Refuses a summary in another locale than that of the first entry.',
    behaviour: () =>
      refusingAnother((event) => {
        if (event.name === 'TRIGGER_SUMMARY_EVENT') return event.data.locale;
        return isTransfer(event) && event.transition === 'entry' ? event.language : undefined;
      }),
  },
  {
    name: 'ends-only-a-conversation-with-a-language',
    breaks: 'HOOKS-XFER-06',
    description: 'Answers an end with 500 when no transfer event of the conversation had a language.',
    behaviour: () => failingWithoutALanguage('END_OF_CONVERSATION'),
  },
  {
    name: 'summarises-only-a-conversation-with-a-language',
    breaks: 'HOOKS-XFER-06',
    description: 'Answers a summary with 500 when no transfer event of the conversation had a language.',
    behaviour: () => failingWithoutALanguage('TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'takes-an-entry-in-a-moment-after-its-answer',
    breaks: 'HOOKS-RESP-01',
    seenBy: ['HOOKS-SEQ-04'],
    description: 'Refuses an exit within 150 ms of an entry, which it has accepted and not yet carried out.',
    behaviour: () => {
      const entered = new Map<string, number>();
      return refusing((body) => {
        const { conversationId } = body;
        const now = Date.now();
        const transfers = eventsOf(body).filter(isTransfer);
        const isTooSoon =
          transfers.some(({ transition }) => transition === 'exit') &&
          now - (entered.get(conversationId) ?? 0) < 150;
        if (transfers.some(({ transition }) => transition === 'entry')) entered.set(conversationId, now);
        return isTooSoon;
      });
    },
  },
  forgetful('forgets-a-conversation-that-rests-for-a-second', 1),
  forgetful('forgets-a-conversation-that-rests-for-four-seconds', 4),
];

function forgetful(name: string, seconds: number): Fault {
  return {
    name,
    breaks: 'HOOKS-SEQ-14',
    description: `Refuses all that comes once nothing has come for more than ${seconds} s.`,
    behaviour: () => {
      const latest = new Map<string, number>();
      return refusing(({ conversationId }) => {
        const now = Date.now();
        const isForgotten = now - (latest.get(conversationId) ?? now) > seconds * 1000;
        if (!isForgotten) latest.set(conversationId, now);
        return isForgotten;
      });
    },
  };
}

function failingWithoutALanguage(name: Event['name']): Partial<Behaviour> {
  const withLanguage = new Set<string>();
  const when = (body: HooksBody) => {
    const { conversationId } = body;
    const events = eventsOf(body);
    if (events.some((event) => isTransfer(event) && event.language !== undefined))
      withLanguage.add(conversationId);
    return events.some((event) => event.name === name) && !withLanguage.has(conversationId);
  };
  return refusing(when, refusal(500, 'Internal error'));
}

/** The first value of a conversation is the only one that it may have. @param aspect undefined for an event without one */
function refusingAnother(aspect: (event: Event) => unknown): Partial<Behaviour> {
  const first = new Map<string, unknown>();
  return refusing((body: HooksBody) => {
    const values = eventsOf(body).flatMap((event) => aspect(event) ?? []);
    const [value] = values;
    if (value === undefined) return false;
    if (!first.has(body.conversationId)) first.set(body.conversationId, value);
    return values.some((one) => one !== first.get(body.conversationId));
  });
}
