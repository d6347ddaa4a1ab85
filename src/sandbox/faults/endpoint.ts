// Faults about where and how events are sent: method, path and content type.
import { refusal, unknownBot } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { eventsOf, isMessage, isTransfer, refusing, refusingEvents } from './refusing.ts';

const notFound = refusal(404, 'Nothing is served at this path');

export const endpointFaults: readonly Fault[] = [
  {
    name: 'requires-put-instead-of-post',
    breaks: 'HOOKS-EP-01',
    description: 'Serves PUT for events, and answers POST with 405.',
    behaviour: () => ({ serves: (method, at) => method === (at === 'hooks' ? 'PUT' : 'POST') }),
  },
  {
    name: 'accepts-post-only-for-the-first-request',
    breaks: 'HOOKS-EP-01',
    description: 'Accepts POST for the first request of a conversation, and answers 405 to later ones.',
    behaviour: () => {
      const begun = new Set<string>();
      return refusing(
        ({ conversationId }) => {
          const known = begun.has(conversationId);
          begun.add(conversationId);
          return known;
        },
        refusal(405, 'Use PATCH for a conversation that exists', { allow: 'PATCH' }),
      );
    },
  },
  {
    name: 'sends-a-post-elsewhere',
    breaks: 'HOOKS-EP-01',
    description: 'Answers a POST with 303, as if it were a form.',
    behaviour: () => ({ aroundHooks: () => ({ status: 303, headers: { location: '/' }, body: '' }) }),
  },
  {
    name: 'serves-nothing-at-the-documented-path',
    breaks: 'HOOKS-EP-02',
    description: 'Answers 404 at the documented endpoint.',
    behaviour: () => ({ aroundHooks: () => notFound }),
  },
  {
    name: 'has-moved-the-endpoint',
    breaks: 'HOOKS-EP-02',
    description: 'Answers 308 with a location whose path ends in a slash.',
    behaviour: () => ({
      aroundHooks: ({ botId }) => ({
        status: 308,
        headers: { location: `/agentassist/api/v1/hooks/${encodeURIComponent(botId)}/` },
        body: '',
      }),
    }),
  },
  {
    name: 'refuses-messages-at-the-endpoint-of-events',
    breaks: 'HOOKS-EP-03',
    description: 'Answers 404 to messages, which have their own endpoint.',
    behaviour: () => refusing(isMessage, notFound),
  },
  {
    name: 'refuses-an-end-at-the-endpoint-of-transfers',
    breaks: 'HOOKS-EP-03',
    description: 'Answers 404 to END_OF_CONVERSATION, which has its own endpoint.',
    behaviour: () => refusingEvents(({ name }) => name === 'END_OF_CONVERSATION', notFound),
  },
  {
    name: 'refuses-a-redial-at-the-endpoint-of-transfers',
    breaks: 'HOOKS-EP-03',
    description: 'Answers 404 to a redial, which has its own endpoint.',
    behaviour: () =>
      refusingEvents((event) => isTransfer(event) && event.transfertype === 'redial', notFound),
  },
  {
    name: 'expects-the-botid-of-the-path-without-its-prefix',
    breaks: 'HOOKS-EP-04',
    description: 'Does not find the botId in the path when it begins with st-.',
    behaviour: () => refusing((_, { botId }) => botId.startsWith('st-'), unknownBot()),
  },
  {
    name: 'looks-up-the-bot-only-for-transfers',
    breaks: 'HOOKS-EP-04',
    description: 'Finds the bot of the path for transfer events only.',
    behaviour: () => refusing((body) => !eventsOf(body).every(isTransfer) || isMessage(body), unknownBot()),
  },
  {
    name: 'refuses-a-charset',
    breaks: 'HOOKS-HDR-01',
    description: 'Compares the content type as a whole, so it does not recognise one with a charset as JSON.',
    behaviour: () =>
      refusing((_, { headers }) => headers['content-type'] !== 'application/json', refusal(415, 'Not JSON')),
  },
  {
    name: 'requires-a-charset',
    breaks: 'HOOKS-HDR-01',
    description: 'Refuses JSON without a charset.',
    behaviour: () =>
      refusing((_, { headers }) => !/charset=/.test(headers['content-type']!), refusal(415, 'No charset')),
  },
  {
    name: 'refuses-a-charset-with-a-message',
    breaks: 'HOOKS-HDR-01',
    description: 'Parses messages with a parser that accepts application/json only without a charset.',
    behaviour: () =>
      refusing(
        (body, { headers }) => isMessage(body) && headers['content-type'] !== 'application/json',
        refusal(415, 'Not JSON'),
      ),
  },
  {
    name: 'refuses-a-charset-in-capitals',
    breaks: 'HOOKS-HDR-01',
    description: 'Recognises the charset utf-8, but not UTF-8.',
    behaviour: () =>
      refusing((_, { headers }) => /UTF-8/.test(headers['content-type']!), refusal(415, 'Unknown charset')),
  },
];
