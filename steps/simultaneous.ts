// Several conversations at the same time.
import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Experience } from '../src/protocol/events.ts';
import { type FlowName, flows, type Move } from '../src/protocol/flows.ts';
import { cell } from './event-tables.ts';
import { type Difference, endings } from './similar-ids.ts';
import type { ConformanceWorld } from './world.ts';

Given('these conversations at the same time:', function (this: ConformanceWorld, table: DataTable) {
  for (const row of table.hashes()) {
    const conversation = this.startConversation(cell(row, 'experience', ['voice', 'chat']) as Experience);
    this.flows.set(conversation, flows[cell(row, 'flow', Object.keys(flows)) as FlowName]);
  }
});

Given(
  'two {experience} conversations whose ids differ in {difference} only',
  function (this: ConformanceWorld, experience: Experience, difference: Difference) {
    const id = this.newConversationId();
    for (const ending of endings[difference]) {
      this.flows.set(this.startConversation(experience, `${id}-${ending}`), flows['the cold transfer flow']);
    }
  },
);

/** Sends the events of all conversations in turn, one at a time. */
When('they take turns, event by event', async function (this: ConformanceWorld) {
  const turns = Math.max(...[...this.flows.values()].map((moves) => moves.length));
  for (let turn = 0; turn < turns; turn++) {
    for (const [conversation, moves] of this.flows) {
      const move: Move | undefined = moves[turn];
      if (move) await this.send(conversation.move(move));
    }
  }
});

/** Sends the events of all conversations at the same time. */
When('they all go on at once', async function (this: ConformanceWorld) {
  const runs = [...this.flows].map(async ([conversation, moves]) => {
    for (const move of moves) await this.send(conversation.move(move));
  });
  // Every conversation runs to its end even when another one fails: none of its requests may come in the next scenario.
  const ended = await Promise.allSettled(runs);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
});

When('the other conversation goes on', function (this: ConformanceWorld) {
  const [other, ...more] = this.conversations.filter((one) => one !== this.conversation);
  if (!other || more.length > 0) throw new Error('"the other conversation" needs exactly two conversations');
  this.conversation = other;
});
