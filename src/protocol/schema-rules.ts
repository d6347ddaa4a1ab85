// Checks that the `requirement` annotations of a schema are complete: every field that a request can get wrong cites a
// requirement. Works on the parsed schema; does not read files.
import { type AnnotatedSchema, brokenRequirements } from './field-requirements.ts';

type Schema = AnnotatedSchema & Readonly<Record<string, unknown>>;

/** Keywords that need no requirement: they describe, or are about the fields inside. */
const unjudged = new Set(
  '$schema $id $ref title description examples requirement holds required properties items if then else'.split(
    ' ',
  ),
);

/**
 * All problems of the annotations of a schema, one sentence each; none when it cites no requirement at all.
 * @param file its name, for the reader
 * @param known the ids of the catalogue
 */
export function annotationProblems(file: string, schema: object, known: ReadonlySet<string>): string[] {
  const root = schema as Schema;
  return isAnnotated(root) ? problemsAt(root, [], (text) => `${file}: ${text}`, root, known) : [];
}

function isAnnotated({ requirement, properties = {} }: AnnotatedSchema): boolean {
  return requirement !== undefined || Object.values(properties).some(isAnnotated);
}

function problemsAt(
  root: Schema,
  path: string[],
  problem: (text: string) => string,
  here: Schema,
  known: ReadonlySet<string>,
): string[] {
  const field = path.join('.') || 'the whole';
  const { requirement } = here;
  const cited = typeof requirement === 'object' ? Object.values(requirement) : [requirement ?? []].flat();
  const keywords = Object.keys(here).filter((keyword) => !unjudged.has(keyword));
  const named = typeof requirement === 'object' ? Object.keys(requirement) : [];
  const isRoot = path.length === 0;
  return [
    ...cited
      .filter((id) => !known.has(id))
      .map((id) => problem(`${field} cites ${id}, which the catalogue does not have`)),
    ...named
      .filter((keyword) => (keyword === 'required' ? isRoot : !keywords.includes(keyword)))
      .map((keyword) => problem(`${field} has a requirement for ${keyword}, but no such keyword`)),
    ...(isRoot ? keywords : ['required', ...keywords])
      .filter((keyword) => brokenRequirements(root, path, keyword).length === 0)
      .map((keyword) => problem(`${field} has no requirement for ${keyword}`)),
    ...Object.entries(here.properties ?? {}).flatMap(([name, inside]) =>
      problemsAt(root, [...path, name], problem, inside as Schema, known),
    ),
  ];
}
