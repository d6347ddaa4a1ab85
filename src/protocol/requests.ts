// What is wrong with a request, by the documents. The sandbox uses it to refuse requests, the harness to make sure that
// its own requests are well-formed.

import { abridged } from '../text/kept.ts';
import { shown } from '../text/shown-value.ts';
import { eventNames, isEventName } from './event-table.ts';
import { type Problem, problems } from './problems.ts';
import { isValid } from './schemas.ts';

/** The fields besides query that only a message has: in a body without events, one of them makes it a message. */
const messageFields = ['agentId', 'author', 'source', 'sendUserMessage', 'sendAgentMessage'];

/** Problems of a hooks body (CE, Request Body). Each event is checked against the schema of its name. */
export function hooksBodyProblems(body: unknown): Problem[] {
  return isWellFormed(body) ? [] : bodyProblems(body);
}

/** The fast path: most requests of a log are well-formed. */
function isWellFormed(body: unknown): boolean {
  if (!isValid('hooksRequest', body)) return false;
  const { events } = body as { events?: unknown };
  if (isMessage(body as object) ? !isValid('message', body) : !Array.isArray(events)) return false;
  return !Array.isArray(events) || events.every(isWellFormedEvent);
}

function isWellFormedEvent(event: { name: unknown }): boolean {
  const { name } = event;
  return isEventName(name) && isValid(name, event);
}

function bodyProblems(body: unknown): Problem[] {
  const envelope = problems('hooksRequest', body, 'envelope');
  if (!isObject(body)) return envelope;
  const found = hasNoEvents(body) ? envelope.filter(({ pointer }) => pointer !== '/events') : envelope;
  if (isMessage(body)) found.push(...problems('message', body, 'message'));
  else if (!('events' in body)) {
    found.push({
      where: 'envelope',
      pointer: '/events',
      text: 'events is missing, and the body is not a message',
      requirements: ['HOOKS-ENV-05'],
    });
  }
  if (Array.isArray(body.events)) {
    body.events.forEach((event, index) => {
      if (isObject(event)) found.push(...eventProblems(event, `/events/${index}`));
    });
  }
  return found;
}

/**
 * Whether a body is a message, valid or not. In a body with events only query makes it one, since a sender may add
 * agentId or source to its events.
 */
export function isMessage(body: object): boolean {
  return 'query' in body || (!('events' in body) && messageFields.some((field) => field in body));
}

/** A message with an empty list of events: nothing is stated about that, so it counts as one without events. */
export function hasNoEvents(body: object): boolean {
  const { events } = body as { events?: unknown };
  return isMessage(body) && Array.isArray(events) && events.length === 0;
}

function eventProblems(event: Record<string, unknown>, at: string): Problem[] {
  const name = event.name;
  if (isEventName(name)) return problems(name, event, name, at);
  const text =
    name === undefined
      ? 'name is missing'
      : `name is ${shown(name)}, it must be one of ${eventNames.join(', ')}`;
  return [{ where: 'event', pointer: `${at}/name`, text, requirements: ['HOOKS-ENV-07'] }];
}

/** Problems of the parameters of assign-conversation (AC, Query Parameters), sent in the body or in the query. */
export function assignmentProblems(parameters: unknown): Problem[] {
  const where = 'assign-conversation';
  const found = problems('assignConversationRequest', parameters, where);
  if (!isObject(parameters)) return found;
  const targets = ['aId', 'queueId'].filter((field) => field in parameters);
  if (targets.length === 2) {
    found.push({
      where,
      pointer: '',
      text: 'aId and queueId are both given',
      requirements: ['ASSIGN-REQ-05'],
    });
  }
  if (targets.length === 0) {
    found.push({ where, pointer: '', text: 'aId or queueId is missing', requirements: ['ASSIGN-REQ-05'] });
  }
  return found;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The conversation that a body names, abridged if it is very long; undefined when it names none. */
export function conversationIdOf(body: unknown): string | undefined {
  const id = isObject(body) ? body.conversationId : undefined;
  return typeof id === 'string' && id !== '' ? abridged(id) : undefined;
}
