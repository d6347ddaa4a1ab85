// Requests with one defect, each with its twin: the same request with the defect corrected.
import { type DataTable, When } from '@cucumber/cucumber';
import type { HooksBody } from '../src/protocol/events.ts';
import { type Defect, withDefect } from '../src/protocol/mutations.ts';
import { citingSentence } from '../src/protocol/problems.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import { tryInTurn, tryThroughout, type Wrong } from './attempts.ts';
import { tokensByPlace } from './bad-tokens.ts';
import { decides } from './decides.ts';
import { malformations } from './malformations.ts';
import { namedRows } from './named-rows.ts';
import { type BotIdPlace, withUnknownBot } from './readings.ts';
import { type Kind, type Length, lengths } from './requests.ts';
import type { ConformanceWorld } from './world.ts';
import { wrongFields } from './wrong-fields.ts';

/** Sends the request with a value in that field which the documents do not allow there. */
When(
  '{request} is sent with {field} set to {string}',
  decides('faulty request'),
  async function (this: ConformanceWorld, kind: Kind, field: string, value: string) {
    await tryInTurn(this, kind, () => [withField(field, { kind: 'set to', value })]);
  },
);

/** Sends the request once for each defect of each of its fields, which the schemas give; a selection of them without --deep. */
When(
  '{request} is sent with each of its fields wrong in turn',
  decides('faulty request'),
  async function (this: ConformanceWorld, kind: Kind) {
    await tryInTurn(this, kind, (body) =>
      wrongFields(kind, body, this.session.deep).map(({ field, defect }) => withField(field, defect)),
    );
  },
);

/** Sends the request once for each row, malformed as a whole. */
When(
  '{request} is sent in each of these forms:',
  decides('faulty request'),
  async function (this: ConformanceWorld, kind: Kind, table: DataTable) {
    const forms = namedRows(table, malformations, 'form');
    const wrongs = forms.map(
      (form): Wrong =>
        ({ request }) => {
          return { wrong: `it is sent with ${form}`, request: malformations[form](request) };
        },
    );
    await tryInTurn(this, kind, () => wrongs);
  },
);

/** Sends each request of such a conversation, first with the tokens that come with every request and a few of those that come in turn, then as it should be. A short one has no transfers. */
When(
  'the requests of a {length} are first sent with these tokens:',
  decides('bad token'),
  async function (this: ConformanceWorld, length: Length, table: DataTable) {
    await tryThroughout(this, lengths[length], tokensByPlace(table, this.session.deep));
  },
);

/** Sends each request of such a conversation, first for the unknown bot, then as it should be. A short one has no transfers. */
When(
  'every request of a {length} is first sent with an unknown botId in {place}',
  decides('unknown bot'),
  async function (this: ConformanceWorld, length: Length, place: BotIdPlace) {
    // Every other one begins and ends like the real one.
    await tryThroughout(this, lengths[length], (number) => [unknownBot(place, number % 2 === 1)]);
  },
);

function unknownBot(place: BotIdPlace, isLike: boolean): Wrong {
  return ({ request }) => ({
    wrong: `the botId in ${place} is unknown${isLike ? ', and begins and ends like the real one' : ''}`,
    request: { ...request, ...withUnknownBot(request.body as HooksBody, place, isLike) },
  });
}

function withField(field: string, defect: Defect): Wrong {
  return ({ request }) => {
    const body = withDefect(request.body as HooksBody, field, defect);
    return { wrong: problemsOf(body), request: { ...request, body } };
  };
}

/** What is wrong with a body, with the requirements it breaks, for the finding. @throws Error when it breaks none */
function problemsOf(body: object): string {
  const problems = hooksBodyProblems(body).map(citingSentence);
  if (problems.length === 0)
    throw new Error(`This body breaks no documented requirement: ${JSON.stringify(body)}`);
  return problems.join('; ');
}
