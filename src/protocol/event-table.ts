// One entry for each documented type of event: its schema, the step it is in a conversation, its name for people and
// how a picture shows it. Code that handles every type of event reads this table.
import endOfConversationEvent from '../../schemas/end-of-conversation-event.schema.json' with {
  type: 'json',
};
import internalTransferEvent from '../../schemas/internal-transfer-event.schema.json' with { type: 'json' };
import triggerSummaryEvent from '../../schemas/trigger-summary-event.schema.json' with { type: 'json' };
import type { EventName, Transfer } from './events.ts';

interface Entry {
  /** The JSON schema of its fields. */
  schema: object;
  /** Its name as a step of a conversation, also used in the tables of the features. */
  step: string;
  /** The fields that distinguish its kinds; empty when it has only one kind. */
  kindFields: readonly string[];
  /** Whether it is about a participant who joins or leaves, or about the conversation as a whole. */
  about: 'participant' | 'conversation';
  picture: EventPicture;
}

export interface EventPicture {
  /** Its mark; `transfer` means one mark for each type of transfer. */
  shape: string;
  /** At most two words under the mark, used when the kind of the event is unknown. */
  caption: string;
  /** In full; omitted when the caption is enough. */
  description?: string;
  /** The field whose value follows the description. */
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
    picture: { shape: 'end', caption: 'end', description: 'end of conversation', detail: 'reason' },
  },
} as const satisfies Record<EventName, Entry>;

type Listed = (typeof table)[keyof typeof table];

/** The types of step that events are. */
export type EventStepType = Listed['step'];

/** Types of step that need no details. */
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

/** Whether this is the name of a documented event. */
export function isEventName(name: unknown): name is EventName {
  return byName.has(name);
}

/** The type of an event by its name, which may be any value; undefined when no document has that name. */
export function eventType(name: unknown): EventType | undefined {
  return byName.get(name);
}

export function eventOfStep(type: EventStepType): EventName {
  return eventNames.find((name) => eventTable[name].step === type)!;
}

/** The kind of an event, valid or not, in its sender's spelling: "COLD entry", "END_OF_CONVERSATION". */
export function eventKind(event: { readonly name?: unknown }): string {
  const fields = eventType(event.name)?.kindFields ?? [];
  const written: Readonly<Record<string, unknown>> = { ...event };
  return fields.length > 0 ? fields.map((field) => `${written[field]}`).join(' ') : String(event.name);
}

/** The kind of a message by its author.type: "user message". */
export function messageKind(author: unknown): string {
  return `${author === 'AGENT' ? 'agent' : 'user'} message`;
}
