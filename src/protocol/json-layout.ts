// How a body is written as JSON: in one line, or over several, as the documents print their samples.

/** The mark of a body that is written over several lines. Copies by spreading have it too; JSON does not show it. */
const overLines = Symbol('over several lines');

export function writtenOverLines<Body extends object>(body: Body): Body {
  return { ...body, [overLines]: true };
}

export function asJson(body: object, isOverLines = overLines in body): string {
  return JSON.stringify(body, null, isOverLines ? 2 : undefined);
}
