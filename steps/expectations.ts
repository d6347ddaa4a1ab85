// What the tenant has to answer.
import { Then } from '@cucumber/cucumber';
import type { ConformanceWorld } from './world.ts';

Then('the tenant has accepted every event', function (this: ConformanceWorld) {
  this.expectAccepted();
});

Then('the tenant refuses it, and accepts it once put right', async function (this: ConformanceWorld) {
  await this.expectRefused();
});

Then("the tenant's answer is recorded", function (this: ConformanceWorld) {
  this.expectAnything();
});
