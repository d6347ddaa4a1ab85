// Forms of a request that the documents show in one place, and contradict or do not mention in another.
import { unknownBotId } from '../src/protocol/endpoints.ts';
import type { Event, HooksBody } from '../src/protocol/events.ts';
import type { InternalTransferEvent } from '../src/protocol/generated/schema-types.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';

/** both the path and the body hold a botId; the one documented error is about that of the body. */
const unknownIn = {
  'the path and the body': { path: true, body: true },
  'the path only': { path: true, body: false },
  'the body only': { path: false, body: true },
};

export type BotIdPlace = keyof typeof unknownIn;

export const botIdPlaces = Object.keys(unknownIn);

export function withUnknownBot(body: HooksBody, place: BotIdPlace): Pick<TenantRequest, 'body' | 'botId'> {
  return {
    body: unknownIn[place].body ? { ...body, botId: unknownBotId } : body,
    ...(unknownIn[place].path ? { botId: unknownBotId } : {}),
  };
}

/** CE, Redial Scenario: the sample has a reason and no isExtAD. */
export function asInTheSample(redial: Event): Event {
  const { isExtAD: _, ...rest } = redial as InternalTransferEvent;
  return { ...rest, reason: 'agent_initiated' } as Event;
}
