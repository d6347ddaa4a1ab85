// The types of event that the documents know, an entry each: what checks one, what it is in a conversation, what it is
// called, what a picture shows of it. Everything that treats them alike reads this table.
import endOfConversationEvent from '../../schemas/end-of-conversation-event.schema.json' with {
  type: 'json',
};
import internalTransferEvent from '../../schemas/internal-transfer-event.schema.json' with { type: 'json' };
import triggerSummaryEvent from '../../schemas/trigger-summary-event.schema.json' with { type: 'json' };
import type { EventName, Transfer } from './events.ts';

interface Entry {
  /** What its fields have to be. */
  schema: object;
  /** As a step of a conversation, and in the tables of the features. */
  step: string;
  /** The fields that tell one kind of it from another; without any, its name says it all. */
  kindFields: readonly string[];
  /** Who joins or leaves by it, or the conversation as a whole. */
  about: 'participant' | 'conversation';
  picture: EventPicture;
}

export interface EventPicture {
  /** Its mark; `transfer` stands for one mark a type of transfer. */
  shape: string;
  /** Under the mark, in two words, where its kind is not known. */
  caption: string;
  /** In full, where that is more than the caption. */
  says?: string;
  /** The field that is quoted then. */
  detail?: string;
}

const table = {
  INTERNAL_TRANSFER_EVENT: {
    schema: internalTransferEvent,
    step: 'transfer',
    kindFields: ['transfertype', 'transition'],
    about: 'participant',
    picture: { shape: 'transfer', caption: 'transfer' },
  },
  TRIGGER_SUMMARY_EVENT: {
    schema: triggerSummaryEvent,
    step: 'summary',
    kindFields: [],
    about: 'conversation',
    picture: { shape: 'summary', caption: 'summary' },
  },
  END_OF_CONVERSATION: {
    schema: endOfConversationEvent,
    step: 'end',
    kindFields: [],
    about: 'conversation',
    picture: { shape: 'end', caption: 'end', says: 'end of conversation', detail: 'reason' },
  },
} as const satisfies Record<EventName, Entry>;

type Listed = (typeof table)[keyof typeof table];

/** What an event is as a step of a conversation. */
export type EventStepType = Listed['step'];

/** Steps that are told by their type alone. */
export type PlainEventStepType = Exclude<EventStepType, 'transfer'>;

/** The marks of a picture that stand for events. */
export type EventShape = Exclude<Listed['picture']['shape'], 'transfer'> | Transfer;

export interface EventType extends Entry {
  step: EventStepType;
  picture: EventPicture & { shape: 'transfer' | EventShape };
}

export const eventTable: Readonly<Record<EventName, EventType>> = table;

export const eventNames = Object.keys(table) as EventName[];

const byName = new Map<unknown, EventType>(Object.entries(eventTable));

/** Whether this is the name of an event that the documents know. */
export function isEventName(name: unknown): name is EventName {
  return byName.has(name);
}

/** The type of an event by its name, which may be anything; undefined when the documents know none of that name. */
export function eventType(name: unknown): EventType | undefined {
  return byName.get(name);
}

/** The name of the event that is such a step. */
export function eventOfStep(type: EventStepType): EventName {
  return eventNames.find((name) => eventTable[name].step === type)!;
}

/** "COLD entry", "END_OF_CONVERSATION": what kind of event it is, as it is written; whatever is wrong with it. */
export function eventKind(event: { readonly name?: unknown }): string {
  const fields = eventType(event.name)?.kindFields ?? [];
  const written: Readonly<Record<string, unknown>> = { ...event };
  return fields.length > 0 ? fields.map((field) => `${written[field]}`).join(' ') : String(event.name);
}

/** "user message": what kind of message it is, by its author.type. */
export function messageKind(author: unknown): string {
  return `${author === 'AGENT' ? 'agent' : 'user'} message`;
}
