// What a request is about, for counting and for the terminal. Unaware of whether it is right.
import { isMessage, isObject } from '../protocol/requests.ts';
import { jsonOf } from './body-checks.ts';
import type { Body } from './request-body.ts';

/** The conversation and the events of a request, even of a malformed one. */
export function subjectOf(body: Body): { conversationId?: string; events: string[] } {
  const json = jsonOf(body);
  if (!isObject(json)) return { events: [] };
  const names = Array.isArray(json.events) ? json.events.map((event) => isObject(event) && event.name) : [];
  const events = [isMessage(json) && 'message', ...names].filter((name) => typeof name === 'string');
  return typeof json.conversationId === 'string'
    ? { conversationId: json.conversationId, events }
    : { events };
}
