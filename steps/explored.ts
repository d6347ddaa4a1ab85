// What only the scenarios that `npm run explore` writes need: exact values, a turn to another conversation, a wrong order.
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { decides } from './decides.ts';
import { FixedValues, valuesOf } from './fixed-values.ts';
import { needs } from './needs.ts';
import { beRefusedOutOfOrder, openOrder } from './out-of-order.ts';
import { sendTogether } from './together.ts';
import type { ConformanceWorld } from './world.ts';

Given('all values are plain', function (this: ConformanceWorld) {
  this.values = new FixedValues([]);
});

/** Values are JSON, since a text may have any character. */
Given('all values are plain but these:', function (this: ConformanceWorld, table: DataTable) {
  this.values = new FixedValues(valuesOf(table.hashes()));
});

When('it goes on in conversation {int}', function (this: ConformanceWorld, number: number) {
  this.conversation = this.conversationNumber(number);
});

Given('the tenant refuses what comes out of order', needs(openOrder), function (this: ConformanceWorld) {
  return this.skipUnlessDeclared(openOrder(this.session.settings));
});

/** Sends each row in a request of its own. */
Then(
  'these events come out of order, and are refused:',
  decides('faulty request', 'refused'),
  async function (this: ConformanceWorld, table: DataTable) {
    for (const row of table.hashes()) await beRefusedOutOfOrder(this, row);
  },
);

/** Sends each row in a request of its own, in this many conversations at the same time, each with agents of its own. */
When(
  'these events are sent in {int} conversations at the same time:',
  async function (this: ConformanceWorld, number: number, table: DataTable) {
    await sendTogether(this, number, table.hashes());
  },
);
