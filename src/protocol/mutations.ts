// One deliberate defect in a well-formed body: what a negative check sends, while its twin is the body itself.
import { isObject } from './requests.ts';

/** What is done to one field. */
export type Defect =
  | { kind: 'left out' }
  | { kind: 'empty' }
  | { kind: 'of the wrong type' }
  | { kind: 'set to'; value: unknown };

/**
 * A copy of a body with one field made wrong.
 * @param field the documents' name of it with dots, as in participant.identity; events[0] is where the fields of an
 *   event stand, so it is left away
 * @throws when the body has no such field: then the defect would be none
 */
export function withDefect(body: object, field: string, defect: Defect): object {
  // Not structuredClone: an event that stands twice in a body would stay one, and both be made wrong.
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(body));
  const path = field.split('.');
  const last = path.pop()!;
  const holder = path.reduce<unknown>(
    (here, step) => (isObject(here) ? here[step] : undefined),
    holderOf(copy, field),
  );
  if (!isObject(holder) || !Object.hasOwn(holder, last))
    throw new Error(`The request has no field ${field} to make wrong`);
  if (defect.kind === 'left out') delete holder[last];
  else holder[last] = defective(holder[last], defect);
  return copy;
}

/** Envelope and message fields stand in the body, those of an event in events[0]. */
function holderOf(body: Record<string, unknown>, field: string): unknown {
  const [first = ''] = field.split('.');
  if (Object.hasOwn(body, first)) return body;
  return Array.isArray(body.events) ? body.events[0] : body;
}

function defective(value: unknown, defect: Exclude<Defect, { kind: 'left out' }>): unknown {
  if (defect.kind === 'set to') return defect.value;
  if (defect.kind === 'empty') return Array.isArray(value) ? [] : isObject(value) ? {} : '';
  // Not the text of a boolean: for isExtAD that is the other documented form.
  if (typeof value === 'string' || typeof value === 'boolean') return 42;
  return Array.isArray(value) ? { ...value } : 'text';
}
