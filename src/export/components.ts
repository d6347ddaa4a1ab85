// The JSON schemas of the project as the components of a description of the API: OpenAPI and AsyncAPI know neither files
// beside them nor the project's own keywords.
import participant from '../../schemas/participant.schema.json' with { type: 'json' };
import { eventNames } from '../protocol/event-table.ts';
import { schemas } from '../protocol/schemas.ts';

export type Schema = Record<string, unknown>;

export interface Reference {
  $ref: string;
}

interface SchemaFile {
  $id: string;
  title: string;
}

const files = [...Object.values(schemas), participant] as unknown as SchemaFile[];
const titles = new Map(files.map(({ $id, title }) => [$id, title]));

/** Keywords that say something to this project alone. */
const own = new Set(['$schema', '$id', 'holds']);
const ofNames = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const ofLists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const ofOne = new Set(['items', 'not', 'if', 'then', 'else', 'additionalProperties', 'contains']);

export function reference(title: string): Reference {
  return { $ref: `#/components/schemas/${title}` };
}

/**
 * The requirement that a field cites goes along as x-requirement. A reference stands alone, in allOf: many tools, and AsyncAPI, ignore
 * what is beside one.
 */
function translated(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...others } = schema as Schema;
  const keywords = Object.entries(others).filter(([keyword]) => !own.has(keyword));
  const rest = Object.fromEntries(
    keywords.map(([keyword, value]): [string, unknown] => {
      if (keyword === 'requirement') return ['x-requirement', value];
      if (ofNames.has(keyword)) return [keyword, mapped(value)];
      if (ofLists.has(keyword)) return [keyword, (value as unknown[]).map(translated)];
      return [keyword, ofOne.has(keyword) ? translated(value) : value];
    }),
  );
  if ($ref === undefined) return rest;
  if (keywords.length === 0) return referred($ref);
  return { ...rest, allOf: [referred($ref), ...((rest.allOf as unknown[]) ?? [])] };
}

function mapped(schemas: unknown): Schema {
  return Object.fromEntries(
    Object.entries(schemas as Schema).map(([name, schema]) => [name, translated(schema)]),
  );
}

/** @throws Error for a file that is none of the schemas above */
function referred(file: unknown): Reference {
  const title = titles.get(String(file));
  if (title === undefined) throw new Error(`A schema refers to ${file}, which the export does not know`);
  return reference(title);
}

function component(schema: unknown): Schema {
  return translated(schema) as Schema;
}

const envelope = component(schemas.hooksRequest);
const { events, ...envelopeFields } = envelope.properties as Record<string, Schema>;
const { minItems, ...eventList } = { ...events, items: reference('Event') } as Schema;

/**
 * The schemas of the API by their titles. What the project checks in code, since its problems have to be worded field by
 * field, is in the schemas here: a body holds events, or is a message; a transfer goes to an agent or to a queue.
 */
export function components(): Record<string, Schema> {
  const bodies = {
    HooksRequest: {
      description: 'Events, a message, or both.',
      oneOf: [reference('EventsRequest'), reference('MessageRequest')],
    },
    EventsRequest: {
      description: 'One event or several, and no message.',
      allOf: [reference('HooksEnvelope')],
      required: ['events'],
      properties: { events: { ...eventList, minItems } },
      not: { required: ['query'] },
    },
    MessageRequest: {
      description: 'A user or agent message; events may stand beside it.',
      allOf: [reference('HooksEnvelope'), reference('Message')],
      properties: { events: eventList },
    },
    Event: {
      description: 'An event by its name.',
      oneOf: eventNames.map((name) => reference(titleOf(name))),
      discriminator: {
        propertyName: 'name',
        mapping: Object.fromEntries(eventNames.map((name) => [name, reference(titleOf(name)).$ref])),
      },
    },
    HooksEnvelope: { ...envelope, properties: envelopeFields },
    AssignConversationRequest: {
      ...component(schemas.assignConversationRequest),
      oneOf: [{ required: ['aId'] }, { required: ['queueId'] }],
    },
  };
  const plain = [
    schemas.message,
    ...eventNames.map((name) => schemas[name]),
    participant,
    schemas.hooksSuccess,
    schemas.unknownBotError,
    schemas.error,
    schemas.assignedToAgent,
    schemas.assignedToQueue,
    schemas.assignConversationCallback,
  ];
  return {
    ...bodies,
    ...Object.fromEntries(plain.map((schema) => [(schema as { title: string }).title, component(schema)])),
  };
}

/** Of the schema of an event. */
export function titleOf(name: (typeof eventNames)[number]): string {
  return (schemas[name] as unknown as SchemaFile).title;
}
