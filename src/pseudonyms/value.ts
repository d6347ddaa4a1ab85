// A JSON value without personal data. What no document names is replaced as well: nobody knows what it holds.
import { isObject } from '../protocol/requests.ts';
import { isLanguage } from './languages.ts';
import { isPlaceholder, lengthOf, type Pseudonyms } from './pseudonyms.ts';
import { eventShape, knownNames, type Shape, unknownField } from './shape.ts';

/** As deep as a body is judged. */
const maxDepth = 1000;

export class TooDeep extends Error {}

/** @throws TooDeep */
export function pseudonymised(value: unknown, shape: Shape, pseudonyms: Pseudonyms, depth = 0): unknown {
  if (typeof value === 'string') return textWithout(value, shape, pseudonyms);
  if (typeof value === 'number') return numberWithout(value, shape, pseudonyms);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) throw new TooDeep();
  if (Array.isArray(value)) {
    const items = shape.items ?? unknownField;
    return value.map((one) => pseudonymised(one, items, pseudonyms, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      nameWithout(name, pseudonyms),
      name === 'events' && Array.isArray(member)
        ? member.map((event) => eventWithout(event, pseudonyms, depth + 2))
        : pseudonymised(member, memberShape(shape, name), pseudonyms, depth + 1),
    ]),
  );
}

function eventWithout(event: unknown, pseudonyms: Pseudonyms, depth: number): unknown {
  return pseudonymised(event, eventShape(isObject(event) ? event.name : undefined), pseudonyms, depth);
}

/** A name in another case is a mistake of its sender, not another field. */
function memberShape({ members }: Shape, name: string): Shape {
  const known = members.get(name);
  if (known || members.size === 0) return known ?? unknownField;
  const lower = name.toLowerCase();
  for (const [one, shape] of members) if (one.toLowerCase() === lower) return shape;
  return unknownField;
}

/** The name of a member: an object may have ids for names. */
export function nameWithout(name: string, pseudonyms: Pseudonyms): string {
  return knownNames.has(name.toLowerCase()) || name === '' ? name : pseudonyms.of(name);
}

export function textWithout(text: string, { holds, words }: Shape, pseudonyms: Pseudonyms): string {
  if (isPlaceholder(text)) return text;
  const lower = text.toLowerCase();
  if (words.has(lower) || lower === 'true' || lower === 'false') return text;
  if (holds === 'text') return lengthOf(text);
  if (holds === 'language' && isLanguage(text)) return text;
  if (holds === 'url') return urlWithout(text, pseudonyms);
  return pseudonyms.of(text);
}

/** A URL stays one, with its scheme. */
function urlWithout(text: string, pseudonyms: Pseudonyms): string {
  const scheme = /^https?:\/\/(?=[^\s]+$)/.exec(text)?.[0];
  return scheme === undefined ? pseudonyms.of(text) : `${scheme}${pseudonyms.of(text)}.invalid/`;
}

function numberWithout(number: number, { holds }: Shape, pseudonyms: Pseudonyms): number {
  if (holds === 'status' && number >= 100 && number <= 599) return number;
  // Of this century: a telephone number is shorter.
  if (holds === 'time' && number > 1e12 && number < 1e14) return number;
  return pseudonyms.ofNumber(number);
}
