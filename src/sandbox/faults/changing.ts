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
    name: 'compares-isExtAD-with-the-event-before',
    breaks: 'HOOKS-XFER-04',
    description: 'Refuses isExtAD true straight after "true", and the other way round.',
    behaviour: () => {
      const latest = new Map<string, unknown>();
      return refusing((body) =>
        eventsOf(body).some((event) => {
          if (!isTransfer(event) || event.isExtAD === undefined) return false;
          const before = latest.get(body.conversationId);
          latest.set(body.conversationId, event.isExtAD);
          return before !== event.isExtAD && String(before) === String(event.isExtAD);
        }),
      );
    },
  },
  {
    name: 'wants-one-case-of-transfer-types-throughout-a-conversation',
    breaks: 'HOOKS-XFER-05',
    description: 'Refuses WARM in a conversation that has had cold or warm.',
    behaviour: () =>
      refusingAnother((event) =>
        isTransfer(event) && /^(cold|warm)$/i.test(event.transfertype)
          ? event.transfertype === event.transfertype.toUpperCase()
          : undefined,
      ),
  },
  {
    name: 'wants-no-language-that-comes-late',
    breaks: 'HOOKS-XFER-06',
    description: 'Refuses a language in a conversation whose first event has none.',
    behaviour: () => {
      const withNone = new Map<string, boolean>();
      return refusing((body) => {
        const languages = eventsOf(body)
          .filter(isTransfer)
          .map(({ language }) => language !== undefined);
        const [first] = languages;
        if (first !== undefined && !withNone.has(body.conversationId))
          withNone.set(body.conversationId, !first);
        return withNone.get(body.conversationId) === true && languages.includes(true);
      });
    },
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
    name: 'summarises-only-in-a-language-of-the-conversation',
    breaks: 'HOOKS-SUM-02',
    description: 'Refuses a summary in a locale that no entry and no message of the conversation has had.',
    behaviour: () => {
      const held = new Map<string, Set<string>>();
      return refusing((body) => {
        const languages = held.get(body.conversationId) ?? new Set();
        held.set(body.conversationId, languages);
        if (body.language !== undefined) languages.add(body.language);
        return eventsOf(body).some((event) => {
          if (event.name === 'TRIGGER_SUMMARY_EVENT')
            return languages.size > 0 && !languages.has(event.data.locale);
          if (event.language !== undefined) languages.add(event.language);
          return false;
        });
      });
    },
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
