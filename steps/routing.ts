// Transfers to an agent or a queue, and their outcomes.
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { AddressForm } from '../src/protocol/callback-address.ts';
import { missingForCallbacks } from '../src/tenant/callback-reach.ts';
import { missingRouting, type Settings } from '../src/tenant/settings.ts';
import { type TokenKind, tokens } from '../src/tenant/tokens.ts';
import { decides } from './decides.ts';
import { namedRows } from './named-rows.ts';
import { needs } from './needs.ts';
import { expectTransferred } from './refused-transfers.ts';
import {
  expectOutcomes,
  requestTransfer,
  type Target,
  type TransferFormName,
  transferForms,
  transferParameters,
  tryTransfers,
  withoutEachParameter,
} from './transfers.ts';
import type { ConformanceWorld } from './world.ts';

Given(
  "the tenant's profile names what routing needs",
  needs(missingRouting),
  function (this: ConformanceWorld) {
    return this.skipUnlessDeclared(missingRouting(this.session.settings));
  },
);

Given("the tenant's profile names an account", needs(missingAccount), function (this: ConformanceWorld) {
  return this.skipUnlessDeclared(missingAccount(this.session.settings));
});

function missingAccount({ routing }: Settings): string[] {
  return routing.accountId ? [] : ['TENANT_ACCOUNT_ID'];
}

Given(
  'the tenant can reach the callback listener',
  needs(missingCallbacks),
  function (this: ConformanceWorld) {
    return this.skipUnlessDeclared(missingCallbacks(this.session.settings));
  },
);

function missingCallbacks({ url, callback }: Settings): string[] {
  return missingForCallbacks(url, callback.publicUrl);
}

/** Sends assign-conversation, with a callbackUrl of its own. */
When('a transfer to the {target} is requested', async function (this: ConformanceWorld, target: Target) {
  await requestTransfer(this, target);
});

/** Sends assign-conversation, with a callbackUrl of its own that has this form. */
When(
  'a transfer to the {target} is requested whose callbackUrl has {address form}',
  async function (this: ConformanceWorld, target: Target, form: AddressForm) {
    if (form === 'no path' && hasPath(this.session.settings)) {
      this.scenario.notApplicable('CALLBACK_PUBLIC_URL has a path: without it nothing reaches the listener');
      return 'skipped';
    }
    return requestTransfer(this, target, form);
  },
);

function hasPath({ callback }: Settings): boolean {
  return new URL(`${callback.publicUrl}`).pathname !== '/';
}

/** Sends assign-conversation with that token; a valid one in the twin. */
When(
  'a transfer to the {target} is requested with {token}',
  decides('bad token'),
  async function (this: ConformanceWorld, target: Target, token: TokenKind) {
    const right = await transferParameters(this, target);
    await tryTransfers(this, right, [{ wrong: `it is sent with ${token}`, parameters: right, token }]);
  },
);

/** Sends assign-conversation with each of these tokens; a valid one in the twin. */
When(
  'a transfer to the {target} is requested with each of these tokens:',
  decides('bad token'),
  async function (this: ConformanceWorld, target: Target, table: DataTable) {
    const right = await transferParameters(this, target);
    const faulty = namedRows(table, tokens, 'token').map((token) => {
      return { wrong: `it is sent with ${token}`, parameters: right, token };
    });
    await tryTransfers(this, right, faulty);
  },
);

/** Sends assign-conversation in that form, with that token; a valid one in the twin. */
When(
  'a transfer to the {target} {transfer form} is requested with {token}',
  decides('bad token'),
  async function (this: ConformanceWorld, target: Target, form: TransferFormName, token: TokenKind) {
    const right = await transferParameters(this, target);
    const wrong = `it is sent ${form}, and with ${token}`;
    await tryTransfers(this, right, [{ wrong, parameters: right, token }], transferForms[form]);
  },
);

/** Sends assign-conversation with each required parameter left out, then empty; transferredType is not required. */
When(
  'a transfer to the {target} is requested with each parameter missing or empty in turn',
  decides('faulty request'),
  async function (this: ConformanceWorld, target: Target) {
    const right = await transferParameters(this, target);
    await tryTransfers(this, right, withoutEachParameter(right));
  },
);

/** Sends assign-conversation with aId and queueId: the transfer to a queue, complete with its transferredType, and an aId. */
When(
  'a transfer is requested that names both agent and queue',
  decides('faulty request'),
  async function (this: ConformanceWorld) {
    const right = await transferParameters(this, 'queue');
    const parameters = { ...right, aId: this.session.settings.routing.agentId };
    await tryTransfers(this, right, [{ wrong: 'aId and queueId are both given', parameters }]);
  },
);

/** Sends assign-conversation with a streamId that no tenant knows. */
When(
  'a transfer to the {target} is requested for an unknown stream',
  decides('faulty request'),
  async function (this: ConformanceWorld, target: Target) {
    const parameters = await transferParameters(this, target);
    await tryTransfers(this, parameters, [
      { wrong: 'the stream is unknown', parameters, unknownStream: true },
    ]);
  },
);

Then(
  'the tenant has transferred the conversation',
  decides('transferred', 'answer'),
  async function (this: ConformanceWorld) {
    await expectTransferred(this);
  },
);

Then(
  'the outcome of each transfer is posted once to its callbackUrl',
  decides('outcome'),
  async function (this: ConformanceWorld) {
    await expectOutcomes(this);
  },
);
