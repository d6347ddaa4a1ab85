// Several conversations at the same time.
import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Experience } from '../src/protocol/events.ts';
import { flows, flowsWithMessages, type Move } from '../src/protocol/flows.ts';
import { cell, countIn } from './event-tables.ts';
import { inLanes } from './lanes.ts';
import { type Difference, similarIds } from './similar-ids.ts';
import type { ConformanceWorld } from './world.ts';

const allFlows: Readonly<Record<string, readonly Move[]>> = {
  ...flows,
  ...flowsWithMessages,
  // It stays open until the scenario is over, and is ended when it is tidied up.
  'only its first event': flows['the minimum conversation'].slice(0, 1),
};

/** A row is one conversation, or as many as its column "number" says. */
Given('these conversations at the same time:', function (this: ConformanceWorld, table: DataTable) {
  for (const row of table.hashes()) {
    const experience = cell(row, 'experience', ['voice', 'chat']) as Experience;
    const flow = allFlows[cell(row, 'flow', Object.keys(allFlows))]!;
    for (let n = countIn(row, 'number'); n > 0; n--)
      this.flows.set(this.startConversation(experience), [...flow]);
  }
});

Given(
  'two {experience} conversations whose ids differ in {difference} only',
  function (this: ConformanceWorld, experience: Experience, difference: Difference) {
    for (const id of similarIds(this.newConversationId(), difference)) {
      const conversation = this.startConversation(experience, id);
      this.flows.set(conversation, [...flows['the minimum conversation']]);
    }
  },
);

/** Sends one event of each conversation. */
When('the next event of each is sent, one after the other', async function (this: ConformanceWorld) {
  await takeTurn(this);
});

/** Sends one event of each conversation, of this many at the same time. */
When(
  'the next event of each is sent, {int} at a time',
  async function (this: ConformanceWorld, number: number) {
    await inLanes(number, [...this.flows], async ([conversation, moves]) => {
      const move = moves.shift();
      if (move) await this.send(conversation.move(move));
    });
  },
);

/** Sends the events of all conversations in turn, one at a time. */
When('they take turns, event by event', async function (this: ConformanceWorld) {
  while ([...this.flows.values()].some((moves) => moves.length > 0)) await takeTurn(this);
});

/** Sends the other events of all conversations, those of this many conversations at the same time. */
When('they all go on to their end, {int} at a time', async function (this: ConformanceWorld, number: number) {
  await inLanes(number, [...this.flows], async ([conversation, moves]) => {
    for (const move of moves.splice(0)) await this.send(conversation.move(move));
  });
});

/** The next event of each conversation that is not over. */
async function takeTurn(world: ConformanceWorld): Promise<void> {
  for (const [conversation, moves] of world.flows) {
    const move = moves.shift();
    if (move) await world.send(conversation.move(move));
  }
}
