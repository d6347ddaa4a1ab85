// Faults in the answers of the hooks to requests that they accept: HOOKS-RESP-01 and -02.
import type { Answer } from '../../protocol/answers.ts';
import { documentedHooksChecks } from '../hooks.ts';
import { refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { refusing } from './refusing.ts';
import { cutOff, succeedingWith, withJson, withPage, withStatus, withText } from './replies.ts';
import { aChat, aMessage, an, conversationOf } from './requests.ts';
import { hooksTokens } from './trust.ts';

const otherStatus: Fault[] = [
  {
    name: 'answers-201',
    breaks: 'HOOKS-RESP-01',
    description: 'Each event is answered with 201, as if it created something.',
    behaviour: () => succeedingWith(withStatus(201)),
  },
  {
    name: 'answers-202-to-a-summary-trigger',
    breaks: 'HOOKS-RESP-01',
    description: 'The summary is made later, so its trigger is answered with 202.',
    behaviour: () => succeedingWith(withStatus(202), an('TRIGGER_SUMMARY_EVENT')),
  },
  {
    name: 'answers-204-to-the-end',
    breaks: 'HOOKS-RESP-01',
    description: 'The end of a conversation is answered with 204 and no body.',
    behaviour: () =>
      succeedingWith(() => ({ status: 204, headers: {}, body: '' }), an('END_OF_CONVERSATION')),
  },
  {
    name: 'answers-202-to-a-message',
    breaks: 'HOOKS-RESP-01',
    description: 'Messages go into a queue and are answered with 202.',
    behaviour: () => succeedingWith(withStatus(202), aMessage),
  },
  {
    name: 'answers-201-to-a-redial',
    breaks: 'HOOKS-RESP-01',
    description: 'A redial is answered with 201, every other event with 200.',
    behaviour: () => succeedingWith(withStatus(201), an('redial entry')),
  },
  {
    name: 'answers-201-to-the-first-event-of-a-conversation',
    breaks: 'HOOKS-RESP-01',
    description: 'The event that begins a conversation is answered with 201.',
    behaviour: () => {
      const known = new Set<string>();
      return succeedingWith(withStatus(201), (request) => {
        const isNew = !known.has(conversationOf(request));
        known.add(conversationOf(request));
        return isNew;
      });
    },
  },
  {
    name: 'answers-500-to-each-seventh-request',
    breaks: 'HOOKS-RESP-01',
    description: 'Each seventh request is answered with 500, and taken when it is sent again.',
    behaviour: () => refusingEach(7, refusal(500, 'Internal server error')),
  },
  {
    name: 'fails-at-each-ninth-request-before-it-looks-at-it',
    breaks: 'HOOKS-RESP-01',
    seenBy: ['HOOKS-AUTH-01', 'HOOKS-ERR-01', 'HOOKS-ERR-02'],
    description: 'Each ninth request is answered with 500, whatever is wrong with it.',
    behaviour: () => {
      let requests = 0;
      return hooksTokens((request, identity) => {
        requests += 1;
        if (requests % 9 === 0) return refusal(500, 'Internal server error');
        return documentedHooksChecks.token(request, identity);
      });
    },
  },
  {
    name: 'refuses-one-request-in-eleven',
    breaks: 'HOOKS-RESP-01',
    description: 'Each eleventh request is refused with 409, and taken when it is sent again.',
    behaviour: () => refusingEach(11, refusal(409, 'The record is locked')),
  },
  {
    name: 'answers-202-in-a-chat',
    breaks: 'HOOKS-RESP-01',
    description: 'Chats are answered with 202, calls with 200.',
    behaviour: () => succeedingWith(withStatus(202), aChat),
  },
];

const otherBody: Fault[] = [
  {
    name: 'says-QUEUED-to-a-summary-trigger',
    breaks: 'HOOKS-RESP-02',
    description: 'The answer to a summary trigger has the STATUS QUEUED and HTTP 200.',
    behaviour: () => succeedingWith(withJson({ STATUS: 'QUEUED' }), an('TRIGGER_SUMMARY_EVENT')),
  },
  {
    name: 'says-ok-in-lower-case',
    breaks: 'HOOKS-RESP-02',
    description: 'The STATUS of a success is ok instead of OK.',
    behaviour: () => succeedingWith(withJson({ STATUS: 'ok' })),
  },
  {
    name: 'names-the-status-in-lower-case',
    breaks: 'HOOKS-RESP-02',
    description: 'The member of a success is called status instead of STATUS.',
    behaviour: () => succeedingWith(withJson({ status: 'OK' })),
  },
  {
    name: 'answers-with-JSON-that-is-cut-off',
    breaks: 'HOOKS-RESP-02',
    description: 'The last character of a success is missing.',
    behaviour: () => succeedingWith(cutOff),
  },
  {
    name: 'answers-the-end-with-a-page',
    breaks: 'HOOKS-RESP-02',
    description: 'The end of a conversation is answered with HTML and HTTP 200.',
    behaviour: () => succeedingWith(withPage('Thank you'), an('END_OF_CONVERSATION')),
  },
  {
    name: 'answers-a-message-with-the-message',
    breaks: 'HOOKS-RESP-02',
    description: 'A message is answered with JSON that has no STATUS.',
    behaviour: () => succeedingWith(withJson({ query: 'I want to cancel my contract' }), aMessage),
  },
  {
    name: 'answers-with-a-list',
    breaks: 'HOOKS-RESP-02',
    description: 'A success is a list with one STATUS for each event.',
    behaviour: () => succeedingWith(withJson([{ STATUS: 'OK' }])),
  },
  {
    name: 'answers-a-redial-with-an-undocumented-text',
    breaks: 'HOOKS-RESP-02',
    description: 'A redial is answered with the text Reconnected.',
    behaviour: () => succeedingWith(withText('Reconnected', 'text/plain'), an('redial entry')),
  },
  {
    name: 'answers-200-with-an-error',
    breaks: 'HOOKS-RESP-02',
    description: 'The NA exit is carried out, but answered with an error and HTTP 200.',
    behaviour: () => succeedingWith(withJson({ code: 500, message: 'Internal error' }), an('NA exit')),
  },
];

/** Refuses each well-formed request whose number is a multiple of this one. */
function refusingEach(number: number, answer: Answer): ReturnType<Fault['behaviour']> {
  let requests = 0;
  return refusing(() => {
    requests += 1;
    return requests % number === 0;
  }, answer);
}

export const answerFaults: readonly Fault[] = [...otherStatus, ...otherBody];
