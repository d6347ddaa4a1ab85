// How a refusal may look: which 4xx, and which words, the documents leave open but for the unknown bot.
import type { Answer } from '../../protocol/answers.ts';
import type { Behaviour } from '../behaviour.ts';
import { refusal, unknownBot } from '../refusal.ts';
import type { Variation } from './variation.ts';

const authentication = ['HOOKS-AUTH-01', 'HOOKS-AUTH-03', 'ASSIGN-AUTH-01'] as const;
const unknownBots = ['HOOKS-ERR-01', 'ASSIGN-ERR-01'] as const;
const all = [...authentication, ...unknownBots, 'HOOKS-HDR-01', 'HOOKS-EP-01'] as const;

/** The last word on every answer of both routes. */
function rewording(reword: (answer: Answer) => Answer): () => Partial<Behaviour> {
  return () => ({
    aroundHooks: async (_, answer) => reword(await answer()),
    aroundAssign: async (_, reply) => {
      const { answer, ...callback } = await reply();
      return { answer: reword(answer), ...callback };
    },
  });
}

/** Another answer in place of one status. */
const inPlaceOf = (status: number, change: (answer: Answer) => Answer) =>
  rewording((answer) => (answer.status === status ? change(answer) : answer));

const { body: ofUnknownBot } = unknownBot();

/** Another sentence in the documented error for an unknown bot. */
const sayingOfABot = (message: string) =>
  rewording((answer) => (answer.body === ofUnknownBot ? refusal(400, message) : answer));

/** The documented error stays what it is. */
function listOfErrors(answer: Answer): Answer {
  if (answer.status < 400 || answer.body === ofUnknownBot) return answer;
  const { code, message } = JSON.parse(answer.body);
  return { ...answer, body: JSON.stringify({ errors: [{ msg: message, code }] }) };
}

export const refusalForms: readonly Variation[] = [
  {
    name: 'answers-403-to-a-bad-token',
    says: 'A request without a valid token is answered 403.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, (answer) => ({ ...answer, status: 403 })),
  },
  {
    name: 'answers-400-to-a-bad-token',
    says: 'A request without a valid token is answered 400, as any other that is wrong.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, (answer) => ({ ...answer, status: 400 })),
  },
  {
    name: 'answers-a-bad-token-without-a-word',
    says: 'A gateway answers a bad token with 401, WWW-Authenticate and no body.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, () => ({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' })),
  },
  {
    name: 'answers-a-bad-token-with-a-page',
    says: 'A gateway answers a bad token with 401 and an HTML page.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, () => ({
      status: 401,
      headers: { 'content-type': 'text/html' },
      body: '<html><h1>Unauthorized</h1></html>',
    })),
  },
  {
    name: 'lists-its-errors',
    says: 'Refusals are a list of errors, each with msg and code; the documented one is as documented.',
    seenBy: all,
    behaviour: rewording(listOfErrors),
  },
  {
    name: 'says-more-in-a-refusal',
    says: 'Refusals have further members beside code and message.',
    seenBy: all,
    behaviour: rewording((answer) =>
      answer.status < 400
        ? answer
        : { ...answer, body: JSON.stringify({ timestamp: 1, ...JSON.parse(answer.body), errors: [] }) },
    ),
  },
  {
    name: 'answers-422-to-what-is-malformed',
    says: 'A body that breaks the documents is answered 422; an unknown bot 400, as documented.',
    seenBy: all,
    behaviour: inPlaceOf(400, (answer) =>
      answer.body === ofUnknownBot ? answer : { ...answer, status: 422 },
    ),
  },
  {
    name: 'says-that-a-bot-couldnt-be-found',
    says: "An unknown bot is answered with the documented sentence, but with couldn't.",
    seenBy: unknownBots,
    behaviour: sayingOfABot(
      "Linked bot details couldn't be found. Please verify that the botId provided in the request body is correct.",
    ),
  },
  {
    name: 'says-which-bot-could-not-be-found',
    says: 'An unknown bot is named in the sentence that says that it could not be found.',
    seenBy: unknownBots,
    behaviour: sayingOfABot('Bot st-1 could not be found!'),
  },
];
