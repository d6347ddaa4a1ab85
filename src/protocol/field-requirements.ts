// Which requirement a field breaks that is missing or wrong, read from the `requirement` annotations of its schema:
// - a text is the requirement of all that is asked of the field, and of what is inside it;
// - an object names one for each keyword, where they differ: `required` for the field being there, `type`, `enum` …;
// - an object of the documents without an annotation breaks, when it is not there or none, what its members would break.
import type { JSONType } from 'ajv';
import { catalogue, type RequirementId } from './catalogue.ts';

export type RequirementAnnotation = RequirementId | Readonly<Record<string, RequirementId>>;

/** As much of a JSON schema as concerns its requirements. */
export interface AnnotatedSchema {
  readonly type?: unknown;
  readonly requirement?: RequirementAnnotation;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, AnnotatedSchema>>;
}

const ids = catalogue.map(({ id }) => id);

/** The annotation, for ajv: it validates nothing, and cites what the catalogue has. */
export const requirementKeyword = {
  keyword: 'requirement',
  schemaType: ['string', 'object'] satisfies JSONType[],
  metaSchema: {
    anyOf: [
      { enum: ids },
      {
        type: 'object',
        minProperties: 1,
        additionalProperties: { enum: ids },
      },
    ],
  },
};

/** All requirements that a schema cites. */
export function citedRequirements({ requirement, properties = {} }: AnnotatedSchema): RequirementId[] {
  const own = typeof requirement === 'object' ? Object.values(requirement) : [requirement ?? []].flat();
  return [...own, ...Object.values(properties).flatMap(citedRequirements)];
}

/**
 * The requirements that a value breaks.
 * @param path the names of the fields on the way to it
 * @param keyword the one of the schema that it is refused by; `required` when it is missing
 */
export function brokenRequirements(
  schema: AnnotatedSchema,
  path: readonly string[],
  keyword: string,
): readonly RequirementId[] {
  let here: AnnotatedSchema | undefined = schema;
  let around: RequirementId | undefined;
  for (const name of path) {
    if (typeof here?.requirement === 'string') around = here.requirement;
    here = here?.properties?.[name];
  }
  const { requirement, required = [] }: AnnotatedSchema = here ?? {};
  const own = typeof requirement === 'object' ? requirement[keyword] : requirement;
  if (own !== undefined) return [own];
  const ofMembers = required.flatMap((name) => brokenRequirements(here!, [name], 'required'));
  if (ofMembers.length > 0) return [...new Set(ofMembers)];
  return around === undefined ? [] : [around];
}
