// Faults in the refusal of a malformed request of the hooks (HOOKS-ERR-02).
import { jsonAnswer } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { acceptingAnyway, refusingWith, withJson, withPage, withStatus, withText } from './replies.ts';
import { aMessage, an, conversationOf, fieldOf } from './requests.ts';

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

export const refusalFaults: readonly Fault[] = [...refusedWrongly, ...accepted];
