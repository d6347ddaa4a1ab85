// Requests to which the documents leave the answer open.

import { When } from '@cucumber/cucumber';
import { printedPaths } from '../src/protocol/endpoints.ts';
import type { Agent } from '../src/protocol/events.ts';
import type { AuthHeader } from '../src/tenant/tenant.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import { ask, askAboutOverlap, askInTurn } from './probes.ts';
import { type BotIdPlace, withUnknownBot } from './readings.ts';
import { type Kind, kinds } from './requests.ts';
import { askForTransfer, type Omission, type ParametersIn, type Target } from './transfers.ts';
import type { ConformanceWorld } from './world.ts';

/** Sends the request, unless the conversation has come to nothing before. */
When('{request} is sent', async function (this: ConformanceWorld, kind: Kind) {
  await askInTurn(this, kind, kinds[kind].make(this.conversation));
});

/** Sends the request, after END_OF_CONVERSATION. */
When('{request} is sent after the end', async function (this: ConformanceWorld, kind: Kind) {
  await ask(this, `${kind} after the end`, kinds[kind].make(this.conversation));
});

/** Sends the request with that token. */
When('{request} is sent with {token}', async function (this: ConformanceWorld, kind: Kind, token: TokenKind) {
  await ask(this, `${kind} with ${token}`, kinds[kind].make(this.conversation), { token });
});

/** Sends the request with a valid token in that header. */
When(
  '{request} is sent with the token in the header {header}',
  async function (this: ConformanceWorld, kind: Kind, authHeader: AuthHeader) {
    const request = kinds[kind].make(this.conversation);
    await ask(this, `the token in the header ${authHeader}`, request, { authHeader });
  },
);

/** Sends the request to that path. */
When(
  '{request} is sent to the path of {document}',
  async function (this: ConformanceWorld, kind: Kind, document: keyof typeof printedPaths) {
    const path = printedPaths[document];
    await ask(this, `${kind} at ${path}`, kinds[kind].make(this.conversation), { path });
  },
);

/** Sends the request with a botId that no tenant knows. */
When(
  '{request} is sent with an unknown botId in {place}',
  async function (this: ConformanceWorld, kind: Kind, place: BotIdPlace) {
    const request = kinds[kind].make(this.conversation);
    await ask(this, `an unknown botId in ${place}`, request, withUnknownBot(request.body, place));
  },
);

/** Sends END_OF_CONVERSATION again. */
When('the conversation ends a second time', async function (this: ConformanceWorld) {
  await ask(this, 'a second END_OF_CONVERSATION', this.conversation.end());
});

/** Sends redial exit of the agent. */
When('{agent} leaves with a redial exit', async function (this: ConformanceWorld, agent: Agent) {
  await ask(this, 'a redial exit', this.conversation.transfer('redial', 'exit', agent));
});

/** Sends cold entry of the first agent, then cold exit of the second. */
When(
  '{agent} takes the call/chat/conversation over before {agent} has left',
  async function (this: ConformanceWorld, next: Agent, previous: Agent) {
    await askAboutOverlap(this, next, previous);
  },
);

/** Sends assign-conversation with its parameters there. */
When(
  'a transfer to the {target} is requested with its parameters in the {carrier}',
  async function (this: ConformanceWorld, target: Target, parametersIn: ParametersIn) {
    const question = `a transfer to the ${target} with its parameters in the ${parametersIn}`;
    await askForTransfer(this, question, target, { parametersIn });
  },
);

/** Sends assign-conversation with a valid token in that header. */
When(
  'a transfer to the {target} is requested with the token in the header {header}',
  async function (this: ConformanceWorld, target: Target, authHeader: AuthHeader) {
    const question = `a transfer to the ${target} with the token in the header ${authHeader}`;
    await askForTransfer(this, question, target, { authHeader });
  },
);

/** Sends assign-conversation without that. */
When(
  'a transfer to the {target} is requested without {omission}',
  async function (this: ConformanceWorld, target: Target, without: Omission) {
    await askForTransfer(this, `a transfer to the ${target} without ${without}`, target, { without });
  },
);
