// What is wrong with a request, by the documents. Serves the sandbox, which refuses it, and the harness,
// which makes sure that what it calls well-formed is.

import { shown } from '../text/shown-value.ts';
import { eventNames, isEventName } from './event-table.ts';
import { type Problem, problems } from './problems.ts';
import { isValid } from './schemas.ts';

/** Fields that, beside query, only a message has: without events, one of them makes a body a message. */
const messageFields = ['agentId', 'author', 'source', 'sendUserMessage', 'sendAgentMessage'];

/** Problems of a hooks body (CE, Request Body); the event's name picks the schema, so that an error names a field. */
export function hooksBodyProblems(body: unknown): Problem[] {
  return isWellFormed(body) ? [] : bodyProblems(body);
}

/** The short way for what is most of any log. */
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
  const found = [...envelope];
  if (isMessage(body)) found.push(...problems('message', body, 'message'));
  else if (!('events' in body)) {
    found.push({
      where: 'envelope',
      pointer: '/events',
      text: 'events is missing, and the body is no message',
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
 * Whether a body is a message, whatever is wrong with it. Beside events only query makes one: an event's sender may well
 * name its agentId or source.
 */
export function isMessage(body: object): boolean {
  return 'query' in body || (!('events' in body) && messageFields.some((field) => field in body));
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

/** Problems of the parameters of assign-conversation (AC, Query Parameters), wherever they travel. */
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

/** The conversation that a body names; undefined when it names none. */
export function conversationIdOf(body: unknown): string | undefined {
  const id = isObject(body) ? body.conversationId : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
