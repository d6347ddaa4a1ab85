// What a field holds, read from the `holds` annotations of its schema: from that follows what stands in its place when a
// recording is kept without personal data.
import type { KeywordDefinition } from 'ajv';

/**
 * - id, name, email: of a person, a conversation, a thing of the customer;
 * - text: what somebody said or wrote;
 * - word: one of the words that the documents list (enum, const) or show (examples);
 * - language: the name or the code of one;
 * - url, time (epoch milliseconds), status (of HTTP).
 */
export type Contents = (typeof contents)[number];

const contents = ['id', 'name', 'email', 'text', 'word', 'language', 'url', 'time', 'status'] as const;

/** The parts of a JSON schema that say what its fields hold. */
export interface HoldingSchema {
  readonly type?: unknown;
  readonly holds?: Contents;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, HoldingSchema>>;
  readonly items?: HoldingSchema;
  readonly anyOf?: readonly HoldingSchema[];
}

/** Declares the annotation to ajv: it validates nothing. */
export const holdsKeyword: KeywordDefinition = {
  keyword: 'holds',
  schemaType: 'string',
  metaSchema: { enum: [...contents] },
};

/**
 * The fields that do not say what they hold, one sentence each; none when no field of the schema does.
 * @param file its name, for the reader
 */
export function contentsProblems(file: string, schema: object): string[] {
  const root = schema as HoldingSchema;
  const silent = silentFields(root, []);
  return silent.length > 0 && saysSomething(root)
    ? silent.map((field) => `${file}: ${field} does not say what it holds`)
    : [];
}

function saysSomething(schema: HoldingSchema): boolean {
  return schema.holds !== undefined || inside(schema).some(([, one]) => saysSomething(one));
}

function silentFields(schema: HoldingSchema, path: readonly string[]): string[] {
  const { type, holds, enum: listed, const: only } = schema;
  const isValue = type === 'string' || type === 'number' || type === 'integer';
  const isSilent = isValue && holds === undefined && listed === undefined && only === undefined;
  return [
    ...(isSilent ? [path.join('.') || 'the whole'] : []),
    ...inside(schema).flatMap(([name, one]) => silentFields(one, name === '' ? path : [...path, name])),
  ];
}

function inside({ properties = {}, items, anyOf = [] }: HoldingSchema): [name: string, HoldingSchema][] {
  return [
    ...Object.entries(properties),
    ...(items ? ([['[]', items]] as [string, HoldingSchema][]) : []),
    ...anyOf.map((one): [string, HoldingSchema] => ['', one]),
  ];
}
