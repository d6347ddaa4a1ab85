// Forms of a refusal: except for an unknown bot, the documents leave open which 4xx and which words.
import type { Answer } from '../../protocol/answers.ts';
import type { Behaviour } from '../behaviour.ts';
import { refusal, unknownBot } from '../refusal.ts';
import type { Variation } from './variation.ts';

const authentication = ['HOOKS-AUTH-01', 'HOOKS-AUTH-03', 'ASSIGN-AUTH-01'] as const;
const unknownBots = ['HOOKS-ERR-01', 'ASSIGN-ERR-01'] as const;
const all = [...authentication, ...unknownBots, 'HOOKS-HDR-01', 'HOOKS-EP-01'] as const;

/** Changes every answer of both routes. */
function rewording(reword: (answer: Answer) => Answer): () => Partial<Behaviour> {
  return () => ({
    aroundHooks: async (_, answer) => reword(await answer()),
    aroundAssign: async (_, reply) => {
      const { answer, ...callback } = await reply();
      return { answer: reword(answer), ...callback };
    },
  });
}

/** Changes the answers with one status. */
const inPlaceOf = (status: number, change: (answer: Answer) => Answer) =>
  rewording((answer) => (answer.status === status ? change(answer) : answer));

const { body: unknownBotBody } = unknownBot();

/** Replaces the message of the documented error for an unknown bot. */
const withBotMessage = (message: string) =>
  rewording((answer) => (answer.body === unknownBotBody ? refusal(400, message) : answer));

/** Writes an error in another form. The documented one, for an unknown bot, stays as it is. */
const inForm = (form: (error: { code: number; message: string }) => object) =>
  rewording((answer) =>
    answer.status < 400 || answer.body === unknownBotBody
      ? answer
      : { ...answer, body: JSON.stringify(form(JSON.parse(answer.body))) },
  );

export const refusalForms: readonly Variation[] = [
  {
    name: 'answers-403-to-a-bad-token',
    description: 'A request without a valid token is answered with 403.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, (answer) => ({ ...answer, status: 403 })),
  },
  {
    name: 'answers-400-to-a-bad-token',
    description: 'A request without a valid token is answered with 400, like any other faulty request.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, (answer) => ({ ...answer, status: 400 })),
  },
  {
    name: 'answers-a-bad-token-with-an-empty-body',
    description: 'A gateway answers a bad token with 401, WWW-Authenticate and no body.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, () => ({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' })),
  },
  {
    name: 'answers-a-bad-token-with-a-page',
    description: 'A gateway answers a bad token with 401 and an HTML page.',
    seenBy: authentication,
    behaviour: inPlaceOf(401, () => ({
      status: 401,
      headers: { 'content-type': 'text/html' },
      body: '<html><h1>Unauthorized</h1></html>',
    })),
  },
  {
    name: 'lists-its-errors',
    description:
      'A refusal is a list of errors, each with msg and code; that of an unknown bot is as documented.',
    seenBy: all,
    behaviour: inForm(({ code, message }) => ({ errors: [{ msg: message, code }] })),
  },
  {
    name: 'puts-its-error-into-a-member',
    description:
      'A refusal holds code and message in its member error; that of an unknown bot is as documented.',
    seenBy: all,
    behaviour: inForm((error) => ({ error })),
  },
  {
    name: 'says-more-in-a-refusal',
    description: 'Refusals have other members besides code and message.',
    seenBy: all,
    behaviour: rewording((answer) =>
      answer.status < 400
        ? answer
        : { ...answer, body: JSON.stringify({ timestamp: 1, ...JSON.parse(answer.body), errors: [] }) },
    ),
  },
  {
    name: 'answers-422-to-a-malformed-body',
    description: 'A malformed body is answered with 422, an unknown bot with 400 as documented.',
    seenBy: all,
    behaviour: inPlaceOf(400, (answer) =>
      answer.body === unknownBotBody ? answer : { ...answer, status: 422 },
    ),
  },
  {
    name: 'says-that-a-bot-couldnt-be-found',
    description: "The documented sentence about an unknown bot has couldn't instead of could not.",
    seenBy: unknownBots,
    behaviour: withBotMessage(
      "Linked bot details couldn't be found. Please verify that the botId provided in the request body is correct.",
    ),
  },
  {
    name: 'says-which-bot-could-not-be-found',
    description: 'The sentence about an unknown bot names the bot.',
    seenBy: unknownBots,
    behaviour: withBotMessage('Bot st-1 could not be found!'),
  },
];
