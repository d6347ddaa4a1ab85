// Where a log keeps the parts of a call, for a log in which they are not found by their names: paths such as .res.statusCode.
import { getProperty, parsePath } from 'dot-prop';
import { isObject } from '../protocol/requests.ts';
import { bodiesIn, type Level, memberOf } from './finder.ts';
import { loggedStatus } from './status-code.ts';

export const parts = ['body', 'time', 'status', 'url', 'method'] as const;

export type Part = (typeof parts)[number];

export type Where = Partial<Record<Part, FieldPath>>;

type Keys = readonly (string | number)[];

/** A way from a record to one of its members, or to one in each member of a list: .events[].message */
export interface FieldPath {
  text: string;
  /** The way to each list, and from its members on. */
  pieces: readonly Keys[];
}

export const pathExpected =
  'a path begins with a dot, as in .res.statusCode, .items[0].time or .events[].message';

/** @returns undefined when the text is not a path */
export function fieldPath(text: string): FieldPath | undefined {
  if (!text.startsWith('.')) return undefined;
  try {
    const pieces = text.split('[]').map((piece) => {
      const keys = piece.replace(/^\./, '');
      return keys === '' ? [] : parsePath(keys);
    });
    return pieces.flat().includes('') ? undefined : { text, pieces };
  } catch {
    return undefined;
  }
}

/** A call at the places that were named: what is not there is left out. */
export interface PlacedCall {
  body: unknown;
  /** What the body lies in, from the outside. */
  levels: readonly Level[];
  time?: unknown;
  url?: unknown;
  method?: unknown;
  status?: number | undefined;
}

/** The calls of a record. */
export function callsAt(record: unknown, where: Where): PlacedCall[] {
  const { body } = where;
  if (!body) {
    return bodiesIn(record).map((found) =>
      placed({ body: found.body, levels: found.levels }, record, memberOf(found), where),
    );
  }
  const isInList = body.pieces.length > 1;
  return levelsTo(record, body).flatMap((levels) => {
    const member = isInList ? memberOf({ levels }) : record;
    const value = ofMember(member, body);
    if (value === undefined || value === null || value === '') return [];
    const [found] = bodiesIn(value);
    const call = {
      body: found?.body ?? value,
      levels: [...levels, ...objectsOn(member, body.pieces.at(-1)!)],
    };
    return [placed(call, record, isInList ? member : undefined, where)];
  });
}

/** @param member of the list that the body lies in; undefined when it lies in none */
function placed(call: PlacedCall, record: unknown, member: unknown, where: Where): PlacedCall {
  for (const part of ['time', 'url', 'method', 'status'] as const) {
    const path = where[part];
    if (!path) continue;
    const isBeside = member !== undefined && path.pieces.length > 1;
    const value = ofMember(isBeside ? member : membersAt(record, path)[0], path);
    if (value === undefined) continue;
    if (part !== 'status') call[part] = value;
    else if (loggedStatus(value) !== undefined) call.status = loggedStatus(value);
  }
  return call;
}

/** The way to each member of the lists; an empty one when there is no list on the way. */
function levelsTo(record: unknown, { pieces }: FieldPath): Level[][] {
  let ways: { member: unknown; levels: Level[] }[] = [{ member: record, levels: [] }];
  for (const keys of pieces.slice(0, -1)) {
    ways = ways.flatMap(({ member: outer, levels }) => {
      const list = valueAt(outer, keys);
      if (!Array.isArray(list)) return [];
      const before = [...levels, ...objectsOn(outer, keys)];
      return list.map((member: unknown) => ({ member, levels: [...before, { member, list }] }));
    });
  }
  return ways.map(({ levels }) => levels);
}

/** The members of the lists on the way; the record itself when there is none. */
function membersAt(record: unknown, path: FieldPath): unknown[] {
  if (path.pieces.length === 1) return [record];
  return levelsTo(record, path).map((levels) => memberOf({ levels }));
}

/** The objects that keys lead through. */
function objectsOn(value: unknown, keys: Keys): Level[] {
  const levels: Level[] = [];
  let [inner, name] = [value, ''];
  for (const key of keys) {
    if (isObject(inner)) levels.push({ object: inner, name, key: String(key) });
    else if (!Array.isArray(inner)) break;
    [inner, name] = [(inner as Record<string, unknown>)[key], String(key)];
  }
  return levels;
}

function ofMember(member: unknown, { pieces }: FieldPath): unknown {
  return valueAt(member, pieces.at(-1)!);
}

function valueAt(value: unknown, keys: Keys): unknown {
  if (keys.length === 0) return value;
  return isObject(value) || Array.isArray(value) ? getProperty(value, keys) : undefined;
}
