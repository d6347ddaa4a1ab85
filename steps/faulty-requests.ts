// Requests with one defect, each with its twin: the same request with the defect corrected.
import { When } from '@cucumber/cucumber';
import { unknownBotId } from '../src/protocol/endpoints.ts';
import { type Defect, withDefect } from '../src/protocol/mutations.ts';
import { citingSentence } from '../src/protocol/problems.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import { type Malformation, malformations } from './malformations.ts';
import { everyKind, type Kind, kinds } from './requests.ts';
import type { ConformanceWorld } from './world.ts';

When(
  '{request} is sent with {field} {defect}',
  async function (this: ConformanceWorld, kind: Kind, field: string, defect: Defect) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = withDefect(body, field, defect);
    await this.tryFaulty(problemsOf(faulty), { to: 'hooks', body: faulty }, { to: 'hooks', body }, label);
  },
);

When(
  '{request} is sent with {malformation}',
  async function (this: ConformanceWorld, kind: Kind, malformation: Malformation) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = malformations[malformation]({ to: 'hooks', body });
    await this.tryFaulty(`it is sent with ${malformation}`, faulty, { to: 'hooks', body }, label);
  },
);

When(
  'every request of a conversation is first sent with {token}',
  async function (this: ConformanceWorld, token: TokenKind) {
    await this.tryEachFaulty(`it is sent with ${token}`, everyKind(this.conversation), (twin) => ({
      ...twin,
      token,
    }));
  },
);

When(
  'every request of a conversation is first sent with an unknown botId in the path and the body',
  async function (this: ConformanceWorld) {
    const wrong = 'the botId of path and body is unknown';
    await this.tryEachFaulty(wrong, everyKind(this.conversation), ({ body, ...twin }) => {
      return { ...twin, body: { ...(body as object), botId: unknownBotId }, botId: unknownBotId };
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
