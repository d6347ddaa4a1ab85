// Requests with one defect, each with its twin: the same request with the defect corrected.
import { When } from '@cucumber/cucumber';
import type { HooksBody } from '../src/protocol/events.ts';
import { type Defect, withDefect } from '../src/protocol/mutations.ts';
import { citingSentence } from '../src/protocol/problems.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import { decides } from './decides.ts';
import { type Malformation, malformations } from './malformations.ts';
import { type BotIdPlace, withUnknownBot } from './readings.ts';
import { everyKind, type Kind, kinds } from './requests.ts';
import type { ConformanceWorld } from './world.ts';

/** Sends the request with one field made wrong. */
When(
  '{request} is sent with {field} {defect}',
  decides('faulty request'),
  async function (this: ConformanceWorld, kind: Kind, field: string, defect: Defect) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = withDefect(body, field, defect);
    await this.tryFaulty(problemsOf(faulty), { to: 'hooks', body: faulty }, { to: 'hooks', body }, label);
  },
);

/** Sends the request, malformed as a whole. */
When(
  '{request} is sent with {malformation}',
  decides('faulty request'),
  async function (this: ConformanceWorld, kind: Kind, malformation: Malformation) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = malformations[malformation]({ to: 'hooks', body });
    await this.tryFaulty(`it is sent with ${malformation}`, faulty, { to: 'hooks', body }, label);
  },
);

/** Sends each kind of request of a whole conversation, first with the bad token, then as it should be. */
When(
  'every request of a conversation is first sent with {token}',
  decides('bad token'),
  async function (this: ConformanceWorld, token: TokenKind) {
    await this.tryEachFaulty(`it is sent with ${token}`, everyKind(this.conversation), (twin) => ({
      ...twin,
      token,
    }));
  },
);

/** Sends each kind of request of a whole conversation, first for the unknown bot, then as it should be. */
When(
  'every request of a conversation is first sent with an unknown botId in {place}',
  decides('unknown bot'),
  async function (this: ConformanceWorld, place: BotIdPlace) {
    const wrong = `the botId in ${place} is unknown`;
    await this.tryEachFaulty(wrong, everyKind(this.conversation), (twin) => {
      return { ...twin, ...withUnknownBot(twin.body as HooksBody, place) };
    });
  },
);

/** What is wrong with a body, with the requirements it breaks, for the finding. @throws Error when it breaks none */
function problemsOf(body: object): string {
  const problems = hooksBodyProblems(body).map(citingSentence);
  if (problems.length === 0)
    throw new Error(`This body breaks no documented requirement: ${JSON.stringify(body)}`);
  return problems.join('; ');
}
