// Puts one deliberate defect into a well-formed body. A negative check sends the result; the body itself is its twin.
import { isObject } from './requests.ts';

/** What is wrong with the field. */
export type Defect =
  | { kind: 'left out' }
  | { kind: 'empty' }
  | { kind: 'of the wrong type' }
  | { kind: 'set to'; value: unknown }
  /** It may be left out, as it is in the well-formed body. */
  | { kind: 'added'; value: unknown };

/**
 * A copy of a body with one field made wrong.
 * @param field its name in the documents, with dots: participant.identity. For a field of the first event leave out
 *   events[0].
 * @throws when the body has no such field, since nothing would be wrong then
 */
export function withDefect(body: object, field: string, defect: Defect): object {
  // Not structuredClone: it keeps two references to one event, and the defect would be in both.
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(body));
  const path = field.split('.');
  const last = path.pop()!;
  const holder = path.reduce<unknown>(
    (here, step) => (isObject(here) ? here[step] : undefined),
    holderOf(copy, field),
  );
  if (!isObject(holder) || Object.hasOwn(holder, last) === (defect.kind === 'added'))
    throw new Error(`The request has no field ${field} to make wrong, or has it already`);
  if (defect.kind === 'left out') delete holder[last];
  else holder[last] = defective(holder[last], defect);
  return copy;
}

/** Fields of the envelope and of a message are in the body, those of an event in events[0]. */
function holderOf(body: Record<string, unknown>, field: string): unknown {
  const [first = ''] = field.split('.');
  if (Object.hasOwn(body, first)) return body;
  return Array.isArray(body.events) ? body.events[0] : body;
}

function defective(value: unknown, defect: Exclude<Defect, { kind: 'left out' }>): unknown {
  if (defect.kind === 'set to' || defect.kind === 'added') return defect.value;
  if (defect.kind === 'empty') return Array.isArray(value) ? [] : isObject(value) ? {} : '';
  // Not "true" for true: for isExtAD that is the other documented form.
  if (typeof value === 'string' || typeof value === 'boolean') return 42;
  return Array.isArray(value) ? { ...value } : 'text';
}
