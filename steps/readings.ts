// The forms of a request that the documents show in one place, and do not mention or contradict in another.
import { unknownBotId } from '../src/protocol/endpoints.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';

/** path and body both carry a botId; the one documented error speaks of the body's. */
const unknown = {
  'the path and the body': { path: true, body: true },
  'the path only': { path: true, body: false },
  'the body only': { path: false, body: true },
};

export type BotIdPlace = keyof typeof unknown;

export const botIdPlaces = Object.keys(unknown);

export function withUnknownBot(body: HooksBody, place: BotIdPlace): Pick<TenantRequest, 'body' | 'botId'> {
  return {
    body: unknown[place].body ? { ...body, botId: unknownBotId } : body,
    ...(unknown[place].path ? { botId: unknownBotId } : {}),
  };
}

/** CE, Redial Scenario: the sample has a reason and no isExtAD. */
export function asInTheSample(body: HooksBody): object {
  const [event] = body.events!;
  const { isExtAD: _, ...rest } = event as { isExtAD?: unknown };
  return { ...body, events: [{ ...rest, reason: 'agent_initiated' }] };
}
