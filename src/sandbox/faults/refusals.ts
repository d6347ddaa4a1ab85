// Faults in refusals of the hooks: of an unknown botId (HOOKS-ERR-01) and of a malformed request (HOOKS-ERR-02).
import { documentedHooksChecks } from '../hooks.ts';
import { jsonAnswer, refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import {
  acceptingAnyway,
  cutOff,
  knowingAnyBot,
  refusingTheBotWith,
  refusingWith,
  withJson,
  withPage,
  withStatus,
  withText,
} from './replies.ts';
import { aChat, aMessage, an, conversationOf, fieldOf } from './requests.ts';

const notFound = 'Linked bot details could not be found.';

const unknownBot: Fault[] = [
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
];

const unknownBotOfTheBody: Fault[] = [
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

const refusedWrongly: Fault[] = [
  {
    name: 'fails-on-a-body-that-is-cut-off',
    breaks: 'HOOKS-ERR-02',
    description: 'JSON that cannot be parsed is answered with HTTP 500.',
    behaviour: () => refusingWith(withStatus(500), ({ body }) => body.kind === 'not JSON'),
  },
  {
    name: 'fails-on-a-missing-participant',
    breaks: 'HOOKS-ERR-02',
    description: 'A transfer event without a participant is answered with HTTP 500.',
    behaviour: () =>
      refusingWith(withStatus(500), (request) => {
        return an('INTERNAL_TRANSFER_EVENT')(request) && fieldOf(request, 'participant') === undefined;
      }),
  },
  {
    name: 'answers-200-to-a-malformed-request',
    breaks: 'HOOKS-ERR-02',
    description: 'The refusal has the right body, but HTTP 200.',
    behaviour: () => refusingWith(withStatus(200)),
  },
  {
    name: 'refuses-with-an-empty-body',
    breaks: 'HOOKS-ERR-02',
    description: 'A malformed request is answered with HTTP 400 and an empty body.',
    behaviour: () => refusingWith(withText('')),
  },
  {
    name: 'refuses-without-a-message',
    breaks: 'HOOKS-ERR-02',
    description: 'The refusal of a malformed end of conversation has a code, but no message.',
    behaviour: () => refusingWith(withJson({ code: 400 }), an('END_OF_CONVERSATION')),
  },
  {
    name: 'refuses-with-an-empty-message',
    breaks: 'HOOKS-ERR-02',
    description: 'The refusal of a malformed message has an empty text as its message.',
    behaviour: () => refusingWith(withJson({ code: 400, message: '' }), aMessage),
  },
  {
    name: 'refuses-with-a-page',
    breaks: 'HOOKS-ERR-02',
    description: 'A content type other than JSON is refused with HTML.',
    behaviour: () =>
      refusingWith(withPage('415 Unsupported Media Type'), ({ headers }) => {
        return !/^application\/json/.test(headers['content-type'] ?? '');
      }),
  },
];

const accepted: Fault[] = [
  {
    name: 'accepts-JSON-sent-as-a-form',
    breaks: 'HOOKS-ERR-02',
    description: 'JSON with the content type of a form is accepted.',
    behaviour: () =>
      acceptingAnyway(({ headers }) => /^application\/x-www-form-/.test(headers['content-type'] ?? '')),
  },
  {
    name: 'accepts-an-empty-body-as-a-health-check',
    breaks: 'HOOKS-ERR-02',
    description: 'A request without a body is answered with a success.',
    behaviour: () => acceptingAnyway(({ body }) => body.kind === 'empty'),
  },
  {
    name: 'accepts-a-list-of-requests',
    breaks: 'HOOKS-ERR-02',
    description: 'A JSON list is accepted as several requests at once.',
    behaviour: () => acceptingAnyway(({ body }) => body.kind === 'JSON' && Array.isArray(body.value)),
  },
  {
    name: 'serves-PUT-as-well',
    breaks: 'HOOKS-ERR-02',
    description: 'PUT does what POST does.',
    behaviour: () => ({ serves: (method) => ['POST', 'PUT'].includes(method) }),
  },
  {
    name: 'answers-GET-with-200',
    breaks: 'HOOKS-ERR-02',
    description: 'GET is answered with 200, as a health check.',
    behaviour: () => ({
      serves: (method) => ['POST', 'GET', 'HEAD'].includes(method),
      aroundHooks: (request, answer) =>
        request.headers['content-length'] === undefined ? jsonAnswer(200, { STATUS: 'OK' }) : answer(),
    }),
  },
  {
    name: 'checks-only-the-first-request-of-a-conversation',
    breaks: 'HOOKS-ERR-02',
    description: 'Once a conversation has begun, its requests are no longer checked.',
    behaviour: () => {
      const begun = new Set<string>();
      const lenient = acceptingAnyway((request) => begun.has(conversationOf(request)));
      return {
        aroundHooks: async (request, answer) => {
          const given = await lenient.aroundHooks!(request, answer);
          if (given.status === 200) begun.add(conversationOf(request));
          return given;
        },
      };
    },
  },
  {
    name: 'accepts-a-number-as-a-text',
    breaks: 'HOOKS-ERR-02',
    description: 'A language that is a number is accepted.',
    behaviour: () => acceptingAnyway((request) => typeof fieldOf(request, 'language') === 'number'),
  },
  {
    name: 'accepts-an-end-without-a-reason',
    breaks: 'HOOKS-ERR-02',
    description: 'The reason of an end may be missing.',
    behaviour: () =>
      acceptingAnyway((request) => {
        return an('END_OF_CONVERSATION')(request) && fieldOf(request, 'reason') === undefined;
      }),
  },
  {
    name: 'accepts-an-empty-query',
    breaks: 'HOOKS-ERR-02',
    description: 'A message with an empty query is accepted.',
    behaviour: () => acceptingAnyway((request) => fieldOf(request, 'query') === ''),
  },
];

export const refusalFaults: readonly Fault[] = [
  ...unknownBot,
  ...unknownBotOfTheBody,
  ...refusedWrongly,
  ...accepted,
];
