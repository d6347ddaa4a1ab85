// Requests to which the documents leave the answer open.

import { When } from '@cucumber/cucumber';
import { hooksPaths } from '../src/protocol/endpoints.ts';
import type { Agent } from '../src/protocol/events.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import type { AuthHeader } from '../src/tenant/tenant.ts';
import { ask, askAboutOverlap } from './probes.ts';
import { asInTheSample, type BotIdPlace, withUnknownBot } from './readings.ts';
import { type Kind, kinds } from './requests.ts';
import { askForTransfer, type Omission, type ParametersIn, type Target } from './transfers.ts';
import type { ConformanceWorld } from './world.ts';

When('{request} is sent', async function (this: ConformanceWorld, kind: Kind) {
  await ask(this, kind, kinds[kind].make(this.conversation));
});

When('{request} is sent after the end', async function (this: ConformanceWorld, kind: Kind) {
  await ask(this, `${kind} after the end`, kinds[kind].make(this.conversation));
});

When('{request} is sent with {token}', async function (this: ConformanceWorld, kind: Kind, token: TokenKind) {
  await ask(this, `${kind} with ${token}`, kinds[kind].make(this.conversation), { token });
});

When(
  '{request} is sent with the token in the header {header}',
  async function (this: ConformanceWorld, kind: Kind, authHeader: AuthHeader) {
    const request = kinds[kind].make(this.conversation);
    await ask(this, `the token in the header ${authHeader}`, request, { authHeader });
  },
);

When(
  '{request} is sent to the path of {document}',
  async function (this: ConformanceWorld, kind: Kind, document: keyof typeof hooksPaths) {
    const path = hooksPaths[document];
    await ask(this, `hooks at ${path}`, kinds[kind].make(this.conversation), { path });
  },
);

When(
  '{request} is sent with an unknown botId in {place}',
  async function (this: ConformanceWorld, kind: Kind, place: BotIdPlace) {
    const request = kinds[kind].make(this.conversation);
    await ask(this, `an unknown botId in ${place}`, request, withUnknownBot(request.body, place));
  },
);

When(
  'a redial is sent as in the sample, with a reason and without isExtAD',
  async function (this: ConformanceWorld) {
    const request = this.conversation.transfer('redial', 'entry', { number: 1 });
    const sample = { body: asInTheSample(request.body) };
    await ask(this, 'a redial with a reason and without isExtAD', request, sample);
  },
);

When('the conversation ends a second time', async function (this: ConformanceWorld) {
  await ask(this, 'a second END_OF_CONVERSATION', this.conversation.end());
});

When('{agent} leaves with a redial exit', async function (this: ConformanceWorld, agent: Agent) {
  await ask(this, 'a redial exit', this.conversation.transfer('redial', 'exit', agent));
});

When(
  '{agent} takes the call/chat/conversation over before {agent} has left',
  async function (this: ConformanceWorld, next: Agent, previous: Agent) {
    await askAboutOverlap(this, next, previous);
  },
);

When(
  'a transfer to the {target} is requested with its parameters in the {carrier}',
  async function (this: ConformanceWorld, target: Target, parametersIn: ParametersIn) {
    const question = `a transfer to the ${target} with its parameters in the ${parametersIn}`;
    await askForTransfer(this, question, target, { parametersIn });
  },
);

When(
  'a transfer to the {target} is requested without {omission}',
  async function (this: ConformanceWorld, target: Target, without: Omission) {
    await askForTransfer(this, `a transfer to the ${target} without ${without}`, target, { without });
  },
);
