// Requests with one fault, each with its twin: the same request put right.
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
    await this.tryWrong(whatIsWrong(faulty), { to: 'hooks', body: faulty }, { to: 'hooks', body }, label);
  },
);

When(
  '{request} is sent with {malformation}',
  async function (this: ConformanceWorld, kind: Kind, malformation: Malformation) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = malformations[malformation]({ to: 'hooks', body });
    await this.tryWrong(`it is sent with ${malformation}`, faulty, { to: 'hooks', body }, label);
  },
);

When(
  'every request of a conversation is first sent with {token}',
  async function (this: ConformanceWorld, token: TokenKind) {
    await this.tryEachWrong(`it is sent with ${token}`, everyKind(this.conversation), (twin) => ({
      ...twin,
      token,
    }));
  },
);

When(
  'every request of a conversation is first sent with an unknown botId in the path and the body',
  async function (this: ConformanceWorld) {
    const wrong = 'the botId of path and body is unknown';
    await this.tryEachWrong(wrong, everyKind(this.conversation), ({ body, ...twin }) => {
      return { ...twin, body: { ...(body as object), botId: unknownBotId }, botId: unknownBotId };
    });
  },
);

/** Every documented requirement that a body breaks, for the finding. @throws when it breaks none */
function whatIsWrong(body: object): string {
  const broken = hooksBodyProblems(body).map(citingSentence);
  if (broken.length === 0) throw new Error(`This breaks no documented requirement: ${JSON.stringify(body)}`);
  return broken.join('; ');
}
