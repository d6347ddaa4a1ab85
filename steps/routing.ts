// Transfers to an agent or a queue, and their outcomes.
import { Given, Then, When } from '@cucumber/cucumber';
import { type Defect, withDefect } from '../src/protocol/mutations.ts';
import { sentence } from '../src/protocol/problems.ts';
import { assignmentProblems } from '../src/protocol/requests.ts';
import { missingForCallbacks } from '../src/tenant/callback-reach.ts';
import { missingRouting } from '../src/tenant/settings.ts';
import type { TokenKind } from '../src/tenant/signer.ts';
import { decides } from './decides.ts';
import {
  expectOutcomes,
  expectTransferred,
  requestTransfer,
  type Target,
  transferParameters,
  tryTransfer,
} from './transfers.ts';
import type { ConformanceWorld } from './world.ts';

Given("the tenant's profile names what routing needs", function (this: ConformanceWorld) {
  return this.skipUnlessDeclared(missingRouting(this.session.settings));
});

Given("the tenant's profile names an account", function (this: ConformanceWorld) {
  return this.skipUnlessDeclared(this.session.settings.routing.accountId ? [] : ['TENANT_ACCOUNT_ID']);
});

Given('the tenant can reach the callback listener', function (this: ConformanceWorld) {
  const { url, callback } = this.session.settings;
  return this.skipUnlessDeclared(missingForCallbacks(url, callback.publicUrl));
});

/** Sends assign-conversation, with a callbackUrl of its own. */
When('a transfer to the {target} is requested', async function (this: ConformanceWorld, target: Target) {
  await requestTransfer(this, target);
});

/** Sends assign-conversation with that token; a valid one in the twin. */
When(
  'a transfer to the {target} is requested with {token}',
  decides('bad token'),
  async function (this: ConformanceWorld, target: Target, token: TokenKind) {
    const parameters = await transferParameters(this, target);
    await tryTransfer(this, `it is sent with ${token}`, parameters, { parameters, token });
  },
);

/** Sends assign-conversation with one parameter made wrong. */
When(
  'a transfer to the {target} is requested with {field} {defect}',
  decides('faulty request'),
  async function (this: ConformanceWorld, target: Target, field: string, defect: Defect) {
    const right = await transferParameters(this, target);
    const parameters = withDefect(right, field, defect);
    await tryTransfer(this, assignmentProblems(parameters).map(sentence).join('; '), right, { parameters });
  },
);

/** Sends assign-conversation with aId and queueId. */
When(
  'a transfer is requested that names both agent and queue',
  decides('faulty request'),
  async function (this: ConformanceWorld) {
    const right = await transferParameters(this, 'agent');
    const parameters = { ...right, queueId: this.session.settings.routing.queueId };
    await tryTransfer(this, 'aId and queueId are both given', right, { parameters });
  },
);

/** Sends assign-conversation without aId and queueId. */
When(
  'a transfer is requested that names neither agent nor queue',
  decides('faulty request'),
  async function (this: ConformanceWorld) {
    const right = await transferParameters(this, 'agent');
    const parameters = withDefect(right, 'aId', { kind: 'left out' });
    await tryTransfer(this, 'aId and queueId are both missing', right, { parameters });
  },
);

/** Sends assign-conversation with a streamId that no tenant knows. */
When(
  'a transfer to the {target} is requested for an unknown stream',
  decides('faulty request'),
  async function (this: ConformanceWorld, target: Target) {
    const parameters = await transferParameters(this, target);
    await tryTransfer(this, 'the stream is unknown', parameters, { parameters, unknownStream: true });
  },
);

Then(
  'the tenant has transferred the conversation',
  decides('transferred', 'answer'),
  function (this: ConformanceWorld) {
    expectTransferred(this);
  },
);

Then(
  'the outcome of each transfer is posted once to its callbackUrl',
  decides('outcome'),
  async function (this: ConformanceWorld) {
    await expectOutcomes(this);
  },
);
