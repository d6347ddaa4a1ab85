// How a conversation begins and continues: agents, transfers, redials, summary and end.
import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Agent, Event, Experience, Transfer, Transition } from '../src/protocol/events.ts';
import { eventOf } from './event-tables.ts';
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

Given(
  'a {experience} conversation answered by {agent}',
  async function (this: ConformanceWorld, experience: Experience, agent: Agent) {
    await this.send(this.startConversation(experience).transfer('NA', 'entry', agent));
  },
);

Given(
  'a {experience} conversation that is ready for {request}',
  async function (this: ConformanceWorld, experience: Experience, kind: Kind) {
    await this.send(...kinds[kind].before(this.startConversation(experience)));
  },
);

When('{agent} answers the call/chat/conversation', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'entry', agent));
});

When(
  '{agent} answers the call/chat/conversation in {string}',
  async function (this: ConformanceWorld, agent: Agent, language: string) {
    await this.send(this.conversation.transfer('NA', 'entry', agent, language));
  },
);

When(
  '{agent} hands the call/chat/conversation over to {agent}',
  async function (this: ConformanceWorld, from: Agent, to: Agent) {
    await this.send(this.conversation.transfer('cold', 'exit', from));
    await this.send(this.conversation.transfer('cold', 'entry', to));
  },
);

When('{agent} joins as a consultant', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('warm', 'entry', agent));
});

When('{agent} leaves while others stay', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('warm', 'exit', agent));
});

When('{agent} leaves as the last one', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'exit', agent));
});

When('{agent} ends the call/chat/conversation', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('NA', 'exit', agent));
  await this.send(this.conversation.end());
});

When('the call drops', async function (this: ConformanceWorld) {
  await this.send(this.conversation.transfer('NA', 'exit', this.conversation.lastAgent));
});

When('{agent} redials', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('redial', 'entry', agent));
});

When(
  '{agent} redials with reason {string}',
  async function (this: ConformanceWorld, agent: Agent, reason: string) {
    const event = this.conversation.transferEvent('redial', 'entry', agent);
    await this.send(this.conversation.events([{ ...event, reason } as Event]));
  },
);

When('{agent} calls the customer back', async function (this: ConformanceWorld, agent: Agent) {
  await this.send(this.conversation.transfer('redial', 'entry', agent));
});

When(
  '{agent} sends {transfer} {transition}',
  async function (this: ConformanceWorld, agent: Agent, transfer: Transfer, transition: Transition) {
    await this.send(this.conversation.transfer(transfer, transition, agent));
  },
);

When('these events are sent:', async function (this: ConformanceWorld, table: DataTable) {
  for (const row of table.hashes())
    await this.send(this.conversation.events([eventOf(this.conversation, row)]));
});

When('these events are sent in one request:', async function (this: ConformanceWorld, table: DataTable) {
  const events = table.hashes().map((row) => eventOf(this.conversation, row));
  await this.send(this.conversation.events(events));
});

When('a summary is requested', async function (this: ConformanceWorld) {
  await this.send(this.conversation.summary());
});

When(
  'a summary is requested in {string}, locale {locale}',
  async function (this: ConformanceWorld, language: string, locale: string) {
    await this.send(this.conversation.summary(language, locale));
  },
);

When('the conversation ends', async function (this: ConformanceWorld) {
  await this.send(this.conversation.end());
});

When('the conversation ends with reason {string}', async function (this: ConformanceWorld, reason: string) {
  await this.send(this.conversation.end({ reason }));
});

When('the conversation ends in {string}', async function (this: ConformanceWorld, language: string) {
  await this.send(this.conversation.end({ language }));
});
