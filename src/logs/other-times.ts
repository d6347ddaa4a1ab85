// What looks like the time of a request, in a record of which no time is known: under a name that is not, or in a form that
// is not read. It is no evidence of the order, but it may speak against that of the log.
import { isObject } from '../protocol/requests.ts';
import type { Level } from './finder.ts';
import { isAnswerKey, NamedMember, roles } from './names.ts';
import { epochMs } from './time.ts';

/** By the place where it lies, as `.msg.sent_when`: epoch milliseconds, or the text of one that is not read. */
export type OtherTimes = Readonly<Record<string, number | string>>;

/** Of one record. */
const maxTimes = 8;
const maxDepth = 3;

/** An hour and its minutes. */
const isClock = /\d[:.]\d\d/;

/** What a line begins with, up to an hour with its minutes and seconds. */
const atTheStart = /^[^{}]{0,40}?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[AP]M\b)?/;
const ofText = 'the beginning of the line';

/** @param levels what a body lies in. What is outside of a list is not about one of its members. */
export function otherTimesIn(levels: readonly Level[]): OtherTimes | undefined {
  const found: Record<string, number | string> = {};
  const list = levels.findLastIndex((level) => 'member' in level);
  let place = '';
  for (const level of levels.slice(list + 1)) {
    if ('around' in level) {
      const clock = atTheStart.exec(level.before)?.[0];
      if (clock !== undefined) found[ofText] = clock;
    }
    if (!('object' in level)) continue;
    const named = NamedMember.record(level.name);
    collect(level.object, named, level.key, place, found);
    place += named.member(level.key).path;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function collect(
  object: Record<string, unknown>,
  named: NamedMember,
  inner: string | undefined,
  place: string,
  found: Record<string, number | string>,
): void {
  for (const key of Object.keys(object)) {
    if (key === inner || isAnswerKey(key) || Object.keys(found).length >= maxTimes) continue;
    const [value, own] = [object[key], named.member(key)];
    const time = typeof value === 'string' ? timeOf(value, own) : undefined;
    if (time !== undefined) found[place + own.path] = time;
    if (isObject(value) && own.depth < maxDepth) collect(value, own, undefined, place, found);
  }
}

function timeOf(text: string, { role }: NamedMember): number | string | undefined {
  if (text.length < 5 || text.length > 64 || !isClock.test(text)) return undefined;
  if (roles.time.fits(text)) return epochMs(text);
  return role?.role === 'time' ? text : undefined;
}
