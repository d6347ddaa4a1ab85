// Faults in the refusal of an unknown botId (HOOKS-ERR-01, HOOKS-ERR-03, HOOKS-ERR-04).
import { isUnknownBot } from '../../protocol/answers.ts';
import { documentedHooksChecks } from '../hooks.ts';
import { refusal, unknownBot } from '../refusal.ts';
import type { Fault } from './fault.ts';
import {
  cutOff,
  knowingABotBy,
  knowingAnyBot,
  refusingTheBotWith,
  withJson,
  withStatus,
  withText,
} from './replies.ts';
import { aChat, aMessage, an, conversationOf } from './requests.ts';

const notFound = 'Linked bot details could not be found.';

export const unknownBotFaults: readonly Fault[] = [
  {
    name: 'answers-404-to-an-unknown-bot',
    breaks: 'HOOKS-ERR-03',
    description: 'The error for an unknown botId has the right body, but HTTP 404.',
    behaviour: () => refusingTheBotWith(withStatus(404)),
  },
  {
    name: 'answers-200-to-an-unknown-bot',
    breaks: 'HOOKS-ERR-01',
    description: 'The error for an unknown botId has the right body, but HTTP 200.',
    behaviour: () => refusingTheBotWith(withStatus(200)),
  },
  {
    name: 'fails-on-an-unknown-bot',
    breaks: 'HOOKS-ERR-01',
    description: 'The error for an unknown botId has the right body, but HTTP 500.',
    behaviour: () => refusingTheBotWith(withStatus(500)),
  },
  {
    name: 'refuses-what-follows-an-unknown-bot',
    breaks: 'HOOKS-SEQ-04',
    seenBy: ['HOOKS-ERR-01'],
    description: 'Refuses the request after one for an unknown botId, whatever its conversation.',
    behaviour: () => {
      let isUpset = false;
      return {
        aroundHooks: (_, answer) => {
          if (isUpset) {
            isUpset = false;
            return unknownBot();
          }
          const given = answer();
          isUpset = isUnknownBot(given);
          return given;
        },
      };
    },
  },
  {
    name: 'compares-the-start-of-a-botId',
    breaks: 'HOOKS-ERR-01',
    description: 'Takes a botId for the known one when its first twelve characters are the same.',
    behaviour: () => knowingABotBy((botId) => botId.slice(0, 12)),
  },
  {
    name: 'compares-the-end-of-a-botId',
    breaks: 'HOOKS-ERR-01',
    description: 'Takes a botId for the known one when its last twelve characters are the same.',
    behaviour: () => knowingABotBy((botId) => botId.slice(-12)),
  },
  {
    name: 'answers-401-to-an-unknown-bot',
    breaks: 'HOOKS-ERR-01',
    description: 'The secret is looked up by the botId, so an unknown botId is refused as a bad token.',
    behaviour: () => refusingTheBotWith(() => refusal(401, 'The token is not valid for this bot')),
  },
  {
    name: 'writes-the-code-of-an-unknown-bot-as-a-string',
    breaks: 'HOOKS-ERR-01',
    description: 'The code is the string "400" instead of the number.',
    behaviour: () => refusingTheBotWith(withJson({ code: '400', message: notFound })),
  },
  {
    name: 'gives-an-unknown-bot-its-own-code',
    breaks: 'HOOKS-ERR-01',
    description: 'The status is HTTP 400, but the code in the body is 4004.',
    behaviour: () => refusingTheBotWith(withJson({ code: 4004, message: notFound })),
  },
  {
    name: 'gives-an-unknown-bot-no-code',
    breaks: 'HOOKS-ERR-01',
    description: 'The error has a message, but no code.',
    behaviour: () => refusingTheBotWith(withJson({ message: notFound })),
  },
  {
    name: 'does-not-say-that-the-bot-could-not-be-found',
    breaks: 'HOOKS-ERR-01',
    description: 'The message for an unknown botId is Bad Request.',
    behaviour: () => refusingTheBotWith(withJson({ code: 400, message: 'Bad Request' })),
  },
  {
    name: 'says-that-the-account-could-not-be-found',
    breaks: 'HOOKS-ERR-01',
    description: 'The message for an unknown botId is about an account.',
    behaviour: () => refusingTheBotWith(withJson({ code: 400, message: 'The account could not be found.' })),
  },
  {
    name: 'answers-an-unknown-bot-with-a-text',
    breaks: 'HOOKS-ERR-01',
    description: 'The body is the message alone, without JSON.',
    behaviour: () => refusingTheBotWith(withText(notFound, 'text/plain')),
  },
  {
    name: 'answers-an-unknown-bot-with-JSON-that-is-cut-off',
    breaks: 'HOOKS-ERR-01',
    description: 'The last character of the error is missing.',
    behaviour: () => refusingTheBotWith(cutOff),
  },
  {
    name: 'accepts-a-message-for-any-bot',
    breaks: 'HOOKS-ERR-01',
    description: 'The botId is looked up for events, but not for messages.',
    behaviour: () => knowingAnyBot(aMessage),
  },
  {
    name: 'accepts-the-end-for-any-bot',
    breaks: 'HOOKS-ERR-01',
    description: 'The end of a conversation is accepted with any botId.',
    behaviour: () => knowingAnyBot(an('END_OF_CONVERSATION')),
  },
  {
    name: 'accepts-any-bot-in-a-chat',
    breaks: 'HOOKS-ERR-01',
    description: 'The botId is looked up for calls, but not for chats.',
    behaviour: () => knowingAnyBot(aChat),
  },
  {
    name: 'looks-up-only-the-bot-of-the-first-request',
    breaks: 'HOOKS-ERR-01',
    description: 'The botId is looked up only until a conversation has begun.',
    behaviour: () => {
      const begun = new Set<string>();
      return {
        ...knowingAnyBot((request) => begun.has(conversationOf(request))),
        aroundHooks: (request, answer) => {
          const given = answer();
          if (given.status === 200) begun.add(conversationOf(request));
          return given;
        },
      };
    },
  },
  {
    name: 'looks-up-the-bot-of-the-path-only',
    breaks: 'HOOKS-ERR-04',
    description: 'The botId of the body is not looked at.',
    behaviour: () => {
      const { 'botId of the body': _, ...others } = documentedHooksChecks;
      return { hooksChecks: others };
    },
  },
];
