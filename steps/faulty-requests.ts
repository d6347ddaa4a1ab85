// Requests with one fault, each with its twin: the same request put right.
import { When } from '@cucumber/cucumber';
import { type Defect, withDefect } from '../src/protocol/mutations.ts';
import { sentence } from '../src/protocol/problems.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import { type Malformation, malformations } from './malformations.ts';
import { type Kind, kinds } from './requests.ts';
import type { ConformanceWorld } from './world.ts';

const unknownBot = 'st-00000000-0000-5000-8000-000000000000';

When(
  '{request} is sent with {field} {defect}',
  async function (this: ConformanceWorld, kind: Kind, field: string, defect: Defect) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = withDefect(body, field, defect);
    const wrong = hooksBodyProblems(faulty)
      .map((problem) => `${sentence(problem)}${problem.requirement ? ` (${problem.requirement})` : ''}`)
      .join('; ');
    if (wrong === '') throw new Error(`${field} ${defect.does} breaks no documented requirement`);
    await this.tryWrong(wrong, { to: 'hooks', body: faulty }, { to: 'hooks', body }, label);
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

When('{request} is sent with {token}', async function (this: ConformanceWorld, kind: Kind, token: TokenKind) {
  const { body, label } = kinds[kind].make(this.conversation);
  await this.tryWrong(`it is sent with ${token}`, { to: 'hooks', body, token }, { to: 'hooks', body }, label);
});

When(
  '{request} is sent with an unknown botId in the path and the body',
  async function (this: ConformanceWorld, kind: Kind) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = { ...body, botId: unknownBot };
    const wrong = 'the botId of path and body is unknown';
    await this.tryWrong(
      wrong,
      { to: 'hooks', body: faulty, botId: unknownBot },
      { to: 'hooks', body },
      label,
    );
  },
);

When(
  '{request} is sent with an unknown botId in the path',
  async function (this: ConformanceWorld, kind: Kind) {
    const { body, label } = kinds[kind].make(this.conversation);
    const wrong = 'only the botId of the path is unknown';
    await this.tryWrong(wrong, { to: 'hooks', body, botId: unknownBot }, { to: 'hooks', body }, label);
  },
);

When(
  '{request} is sent with an unknown botId in the body',
  async function (this: ConformanceWorld, kind: Kind) {
    const { body, label } = kinds[kind].make(this.conversation);
    const faulty = { ...body, botId: unknownBot };
    await this.tryWrong(
      'only the botId of the body is unknown',
      { to: 'hooks', body: faulty },
      { to: 'hooks', body },
      label,
    );
  },
);
