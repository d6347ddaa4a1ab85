// Faults of how the hooks refuse: HOOKS-ERR-01, an unknown botId, and HOOKS-ERR-02, what is no request as documented.
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
    breaks: 'HOOKS-ERR-01',
    says: 'The body of the error is right, and HTTP 404 its status.',
    behaviour: () => refusingTheBotWith(withStatus(404)),
  },
  {
    name: 'tells-of-an-unknown-bot-under-200',
    breaks: 'HOOKS-ERR-01',
    says: 'The documented error comes as the body of HTTP 200.',
    behaviour: () => refusingTheBotWith(withStatus(200)),
  },
  {
    name: 'fails-on-an-unknown-bot',
    breaks: 'HOOKS-ERR-01',
    says: 'An unknown botId is answered with HTTP 500, and the right body.',
    behaviour: () => refusingTheBotWith(withStatus(500)),
  },
  {
    name: 'answers-401-to-an-unknown-bot',
    breaks: 'HOOKS-ERR-01',
    says: 'The secret is looked up by the bot, so that an unknown bot looks like a bad token.',
    behaviour: () => refusingTheBotWith(() => refusal(401, 'The token is not valid for this bot')),
  },
  {
    name: 'writes-the-code-of-an-unknown-bot-as-a-string',
    breaks: 'HOOKS-ERR-01',
    says: 'The code is the text "400" in place of the number.',
    behaviour: () => refusingTheBotWith(withJson({ code: '400', message: notFound })),
  },
  {
    name: 'gives-an-unknown-bot-a-code-of-its-own',
    breaks: 'HOOKS-ERR-01',
    says: 'HTTP 400 is right, and the code in its body is 4004.',
    behaviour: () => refusingTheBotWith(withJson({ code: 4004, message: notFound })),
  },
  {
    name: 'gives-an-unknown-bot-no-code',
    breaks: 'HOOKS-ERR-01',
    says: 'The error has a message and no code.',
    behaviour: () => refusingTheBotWith(withJson({ message: notFound })),
  },
  {
    name: 'does-not-say-that-the-bot-could-not-be-found',
    breaks: 'HOOKS-ERR-01',
    says: 'The message for an unknown botId is Bad Request.',
    behaviour: () => refusingTheBotWith(withJson({ code: 400, message: 'Bad Request' })),
  },
  {
    name: 'says-that-the-account-could-not-be-found',
    breaks: 'HOOKS-ERR-01',
    says: 'The message speaks of an account where the bot is unknown.',
    behaviour: () => refusingTheBotWith(withJson({ code: 400, message: 'The account could not be found.' })),
  },
  {
    name: 'answers-an-unknown-bot-with-a-text',
    breaks: 'HOOKS-ERR-01',
    says: 'The message stands in the body as it is, without JSON around it.',
    behaviour: () => refusingTheBotWith(withText(notFound, 'text/plain')),
  },
  {
    name: 'answers-an-unknown-bot-with-JSON-that-is-cut-off',
    breaks: 'HOOKS-ERR-01',
    says: 'The last character of the error is missing.',
    behaviour: () => refusingTheBotWith(cutOff),
  },
  {
    name: 'takes-a-message-for-any-bot',
    breaks: 'HOOKS-ERR-01',
    says: 'The botId of events is looked up, that of a message is not.',
    behaviour: () => knowingAnyBot(aMessage),
  },
  {
    name: 'takes-the-end-for-any-bot',
    breaks: 'HOOKS-ERR-01',
    says: 'A conversation is ended by its id alone, whatever the bot.',
    behaviour: () => knowingAnyBot(an('END_OF_CONVERSATION')),
  },
  {
    name: 'knows-any-bot-in-a-chat',
    breaks: 'HOOKS-ERR-01',
    says: 'The bot is looked up for calls only.',
    behaviour: () => knowingAnyBot(aChat),
  },
  {
    name: 'looks-up-the-bot-of-the-first-request-only',
    breaks: 'HOOKS-ERR-01',
    says: 'A conversation that has begun is not asked for its bot again.',
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

const itself: Fault[] = [
  {
    name: 'fails-on-a-body-that-is-cut-off',
    breaks: 'HOOKS-ERR-02',
    says: 'JSON that cannot be parsed is answered with HTTP 500.',
    behaviour: () => refusingWith(withStatus(500), ({ body }) => body.kind === 'not JSON'),
  },
  {
    name: 'fails-on-a-participant-that-is-left-out',
    breaks: 'HOOKS-ERR-02',
    says: 'A transfer event without participant is answered with HTTP 500, as its identity cannot be read.',
    behaviour: () =>
      refusingWith(withStatus(500), (request) => {
        return an('INTERNAL_TRANSFER_EVENT')(request) && fieldOf(request, 'participant') === undefined;
      }),
  },
  {
    name: 'tells-of-a-malformed-request-under-200',
    breaks: 'HOOKS-ERR-02',
    says: 'The refusal is right, and HTTP 200 its status.',
    behaviour: () => refusingWith(withStatus(200)),
  },
  {
    name: 'refuses-without-a-word',
    breaks: 'HOOKS-ERR-02',
    says: 'A malformed request is answered with HTTP 400 and an empty body.',
    behaviour: () => refusingWith(withText('')),
  },
  {
    name: 'refuses-without-a-message',
    breaks: 'HOOKS-ERR-02',
    says: 'A malformed end of conversation is refused with a code alone.',
    behaviour: () => refusingWith(withJson({ code: 400 }), an('END_OF_CONVERSATION')),
  },
  {
    name: 'refuses-with-an-empty-message',
    breaks: 'HOOKS-ERR-02',
    says: 'The message that goes with a refused message is an empty text.',
    behaviour: () => refusingWith(withJson({ code: 400, message: '' }), aMessage),
  },
  {
    name: 'refuses-with-a-page',
    breaks: 'HOOKS-ERR-02',
    says: 'Another content type than JSON is refused with HTML.',
    behaviour: () =>
      refusingWith(withPage('415 Unsupported Media Type'), ({ headers }) => {
        return !/^application\/json/.test(headers['content-type'] ?? '');
      }),
  },
];

const accepted: Fault[] = [
  {
    name: 'takes-a-form-for-JSON',
    breaks: 'HOOKS-ERR-02',
    says: 'JSON that is said to be a form is accepted.',
    behaviour: () =>
      acceptingAnyway(({ headers }) => /^application\/x-www-form-/.test(headers['content-type'] ?? '')),
  },
  {
    name: 'takes-an-empty-body-for-a-sign-of-life',
    breaks: 'HOOKS-ERR-02',
    says: 'A request without a body is answered as if all were well.',
    behaviour: () => acceptingAnyway(({ body }) => body.kind === 'empty'),
  },
  {
    name: 'takes-a-list-of-requests',
    breaks: 'HOOKS-ERR-02',
    says: 'A JSON list is accepted as several requests at once.',
    behaviour: () => acceptingAnyway(({ body }) => body.kind === 'JSON' && Array.isArray(body.value)),
  },
  {
    name: 'serves-PUT-as-well',
    breaks: 'HOOKS-ERR-02',
    says: 'PUT does what POST does.',
    behaviour: () => ({ serves: (method) => ['POST', 'PUT'].includes(method) }),
  },
  {
    name: 'answers-GET-with-200',
    breaks: 'HOOKS-ERR-02',
    says: 'The address of the hooks answers GET as a sign of life.',
    behaviour: () => ({
      serves: (method) => ['POST', 'GET', 'HEAD'].includes(method),
      aroundHooks: (request, answer) =>
        request.headers['content-length'] === undefined ? jsonAnswer(200, { STATUS: 'OK' }) : answer(),
    }),
  },
  {
    name: 'looks-at-the-first-request-of-a-conversation-only',
    breaks: 'HOOKS-ERR-02',
    says: 'Once a conversation has begun, what it sends is not checked any more.',
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
    name: 'takes-a-number-for-a-text',
    breaks: 'HOOKS-ERR-02',
    says: 'A language that is a number is accepted.',
    behaviour: () => acceptingAnyway((request) => typeof fieldOf(request, 'language') === 'number'),
  },
  {
    name: 'takes-an-end-without-a-reason',
    breaks: 'HOOKS-ERR-02',
    says: 'The reason of an end may be left out.',
    behaviour: () =>
      acceptingAnyway((request) => {
        return an('END_OF_CONVERSATION')(request) && fieldOf(request, 'reason') === undefined;
      }),
  },
  {
    name: 'takes-an-empty-query',
    breaks: 'HOOKS-ERR-02',
    says: 'A message without words is accepted.',
    behaviour: () => acceptingAnyway((request) => fieldOf(request, 'query') === ''),
  },
];

export const refusalFaults: readonly Fault[] = [...unknownBot, ...itself, ...accepted];
