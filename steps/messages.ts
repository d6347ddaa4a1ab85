// What customer and agents say.
import { When } from '@cucumber/cucumber';
import type { Agent } from '../src/protocol/events.ts';
import type { ConformanceWorld } from './world.ts';

When('the customer says {string}', async function (this: ConformanceWorld, text: string) {
  await this.send(this.conversation.message({ text, author: 'USER' }));
});

When(
  'the customer says {string} over {string}',
  async function (this: ConformanceWorld, text: string, source: string) {
    await this.send(this.conversation.message({ text, author: 'USER', source }));
  },
);

When(
  'the customer says {string} in {string}',
  async function (this: ConformanceWorld, text: string, language: string) {
    await this.send(this.conversation.message({ text, author: 'USER', language }));
  },
);

When('{agent} says {string}', async function (this: ConformanceWorld, agent: Agent, text: string) {
  await this.send(this.conversation.message({ text, author: 'AGENT', agent }));
});

When(
  '{agent} answers in the request in which the customer says {string}',
  async function (this: ConformanceWorld, agent: Agent, text: string) {
    const entry = this.conversation.transferEvent('NA', 'entry', agent);
    await this.send(this.conversation.message({ text, author: 'USER', agent }, [entry]));
  },
);
