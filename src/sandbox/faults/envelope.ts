// Faults about what every body has: conversationId, botId and the list of events.
import { unknownBot } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { eventsOf, expectingNone, isMessage, refusing, refusingEvents } from './refusing.ts';

export const envelopeFaults: readonly Fault[] = [
  {
    name: 'refuses-capitals-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    description: 'Accepts a conversationId only in lower case.',
    behaviour: () => refusing(({ conversationId }) => conversationId !== conversationId.toLowerCase()),
  },
  {
    name: 'refuses-a-dot-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    description: 'Refuses a conversationId with a dot in it.',
    behaviour: () => refusing(({ conversationId }) => !/^[\w@-]+$/.test(conversationId)),
  },
  {
    name: 'refuses-an-at-sign-in-a-conversationid',
    breaks: 'HOOKS-ENV-01',
    description: 'Refuses a conversationId with an @, as the Call-ID of a SIP call has.',
    behaviour: () => refusing(({ conversationId }) => conversationId.includes('@')),
  },
  {
    name: 'reads-a-conversationid-as-a-number',
    breaks: 'HOOKS-ENV-01',
    description:
      'Reads the digits at the end of a conversationId as a number, and refuses one that is too large.',
    behaviour: () =>
      refusing(({ conversationId }) => Number(/\d+$/.exec(conversationId)?.[0]) > Number.MAX_SAFE_INTEGER),
  },
  {
    name: 'refuses-a-botid-in-the-body-of-a-message',
    breaks: 'HOOKS-ENV-03',
    description: 'Expects a message without a botId in its body.',
    behaviour: () =>
      expectingNone(
        (body) => isMessage(body) && 'botId' in body,
        (body, { botId }) => ('query' in body ? { botId, ...body } : body),
      ),
  },
  {
    name: 'refuses-a-botid-with-a-summary',
    breaks: 'HOOKS-ENV-03',
    description: 'Expects a summary trigger without a botId in its body.',
    behaviour: () =>
      expectingNone(
        (body) => 'botId' in body && asksForASummary(body),
        (body, { botId }) => (asksForASummary(body) ? { botId, ...body } : body),
      ),
  },
  {
    name: 'expects-the-botid-of-the-body-without-its-prefix',
    breaks: 'HOOKS-ENV-04',
    description: 'Does not find the botId in the body when it begins with st-; finds it without.',
    behaviour: () =>
      expectingNone(
        ({ botId }) => botId.startsWith('st-'),
        (body, { botId }) => (botId.endsWith(`-${body.botId}`) ? { ...body, botId } : body),
        unknownBot(),
      ),
  },
  {
    name: 'expects-the-botid-of-an-end-without-its-prefix',
    breaks: 'HOOKS-ENV-04',
    description:
      'Finds the botId in the body of an END_OF_CONVERSATION only when it does not begin with st-.',
    behaviour: () =>
      expectingNone(
        (body) => body.botId.startsWith('st-') && endsIt(body),
        (body, { botId }) => (endsIt(body) && botId.endsWith(`-${body.botId}`) ? { ...body, botId } : body),
        unknownBot(),
      ),
  },
  {
    name: 'requires-an-end-to-come-with-an-exit',
    breaks: 'HOOKS-ENV-05',
    description: 'Refuses a list with END_OF_CONVERSATION as its only event.',
    behaviour: () =>
      refusing((body) => eventsOf(body).length === 1 && eventsOf(body)[0]!.name === 'END_OF_CONVERSATION'),
  },
  {
    name: 'requires-a-summary-to-come-with-an-end',
    breaks: 'HOOKS-ENV-05',
    description: 'Refuses a list with TRIGGER_SUMMARY_EVENT as its only event.',
    behaviour: () =>
      refusing((body) => eventsOf(body).length === 1 && eventsOf(body)[0]!.name === 'TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'refuses-a-message-without-events',
    breaks: 'HOOKS-ENV-05',
    description: 'Refuses a message without a list of events.',
    behaviour: () => refusing((body) => isMessage(body) && body.events === undefined),
  },
  {
    name: 'refuses-an-empty-list-beside-a-message',
    breaks: 'HOOKS-ENV-05',
    seenBy: ['HOOKS-MSG-04'],
    description: 'Refuses a message of a call with an empty list of events.',
    behaviour: () =>
      refusing((body) => isMessage(body) && body.experience === 'voice' && body.events?.length === 0),
  },
  {
    name: 'refuses-an-empty-list-beside-a-message-of-an-agent',
    breaks: 'HOOKS-ENV-05',
    seenBy: ['HOOKS-MSG-02'],
    description: 'Refuses a message of an agent in a chat with an empty list of events.',
    behaviour: () =>
      refusing((body) => {
        const isOfAgent = isMessage(body) && body.experience === 'chat' && body.author.type === 'AGENT';
        return isOfAgent && Array.isArray(body.events) && body.events.length === 0;
      }),
  },
  {
    name: 'does-not-know-the-summary-event',
    breaks: 'HOOKS-ENV-07',
    description: 'Does not know the name TRIGGER_SUMMARY_EVENT.',
    behaviour: () => refusingEvents(({ name }) => name === 'TRIGGER_SUMMARY_EVENT'),
  },
  {
    name: 'expects-another-name-of-the-end',
    breaks: 'HOOKS-ENV-07',
    description: 'Expects END_OF_CONVERSATION_EVENT instead of END_OF_CONVERSATION.',
    behaviour: () => refusingEvents(({ name }) => !name.endsWith('_EVENT')),
  },
];

function endsIt(body: object): boolean {
  return JSON.stringify(body).includes('"name":"END_OF_CONVERSATION"');
}

function asksForASummary(body: object): boolean {
  return JSON.stringify(body).includes('"name":"TRIGGER_SUMMARY_EVENT"');
}
