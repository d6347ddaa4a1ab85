// What customer and agents say.
import { When } from '@cucumber/cucumber';
import type { Agent } from '../src/protocol/events.ts';
import type { ConformanceWorld } from './world.ts';

/** Sends a user message. */
When('the customer says {string}', async function (this: ConformanceWorld, text: string) {
  await this.send(this.conversation.message({ text, author: 'USER' }));
});

/** Sends a user message with this source. */
When(
  'the customer says {string} over {string}',
  async function (this: ConformanceWorld, text: string, source: string) {
    await this.send(this.conversation.message({ text, author: 'USER', source }));
  },
);

/** Sends an agent message. */
When('{agent} says {string}', async function (this: ConformanceWorld, agent: Agent, text: string) {
  await this.send(this.conversation.message({ text, author: 'AGENT', agent }));
});

/** Sends this many messages in turn, the first one of the customer. The text of each is left open. */
When(
  'the customer and {agent} talk, {int} messages in all',
  async function (this: ConformanceWorld, agent: Agent, number: number) {
    for (let n = 1; n <= number; n++) {
      const author = n % 2 === 1 ? 'USER' : 'AGENT';
      await this.send(this.conversation.message({ author, agent }));
    }
  },
);

/** Sends NA entry of the agent and a user message, in one request. */
When(
  '{agent} answers in the request in which the customer says {string}',
  async function (this: ConformanceWorld, agent: Agent, text: string) {
    const entry = this.conversation.transferEvent('NA', 'entry', agent);
    await this.send(this.conversation.message({ text, author: 'USER', agent }, [entry]));
  },
);
