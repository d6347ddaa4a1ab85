// The same events in several conversations at the same time.
import { eventOf } from './event-tables.ts';
import { inLanes } from './lanes.ts';
import type { ConformanceWorld } from './world.ts';

export async function sendTogether(
  world: ConformanceWorld,
  number: number,
  rows: readonly Record<string, string>[],
): Promise<void> {
  const conversations = Array.from({ length: number }, () => world.startConversation('voice'));
  await inLanes(number, [...conversations.entries()], async ([index, conversation]) => {
    for (const row of rows) {
      const agent = row.agent?.replace(/\d+$/, (own) => `${Number(own) + index * 100}`);
      const event = eventOf(conversation, { ...row, ...(agent === undefined ? {} : { agent }) });
      await world.send(conversation.events([event]));
    }
  });
}
