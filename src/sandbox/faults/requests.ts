// Which requests a fault applies to, since many faults of a tenant show for some requests only. Reads malformed ones too.
import { unknownTargets } from '../../protocol/endpoints.ts';
import { eventKind } from '../../protocol/event-table.ts';
import { isMessage, isObject } from '../../protocol/requests.ts';
import type { AssignRequest } from '../assign-conversation.ts';
import { jsonOf } from '../body-checks.ts';
import type { HooksRequest } from '../hooks.ts';

export type HooksCase = (request: HooksRequest) => boolean;

export const anyRequest: HooksCase = () => true;

export const aMessage: HooksCase = ({ body }) => isMessage(objectOf(jsonOf(body)));

export const aChat: HooksCase = (request) => fieldOf(request, 'experience') === 'chat';

export const aVoiceCall: HooksCase = (request) => fieldOf(request, 'experience') === 'voice';

/** @param name of an event, or a transfer with its transition as in "redial entry" */
export function an(name: string): HooksCase {
  return ({ body }) =>
    eventsIn(jsonOf(body)).some((event) => event.name === name || eventKind(event) === name);
}

/** A key for the conversation of a body; all bodies without a conversationId have the same. */
export function conversationOf({ body }: Pick<HooksRequest, 'body'>): string {
  return String(objectOf(jsonOf(body)).conversationId);
}

/** A field of the message or of the first event. */
export function fieldOf({ body }: HooksRequest, field: string): unknown {
  const json = objectOf(jsonOf(body));
  return field in json ? json[field] : eventsIn(json)[0]?.[field];
}

export function parametersOf({ query, body }: AssignRequest): Record<string, unknown> {
  return { ...query, ...objectOf(jsonOf(body)) };
}

/** Whether a transfer names an agent, a queue or a session that no tenant knows. */
export function isUnattainable(parameters: object): boolean {
  return Object.values(unknownTargets).some((id) => Object.values(parameters).includes(id));
}

/** The events of a body that may be malformed. */
export function eventsIn(json: unknown): Record<string, unknown>[] {
  const { events } = objectOf(json);
  return Array.isArray(events) ? events.filter(isObject) : [];
}

export function objectOf(json: unknown): Record<string, unknown> {
  return isObject(json) ? json : {};
}
