// How a body is written as JSON: in one line, or over several, as the documents print their samples.

/** The mark of a body that is written over several lines. Copies of it have it too; as JSON, and compared, it is nothing. */
const overLines = Symbol('over several lines');

export function writtenOverLines<Body extends object>(body: Body): Body {
  return { ...body, [overLines]: true };
}

export function asJson(
  body: object,
  { isOverLines = overLines in body }: { isOverLines?: boolean } = {},
): string {
  return JSON.stringify(body, null, isOverLines ? 2 : undefined);
}
