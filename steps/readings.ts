// Forms of a request that the documents show in one place, and contradict or do not mention in another.
import { unknownBotId, unknownLike } from '../src/protocol/endpoints.ts';
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

/** @param isLike whether the unknown id begins with the real one */
export function withUnknownBot(
  body: HooksBody,
  place: BotIdPlace,
  isLike = false,
): Pick<TenantRequest, 'body' | 'botId'> {
  const botId = isLike ? unknownLike(body.botId) : unknownBotId;
  return {
    body: unknownIn[place].body ? { ...body, botId } : body,
    ...(unknownIn[place].path ? { botId } : {}),
  };
}

/** CE, Redial Scenario: the sample has a reason and no isExtAD. */
export function asInTheSample(redial: Event): Event {
  const { isExtAD: _, ...rest } = redial as InternalTransferEvent;
  return { ...rest, reason: 'agent_initiated' } as Event;
}
