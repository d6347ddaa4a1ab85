// What each field of a request and of an answer holds, by the schemas.
import participant from '../../schemas/participant.schema.json' with { type: 'json' };
import { eventNames } from '../protocol/event-table.ts';
import type { Contents, HoldingSchema } from '../protocol/field-contents.ts';
import { schemas } from '../protocol/schemas.ts';

/** A field, and the fields inside it. */
export interface Shape {
  holds: Contents | undefined;
  /** What the documents list or show for it, in lower case. */
  words: ReadonlySet<string>;
  members: ReadonlyMap<string, Shape>;
  items: Shape | undefined;
}

/** A field that no document has. */
export const unknownField: Shape = {
  holds: undefined,
  words: new Set(),
  members: new Map(),
  items: undefined,
};

const referenced: Record<string, HoldingSchema> = { [participant.$id]: participant as HoldingSchema };

/** One shape of what several schemas say about the same field. */
function shapeOf(given: readonly HoldingSchema[]): Shape {
  const all = given.flatMap(withBranches);
  const names = new Set(all.flatMap(({ properties = {} }) => Object.keys(properties)));
  const items = all.flatMap((one) => one.items ?? []);
  return {
    holds: all.find(({ holds }) => holds !== undefined)?.holds,
    words: new Set(all.flatMap(wordsOf)),
    members: new Map(
      [...names].map((name) => [name, shapeOf(all.flatMap(({ properties }) => properties?.[name] ?? []))]),
    ),
    items: items.length > 0 ? shapeOf(items) : undefined,
  };
}

function withBranches(schema: HoldingSchema): HoldingSchema[] {
  const { $ref, anyOf = [] } = schema;
  const target = $ref === undefined ? undefined : referenced[$ref];
  return [schema, ...(target ? [target] : []), ...anyOf].flatMap((one) =>
    one === schema ? [one] : withBranches(one),
  );
}

function wordsOf({ enum: listed = [], const: only, examples = [] }: HoldingSchema): string[] {
  return [...listed, only, ...examples].flatMap((word) =>
    typeof word === 'string' ? [word.toLowerCase()] : [],
  );
}

const ofEvents = new Map(
  eventNames.map((name) => [name as string, shapeOf([schemas[name] as HoldingSchema])]),
);
/** Of an event whose name no document has. */
const ofAnyEvent = shapeOf(eventNames.map((name) => schemas[name] as HoldingSchema));

/** The shape of an event, valid or not. */
export function eventShape(name: unknown): Shape {
  return ofEvents.get(String(name)) ?? ofAnyEvent;
}

/** The body of a request: a hooks body, or the parameters of assign-conversation. */
export const requestShape: Shape = shapeOf(
  [schemas.hooksRequest, schemas.message, schemas.assignConversationRequest].map(
    (schema) => schema as HoldingSchema,
  ),
);

export const answerShape: Shape = shapeOf(
  [
    schemas.hooksSuccess,
    schemas.error,
    schemas.unknownBotError,
    schemas.assignedToAgent,
    schemas.assignedToQueue,
    schemas.assignConversationCallback,
  ].map((schema) => schema as HoldingSchema),
);

/** The names of all fields that the documents have, in lower case. */
export const knownNames: ReadonlySet<string> = new Set(
  [requestShape, answerShape, ofAnyEvent].flatMap(namesIn).map((name) => name.toLowerCase()),
);

function namesIn({ members, items }: Shape): string[] {
  return [
    ...[...members].flatMap(([name, shape]) => [name, ...namesIn(shape)]),
    ...(items ? namesIn(items) : []),
  ];
}
