// What makes the `requirement` annotations of a schema complete: every field that a request can get wrong cites the
// catalogue. Knows nothing of files: it is given the parsed schema.
import { type AnnotatedSchema, brokenRequirements } from './field-requirements.ts';

type Schema = AnnotatedSchema & Readonly<Record<string, unknown>>;

/** What a value is not refused by itself: descriptions, and what is about the fields inside. */
const others = new Set(
  '$schema $id $ref title description requirement required properties items if then else'.split(' '),
);

/**
 * All problems of the annotations of a schema, a sentence each; none when it cites no requirement at all.
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
  say: (text: string) => string,
  here: Schema,
  known: ReadonlySet<string>,
): string[] {
  const field = path.join('.') || 'the whole';
  const { requirement } = here;
  const cited = typeof requirement === 'object' ? Object.values(requirement) : [requirement ?? []].flat();
  const asked = Object.keys(here).filter((keyword) => !others.has(keyword));
  const named = typeof requirement === 'object' ? Object.keys(requirement) : [];
  const isRoot = path.length === 0;
  return [
    ...cited
      .filter((id) => !known.has(id))
      .map((id) => say(`${field} cites ${id}, which the catalogue does not have`)),
    ...named
      .filter((keyword) => (keyword === 'required' ? isRoot : !asked.includes(keyword)))
      .map((keyword) => say(`${field} has a requirement for ${keyword}, but no such keyword`)),
    ...(isRoot ? asked : ['required', ...asked])
      .filter((keyword) => brokenRequirements(root, path, keyword).length === 0)
      .map((keyword) => say(`${field} has no requirement for ${keyword}`)),
    ...Object.entries(here.properties ?? {}).flatMap(([name, inside]) =>
      problemsAt(root, [...path, name], say, inside as Schema, known),
    ),
  ];
}
