// What the tenant is expected to answer.
import { Then } from '@cucumber/cucumber';
import { decides } from './decides.ts';
import { recordAnswers } from './probes.ts';
import { expectAccepted, expectRefused, expectRefusedIfTaken } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

Then(
  'the tenant has accepted every event',
  decides('accepted', 'answer'),
  async function (this: ConformanceWorld) {
    await expectAccepted(this);
  },
);

/** Sends the twin: the same request with its one fault put right. */
Then(
  'the tenant refuses it, and accepts it once put right',
  decides('refused'),
  async function (this: ConformanceWorld) {
    await expectRefused(this);
  },
);

/** Sends the twin. Of a form that the tenant takes from nobody, its refusal says nothing, and need not. */
Then(
  'the tenant refuses it, unless it refuses every such transfer',
  decides('refused'),
  async function (this: ConformanceWorld) {
    return expectRefusedIfTaken(this);
  },
);

/** Sends the twin that they share, or of each its own, unless it was sent already. */
Then(
  'the tenant refuses each, and accepts each/it once put right',
  decides('refused'),
  async function (this: ConformanceWorld) {
    await expectRefused(this);
  },
);

Then("the tenant's answer is recorded", function (this: ConformanceWorld) {
  recordAnswers(this);
});
