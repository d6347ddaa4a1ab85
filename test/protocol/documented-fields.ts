// The field tables of the documents: the type of each field, and the requirement it breaks. Written from the documents;
// the schemas have the same facts, and the tests compare the two. The only list of fields in the tests.
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import type { EventName } from '../../src/protocol/events.ts';

/** The object that has the field, as a problem names it. */
export type Where = EventName | 'message' | 'envelope' | 'event';

/** What a field holds: something of a type that is not empty, or one of some values. */
export type FieldKind = 'text' | 'flag' | 'object' | 'list' | 'name' | readonly (string | boolean)[];

const experiences = ['chat', 'voice'];
const transferTypes = ['NA', 'COLD', 'WARM', 'cold', 'warm', 'redial'];

export interface DocumentedField {
  where: Where;
  /** With dots for a field of a field. */
  field: string;
  kind: FieldKind;
  /** The requirement that a missing field breaks. */
  missing: readonly RequirementId[];
  /** The requirement that any other value breaks. */
  wrong: readonly RequirementId[];
}

type Row = [field: string, kind: FieldKind, missing: RequirementId | RequirementId[], wrong?: RequirementId];

const rows: Record<Where, Row[]> = {
  // CE, Request Body; IT, Request Body Parameters; EC, Body Parameters
  envelope: [
    ['conversationId', 'text', 'HOOKS-ENV-01'],
    ['botId', 'text', 'HOOKS-ENV-03'],
    ['events', 'list', 'HOOKS-ENV-05'],
  ],
  // CE, Request Body
  message: [
    ['query', 'text', 'HOOKS-MSG-01'],
    ['agentId', 'text', 'HOOKS-MSG-02'],
    ['experience', experiences, 'HOOKS-MSG-12', 'HOOKS-MSG-03'],
    ['author', 'object', 'HOOKS-MSG-04'],
    ['author.type', ['USER', 'AGENT'], 'HOOKS-MSG-04'],
    ['source', 'text', 'HOOKS-MSG-05'],
    ['sendUserMessage', 'flag', 'HOOKS-MSG-06'],
    ['sendAgentMessage', 'flag', 'HOOKS-MSG-07'],
    ['language', 'text', 'HOOKS-MSG-08'],
  ],
  // EC, events[].name; IT, name
  event: [['name', 'name', 'HOOKS-ENV-07']],
  // CE, Internal Transfer Event, Field Description; IT, Request Body Parameters
  INTERNAL_TRANSFER_EVENT: [
    ['transfertype', transferTypes, 'HOOKS-XFER-01'],
    ['transition', ['entry', 'exit'], 'HOOKS-XFER-02'],
    ['isExtAD', [true, false, 'true', 'false'], 'HOOKS-XFER-03'],
    ['experience', experiences, 'HOOKS-XFER-07'],
    ['participant', 'object', 'HOOKS-XFER-08'],
    ['participant.identity', 'text', 'HOOKS-XFER-08'],
    ['participant.name', 'text', 'HOOKS-XFER-08'],
    ['participant.type', 'text', 'HOOKS-XFER-08'],
  ],
  // CE, Trigger Summary Event, Field Description: data is in no row of its own
  TRIGGER_SUMMARY_EVENT: [
    ['data', 'object', ['HOOKS-SUM-01', 'HOOKS-SUM-02', 'HOOKS-SUM-03']],
    ['data.language', 'text', 'HOOKS-SUM-01'],
    ['data.locale', 'text', 'HOOKS-SUM-02'],
    ['data.type', 'text', 'HOOKS-SUM-03'],
  ],
  // CE, End of Conversation Event, Field Description; EC, Body Parameters
  END_OF_CONVERSATION: [
    ['reason', 'text', 'HOOKS-EOC-02'],
    ['language', 'text', 'HOOKS-EOC-03'],
    ['experience', experiences, 'HOOKS-EOC-04'],
    ['participant', 'object', 'HOOKS-EOC-05'],
    ['participant.identity', 'text', 'HOOKS-EOC-05'],
    ['participant.name', 'text', 'HOOKS-EOC-05'],
    ['participant.type', 'text', 'HOOKS-EOC-05'],
  ],
};

/** Every required field. */
export const documentedFields: readonly DocumentedField[] = Object.entries(rows).flatMap(([where, some]) =>
  some.map(([field, kind, missing, wrong = missing]) => ({
    where: where as Where,
    field,
    kind,
    missing: [missing].flat(),
    wrong: [wrong].flat(),
  })),
);

/** Optional fields, and the requirement that a value of another type breaks. */
export const optionalFields: readonly [EventName, field: string, kind: 'text' | 'object', RequirementId][] = [
  ['INTERNAL_TRANSFER_EVENT', 'language', 'text', 'HOOKS-ENV-08'],
  ['INTERNAL_TRANSFER_EVENT', 'participant.customFields', 'object', 'HOOKS-ENV-08'],
  ['INTERNAL_TRANSFER_EVENT', 'participant.customFields.queueId', 'text', 'HOOKS-ENV-08'],
  ['END_OF_CONVERSATION', 'participant.customFields', 'object', 'HOOKS-ENV-08'],
  ['END_OF_CONVERSATION', 'participant.customFields.agentEmail', 'text', 'HOOKS-ENV-08'],
];

/** The required fields of a body with a message, or with an event; a message needs no events. */
export function fieldsOf(what: EventName | 'message'): readonly DocumentedField[] {
  const ofEvent = what === 'message' ? [] : ['event'];
  return documentedFields.filter(({ where, field }) =>
    where === 'envelope' ? what !== 'message' || field !== 'events' : [what, ...ofEvent].includes(where),
  );
}

/** AC and AA, Query Parameters and Sample Requests: the required parameters of a transfer to an agent or a queue. */
export const documentedParameters = {
  callbackUrl: { to: ['agent', 'queue'], requirement: 'ASSIGN-REQ-02' },
  orgId: { to: ['agent', 'queue'], requirement: 'ASSIGN-REQ-03' },
  botSessionId: { to: ['agent', 'queue'], requirement: 'ASSIGN-REQ-04' },
  aId: { to: ['agent'], requirement: 'ASSIGN-REQ-05' },
  queueId: { to: ['queue'], requirement: 'ASSIGN-REQ-06' },
  transferredType: { to: ['queue'], requirement: 'ASSIGN-REQ-08' },
} as const satisfies Record<string, { to: ('agent' | 'queue')[]; requirement: RequirementId }>;
