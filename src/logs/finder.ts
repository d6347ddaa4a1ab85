// Finds the calls to the hooks in any JSON: the object that is a body, or a text or bytes that hold one, as deep as it lies.
import { isObject } from '../protocol/requests.ts';
import { bytesOf, fromBase64, jsonIn, textOf } from './embedded.ts';
import { parsed } from './json.ts';

/** What a body lies in, from the outside. */
export type Level =
  | { object: Record<string, unknown> /** The key of the object itself. */; name: string; key: string }
  | { around: string; before: string }
  /** A list: what is outside of it is not about this body alone. */
  | { member: unknown; list: readonly unknown[] };

export interface FoundBody {
  body: Record<string, unknown>;
  levels: readonly Level[];
}

/** As deep as a record nests; bodies within texts count on. */
const maxDepth = 20;
/** How many bodies of one record are looked for. */
const maxBodies = 100_000;

/** Whether a value is a hooks body, wherever it lies (CE, Request Body). */
export function isBody(value: Record<string, unknown>): boolean {
  if ('conversationId' in value) return 'events' in value || 'query' in value || 'botId' in value;
  return 'botId' in value && Array.isArray(value.events);
}

/** Whether a body has a list of events with nothing in it. */
export function isWithoutEvents({ events, query }: Record<string, unknown>): boolean {
  return query === undefined && Array.isArray(events) && events.length === 0;
}

/** What a text must have for a body to be in it, plain, escaped, as base64 or as a list of bytes. */
export function mayBeIn(text: string): boolean {
  return text.length >= 20 && (text.includes('conversationId') || signs.test(text));
}

/** Whether the text of a record has one body at most: either id may be missing in another one. */
export function isAlone(text: string): boolean {
  return isOnce('conversationId', text) && isOnce('botId', text);
}

function isOnce(name: string, text: string): boolean {
  return text.indexOf(name) === text.lastIndexOf(name);
}

const signs =
  /"botId|\\"botId|""botId|eyJ|ewo|ewk|ew0|77u\/|H4sI|\[\s*123\s*,|\be(?:J[w-z]|A[E-H]|N[o-r]|F[4-7])[\w+/]{16}/;

/** @param levels what the value itself lies in */
export function bodiesIn(value: unknown, levels: readonly Level[] = []): FoundBody[] {
  const found: FoundBody[] = [];
  search(value, '', levels, found);
  return found;
}

/** The names of the members that lead to a body; none when it lies in a list, or in a text among others. */
export function keysTo({ levels }: FoundBody): readonly string[] {
  const keys: string[] = [];
  for (const level of levels) {
    if ('object' in level) keys.push(level.key);
    else if ('member' in level || level.around.trim() !== '') return [];
  }
  return keys;
}

/** The body that members of these names lead to, as an object or as a text of its own; undefined when there is none. */
export function bodyAt(record: unknown, keys: readonly string[]): FoundBody | undefined {
  if (keys.length === 0) return undefined;
  const levels: Level[] = [];
  let [value, name] = [record, ''];
  for (const key of keys) {
    if (!isObject(value)) return undefined;
    levels.push({ object: value, name, key });
    [value, name] = [value[key], key];
    if (typeof value !== 'string') continue;
    const read = value.startsWith('{') ? parsed(value) : undefined;
    if (!read || !('value' in read)) return undefined;
    levels.push({ around: ' ', before: '' });
    [value, name] = [read.value, ''];
  }
  return isObject(value) && isBody(value) ? { body: value, levels } : undefined;
}

/** The member of the innermost list that a body lies in; undefined when it lies in none. */
export function memberOf({ levels }: Pick<FoundBody, 'levels'>): unknown {
  const list = levels.findLast((level) => 'member' in level);
  return list && 'member' in list ? list.member : undefined;
}

function search(value: unknown, name: string, levels: readonly Level[], found: FoundBody[]): void {
  if (levels.length > maxDepth || found.length >= maxBodies) return;
  if (typeof value === 'string') searchText(value, levels, found);
  else if (Array.isArray(value)) searchList(value, levels, found);
  else if (isObject(value)) {
    if (isBody(value)) {
      found.push({ body: value, levels });
      return;
    }
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (typeof member === 'string' ? !mayBeIn(member) : typeof member !== 'object' || member === null)
        continue;
      search(member, key, [...levels, { object: value, name, key }], found);
    }
  }
}

function searchText(text: string, levels: readonly Level[], found: FoundBody[]): void {
  if (!mayBeIn(text)) return;
  const plain = fromBase64(text.trim()) ?? text;
  for (const { value, around, before } of jsonIn(plain)) {
    search(value, '', [...levels, { around, before }], found);
  }
}

function searchList(list: readonly unknown[], levels: readonly Level[], found: FoundBody[]): void {
  const [time, line] = list;
  // As Loki and Fluentd have it: the time and the line, or the record.
  const isTime = typeof time === 'number' ? time > 1e9 : typeof time === 'string' && /^\d{13,19}$/.test(time);
  if (isTime && (typeof line === 'string' || isObject(line))) {
    search({ time, line }, '', [...levels, { member: list, list: [] }], found);
    return;
  }
  if (typeof list[0] === 'number') {
    const bytes = bytesOf(list);
    const text = bytes && textOf(bytes);
    if (text !== undefined) searchText(text, levels, found);
    return;
  }
  for (const one of list) search(one, '', [...levels, { member: one, list }], found);
}
