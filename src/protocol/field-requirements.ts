// Which requirement a missing or wrong field breaks, read from the `requirement` annotations of its schema:
// - a string names one requirement for all keywords of the field and for the fields inside it;
// - an object names one for each keyword: `required` for a missing field, `type`, `enum` …;
// - a field without an annotation that has required members breaks, when it is missing or not an object, the
//   requirements of those members.
import type { JSONType } from 'ajv';
import { catalogue, type RequirementId } from './catalogue.ts';

export type RequirementAnnotation = RequirementId | Readonly<Record<string, RequirementId>>;

/** The parts of a JSON schema that matter for its requirements. */
export interface AnnotatedSchema {
  readonly type?: unknown;
  readonly requirement?: RequirementAnnotation;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, AnnotatedSchema>>;
}

const ids = catalogue.map(({ id }) => id);

/** Declares the annotation to ajv: it validates nothing, and may only cite ids of the catalogue. */
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
 * @param path the names of the fields that lead to the value
 * @param keyword the keyword of the schema that refuses the value; `required` when it is missing
 */
export function brokenRequirements(
  schema: AnnotatedSchema,
  path: readonly string[],
  keyword: string,
): readonly RequirementId[] {
  let here: AnnotatedSchema | undefined = schema;
  let inherited: RequirementId | undefined;
  for (const name of path) {
    if (typeof here?.requirement === 'string') inherited = here.requirement;
    here = here?.properties?.[name];
  }
  const { requirement, required = [] }: AnnotatedSchema = here ?? {};
  const own = typeof requirement === 'object' ? requirement[keyword] : requirement;
  if (own !== undefined) return [own];
  const ofMembers = required.flatMap((name) => brokenRequirements(here!, [name], 'required'));
  if (ofMembers.length > 0) return [...new Set(ofMembers)];
  return inherited === undefined ? [] : [inherited];
}
