// What every body has: conversationId, botId and the list of events.
import { unknownBot } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { eventsOf, isMessage, refusing, refusingEvents } from './refusing.ts';

export const envelopeFaults: readonly Fault[] = [
  {
    name: 'refuses-capitals-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    says: 'Takes a conversationId in lower case only.',
    behaviour: () => refusing(({ conversationId }) => conversationId !== conversationId.toLowerCase()),
  },
  {
    name: 'refuses-a-dot-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    says: 'Takes letters, digits, hyphens and underscores only in a conversationId.',
    behaviour: () => refusing(({ conversationId }) => !/^[\w@-]+$/.test(conversationId)),
  },
  {
    name: 'refuses-an-at-sign-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    says: 'Refuses the Call-ID of a SIP call as a conversationId.',
    behaviour: () => refusing(({ conversationId }) => conversationId.includes('@')),
  },
  {
    name: 'takes-a-conversationid-for-a-number',
    breaks: 'HOOKS-ENV-01',
    says: 'Reads the digits at the end of a conversationId as a number, and refuses one that is too large.',
    behaviour: () =>
      refusing(({ conversationId }) => Number(/\d+$/.exec(conversationId)?.[0]) > Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'refuses-a-botid-in-the-body-of-a-message',
    breaks: 'HOOKS-ENV-03',
    says: 'Lets no other fields than those of the message stand in its body.',
    behaviour: () => refusing((body) => isMessage(body) && 'botId' in body),
  },
  {
    name: 'refuses-a-botid-beside-a-summary',
    breaks: 'HOOKS-ENV-03',
    says: 'Lets no botId stand beside a summary trigger.',
    behaviour: () => refusingEvents(({ name }) => name === 'TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'wants-a-botid-of-the-body-without-prefix',
    breaks: 'HOOKS-ENV-04',
    says: 'Finds no bot when the body names it with st-, as the path does.',
    behaviour: () => refusing(({ botId }) => botId.startsWith('st-'), unknownBot()),
  },
  {
    name: 'refuses-the-botid-of-the-path-at-the-end',
    breaks: 'HOOKS-ENV-04',
    says: 'Wants the body of an END_OF_CONVERSATION to name another bot than the path.',
    behaviour: () =>
      refusing(
        (body, { botId }) =>
          body.botId === botId && eventsOf(body).some(({ name }) => name === 'END_OF_CONVERSATION'),
        unknownBot(),
      ),
  },
  {
    name: 'wants-an-end-to-come-with-an-exit',
    breaks: 'HOOKS-ENV-05',
    says: 'Refuses a list that holds END_OF_CONVERSATION and nothing else.',
    behaviour: () =>
      refusing((body) => eventsOf(body).length === 1 && eventsOf(body)[0]!.name === 'END_OF_CONVERSATION'),
  },
  {
    name: 'wants-a-summary-to-come-with-an-end',
    breaks: 'HOOKS-ENV-05',
    says: 'Refuses a list that holds TRIGGER_SUMMARY_EVENT and nothing else.',
    behaviour: () =>
      refusing((body) => eventsOf(body).length === 1 && eventsOf(body)[0]!.name === 'TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'refuses-a-message-without-events',
    breaks: 'HOOKS-ENV-05',
    says: 'Wants events beside a message too.',
    behaviour: () => refusing((body) => isMessage(body) && body.events === undefined),
  },
  {
    name: 'knows-no-summary-event',
    breaks: 'HOOKS-ENV-07',
    says: 'Does not know the name TRIGGER_SUMMARY_EVENT.',
    behaviour: () => refusingEvents(({ name }) => name === 'TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'wants-the-end-to-be-called-an-event',
    breaks: 'HOOKS-ENV-07',
    says: 'Knows END_OF_CONVERSATION_EVENT, and not END_OF_CONVERSATION.',
    behaviour: () => refusingEvents(({ name }) => !name.endsWith('_EVENT')),
  },
];
