// Valid examples: each kind of each event, and a body for each table of the documents.
import {
  type Dialect,
  defaultDialect,
  type Event,
  type EventName,
  endEvent,
  eventsBody,
  type HooksBody,
  message,
  messageBody,
  summaryEvent,
  transferEvent,
  transfers,
  transitions,
} from '../../src/protocol/events.ts';
import type { Where } from './documented-fields.ts';

export const envelope = { conversationId: 'c-12345', botId: 'st-XXXX' };
const about = { agent: { number: 1 }, experience: 'voice' } as const;

/** The first of each is the default. */
export function exampleEvents(dialect: Dialect = defaultDialect): Record<EventName, Event[]> {
  return {
    INTERNAL_TRANSFER_EVENT: transfers.flatMap((transfer) =>
      transitions.map((transition) => transferEvent({ ...about, transfer, transition }, dialect)),
    ),
    TRIGGER_SUMMARY_EVENT: [summaryEvent()],
    END_OF_CONVERSATION: [endEvent(about, dialect)],
  };
}

/** A body with the fields of a table. */
export function exampleBody(where: Where, dialect: Dialect = defaultDialect): HooksBody {
  if (where === 'message') {
    return messageBody(envelope, message({ ...about, text: 'Price is too expensive', author: 'USER' }));
  }
  const name = where === 'envelope' || where === 'event' ? 'END_OF_CONVERSATION' : where;
  return eventsBody(envelope, exampleEvents(dialect)[name].slice(0, 1));
}
