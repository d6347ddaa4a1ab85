// How a conversation begins and continues: agents, transfers, redials, summary and end.
import { setTimeout as sleep } from 'node:timers/promises';
import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Agent, Experience, Transfer, Transition } from '../src/protocol/events.ts';
import { eventOf } from './event-tables.ts';
import { asInTheSample } from './readings.ts';
import { type Kind, kinds } from './requests.ts';
import type { ConformanceWorld } from './world.ts';

Given('a {experience} conversation', function (this: ConformanceWorld, experience: Experience) {
  this.startConversation(experience);
});

Given(
  'a {experience} conversation whose id ends in {string}',
  function (this: ConformanceWorld, experience: Experience, ending: string) {
    this.startConversation(experience, `${this.newConversationId()}-${ending}`);
  },
);

/** Sends NA entry of the agent. */
Given(
  'a {experience} conversation answered by {agent}',
  async function (this: ConformanceWorld, experience: Experience, agent: Agent) {
    await this.send(this.startConversation(experience).transfer('NA', 'entry', agent));
  },
);

/** Sends what comes before the request: NA entry, and NA exit where the agent has to have left. */
Given(
  'a {experience} conversation that is ready for {request}',
  async function (this: ConformanceWorld, experience: Experience, kind: Kind) {
    await this.send(...kinds[kind].before(this.startConversation(experience)));
  },
);

/** Sends NA entry of the agent. */
When('{agent} answers the call/chat/conversation', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'entry', agent));
});

/** Sends cold exit of the first agent, then cold entry of the second. */
When(
  '{agent} hands the call/chat/conversation over to {agent}',
  async function (this: ConformanceWorld, from: Agent, to: Agent) {
    await this.send(this.conversation.transfer('cold', 'exit', from));
    await this.send(this.conversation.transfer('cold', 'entry', to));
  },
);

/** Sends warm entry of the agent. */
When('{agent} joins as a consultant', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('warm', 'entry', agent));
});

/** Sends warm exit of the agent. */
When('{agent} leaves while others stay', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('warm', 'exit', agent));
});

/** Sends NA exit of the agent. */
When('{agent} leaves as the last one', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'exit', agent));
});

/** Sends NA exit of the agent, then END_OF_CONVERSATION. */
When('{agent} ends the call/chat/conversation', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'exit', agent));
  await this.send(this.conversation.end());
});

/** Sends NA exit of the agent who joined last. */
When('the call drops', async function (this: ConformanceWorld) {
  await this.send(this.conversation.transfer('NA', 'exit', this.conversation.lastAgent));
});

/** Sends redial entry of the agent. */
When('{agent} redials', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('redial', 'entry', agent));
});

/** Sends redial entry of the agent, with reason agent_initiated and without isExtAD. */
When('{agent} redials as the sample prints it', async function (this: ConformanceWorld, agent: Agent) {
  const event = this.conversation.transferEvent('redial', 'entry', agent);
  await this.send(this.conversation.events([asInTheSample(event)]));
});

/** Sends redial entry of the agent. */
When('{agent} calls the customer back', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('redial', 'entry', agent));
});

/** Sends that transfer event of the agent. */
When(
  '{agent} sends {transfer} {transition}',
  async function (this: ConformanceWorld, agent: Agent, transfer: Transfer, transition: Transition) {
    await this.send(this.conversation.transfer(transfer, transition, agent));
  },
);

/** Sends each row in a request of its own. */
When('these events are sent:', async function (this: ConformanceWorld, table: DataTable) {
  for (const row of table.hashes())
    await this.send(this.conversation.events([eventOf(this.conversation, row)]));
});

/** Sends all rows in one request. */
When('these events are sent in one request:', async function (this: ConformanceWorld, table: DataTable) {
  const events = table.hashes().map((row) => eventOf(this.conversation, row));
  await this.send(this.conversation.events(events));
});

/** Nothing is sent meanwhile, as when the customer is on hold. */
When('{int} second(s) pass(es)', async (seconds: number) => {
  await sleep(seconds * 1000);
});

/** Sends TRIGGER_SUMMARY_EVENT in English, locale en. */
When('a summary is requested', async function (this: ConformanceWorld) {
  await this.send(this.conversation.summary());
});

/** Sends END_OF_CONVERSATION with reason agent_initiated. */
When('the conversation ends', async function (this: ConformanceWorld) {
  await this.send(this.conversation.end());
});

/** Sends END_OF_CONVERSATION with this reason. */
When('the conversation ends with reason {string}', async function (this: ConformanceWorld, reason: string) {
  await this.send(this.conversation.end({ reason }));
});
