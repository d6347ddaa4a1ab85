// What is recorded beside a body: time, method, URL, headers and status, under the names in use. The nearest counts.
import { isObject } from '../protocol/requests.ts';
import { attributesOf, listAround } from './attributes.ts';
import type { Call } from './call.ts';
import { type FoundBody, type Level, mayBeIn } from './finder.ts';
import {
  asideRank,
  isAnswerKey,
  isErrorKey,
  isFinalStatus,
  NamedMember,
  perhaps,
  type Role,
  roles,
} from './names.ts';
import { isBesideOtherCall, isBodyOfRequest, isOfOtherCall } from './other-call.ts';
import { otherTimesIn } from './other-times.ts';
import { splitTime } from './split-time.ts';
import { codeOf, saysMore, statusOfAnswer, statusOfFailure } from './status.ts';
import { isSuccess, isSurelyStatus, loggedStatus, namedStatus, statusCode } from './status-code.ts';
import { saysUnanswered, sureStatusInText, toldStatusInText } from './status-in-text.ts';
import { statusOfError } from './status-of-error.ts';
import { untyped } from './typed-value.ts';
import { callIn } from './url-in-text.ts';

export interface CallParts extends Call {
  /** Where each part was found, as `.res.statusCode`. */
  from: Partial<Record<Role, string>>;
  /** A status that may be that of something else, and would change what is judged: which one, for people. */
  unsureStatus?: string | undefined;
  /** It is not known whether a request to another URL, right beside the body, is this call. */
  isOtherUnclear?: boolean;
}

const maxDepth = 4;

interface Candidate {
  value: unknown;
  rank: number;
  from: string;
}

/** One object of the same members for each level: records come by the million. */
class Candidates {
  time: Candidate | undefined;
  method: Candidate | undefined;
  url: Candidate | undefined;
  headers: Candidate | undefined;
  status: Candidate | undefined;
  hasError = false;
  unsureStatus: string | undefined;
  isOtherUnclear = false;
}

const parts = ['time', 'method', 'url', 'headers', 'status'] as const;

export function partsOf({ body, levels }: FoundBody): CallParts {
  const call: CallParts = { body, from: {} };
  let [isOutside, hasError] = [false, false];
  const perhapsThese: Partial<Record<Role, Candidate>> = {};
  for (let at = levels.length - 1; at >= 0; at -= 1) {
    const level = levels[at]!;
    const found = inLevel(level, levels[at - 1], body.botId);
    if (!found) {
      isOutside = true;
      continue;
    }
    // A request in an error is one that failed.
    hasError ||= 'object' in level && isErrorKey(level.key) && !isOutside;
    call.unsureStatus ??= found.unsureStatus;
    if (found.isOtherUnclear) call.isOtherUnclear = true;
    hasError ||= found.hasError && !isOutside;
    for (const role of parts) {
      const candidate = found[role];
      if (!candidate) continue;
      // What is outside of a list is not about one of its members: neither its time nor its status.
      if (call[role] !== undefined || (isOutside && (role === 'time' || role === 'status'))) continue;
      if (isPerhaps(role, candidate)) perhapsThese[role] ??= candidate;
      else set(call, role, candidate);
    }
  }
  for (const role of ['time', 'status'] as const) {
    const candidate = perhapsThese[role];
    if (candidate && call[role] === undefined) set(call, role, candidate);
  }
  if (call.status === undefined && hasError && call.unsureStatus === undefined) call.status = 0;
  if (call.time === undefined) call.otherTimes = otherTimesIn(levels);
  return call;
}

/** What lies in a level; undefined for a member of a list, unless the list makes one record. */
function inLevel(level: Level, parent: Level | undefined, botId: unknown): Candidates | undefined {
  if ('object' in level) return inObject(level, botId);
  if (!('member' in level)) return inText(level);
  const list = listAround(parent);
  const found = new Candidates();
  if (list && isOfOneCall(list)) return found;
  const attributes = attributesOf(list);
  if (!attributes) return undefined;
  collect(attributes, NamedMember.record(''), undefined, found);
  return found;
}

/** Whether what is outside of a list is about the only body in it. */
function isOfOneCall(list: readonly unknown[]): boolean {
  const [first, ...others] = list;
  if (typeof first !== 'string') return false;
  // As searches of Elastic have it: each value in a list of its own.
  if (others.length === 0) return true;
  // As consoles write the arguments of a call: ["sent", { … }].
  const mayBeBody = (one: unknown) => mayBeIn(typeof one === 'string' ? one : JSON.stringify(one));
  return !mayBeBody(first) && others.filter(mayBeBody).length === 1;
}

/** Whether it counts only where no other one is known. The lack of an answer has a rank of its own. */
function isPerhaps(role: Role, { rank }: Candidate): boolean {
  return role === 'time' ? rank >= perhaps : role === 'status' && rank === perhaps;
}

function set(call: CallParts, role: Role, { value, from }: Candidate): void {
  if (role === 'status') call.status = loggedStatus(value) ?? 0;
  else call[role] = value;
  call.from[role] = from;
}

function inObject(level: Extract<Level, { object: object }>, botId: unknown): Candidates {
  const { object, name, key: inner } = level;
  const found = new Candidates();
  const named = NamedMember.record(name);
  const others = Object.keys(object).filter(
    (key) => key !== inner && named.member(key).isOfCall && isOfOtherCall(object[key], botId),
  );
  collect(others.length > 0 ? withoutOtherCall(object, inner, others, found) : object, named, inner, found);
  const ofOther = (found.method || found.headers) && !found.url ? isBesideOtherCall(level, botId) : 'no';
  if (ofOther !== 'no') {
    found.method = undefined;
    found.headers = undefined;
  }
  found.isOtherUnclear = ofOther === 'perhaps' || (others.length > 0 && isBodyOfRequest(inner));
  const hasTime = found.time && found.time.rank < asideRank && !isMidnight.test(String(found.time.value));
  const split = hasTime ? undefined : splitTime(object);
  if (split !== undefined) found.time = { value: split, rank: 0, from: 'its day and its hour' };
  const { status, answer, error, failure } = object;
  if (status !== undefined || answer !== undefined) {
    const recorded = statusOfAnswer(object);
    const isWord = namedStatus(status) !== undefined;
    if (recorded !== undefined && ((recorded > 0 && !isWord) || !found.status))
      found.status = { value: recorded, rank: 0, from: '.status' };
  }
  if ((error !== undefined || failure !== undefined) && (!found.status || found.status.rank >= perhaps)) {
    const told = statusOfFailure(object);
    // No answer came, as far as the error says: it may be that of the status beside it.
    const isUnsure = told === 0 && found.unsureStatus !== undefined;
    if (told !== undefined && !isUnsure) found.status = { value: told, rank: 1000, from: '.status' };
  }
  return found;
}

/** A record without the requests to another service, and without the answers beside them. */
function withoutOtherCall(
  object: Record<string, unknown>,
  inner: string,
  others: readonly string[],
  found: Candidates,
): Record<string, unknown> {
  const rest = Object.entries(object).filter(([key, value]) => {
    if (others.includes(key) || (key === 'http' && others.includes('url'))) return false;
    if (key === inner || !isAnswerKey(key) || !isObject(value)) return true;
    const answer = new Candidates();
    collect(value, NamedMember.record(key), undefined, answer);
    const status = answer.status && (loggedStatus(answer.status.value) ?? 0);
    if (status !== undefined && !isSuccess(status))
      found.unsureStatus = `the status ${status} lies beside a request to another URL`;
    return false;
  });
  return Object.fromEntries(rest);
}

/** @param inner the member that holds the body, which is not looked into */
function collect(
  object: Record<string, unknown>,
  named: NamedMember,
  inner: string | undefined,
  found: Candidates,
): void {
  for (const key of Object.keys(object)) {
    if (key === inner) continue;
    const value = Array.isArray(object[key]) ? untyped(object[key]) : object[key];
    const own = named.member(key);
    if (own.role && isAbout(own, own.role.role)) note(own.role, value, own.path, found);
    else if (own.isPerhapsStatus && isFinalStatus(value)) noteLikeStatus(value, own.path, found);
    // An error at the top says that no answer came, unless one did.
    if (own.isError && inner !== undefined && saysMore(value)) {
      found.hasError = true;
      const answered = statusOfError(value);
      if (answered !== undefined) note({ role: 'status', rank: 1000 }, answered, own.path, found);
    }
    // As it came: HTTP/1.1 503 Service Unavailable, and what follows.
    if (own.isAnswer && typeof value === 'string')
      note({ role: 'status', rank: 1000 }, statusCode(value), own.path, found);
    if (own.isRequestLine && typeof value === 'string') noteLine(value, own.path, found);
    if (typeof value !== 'object' || value === null || own.depth > maxDepth) continue;
    const member = Array.isArray(value) ? attributesOf(value) : (value as Record<string, unknown>);
    if (member === undefined) continue;
    if (own.isAnswer) {
      const code = codeOf(member) ?? codeOf(member.body);
      if (code !== undefined) note({ role: 'status', rank: 1000 }, code, own.path, found);
    }
    collect(member, own, undefined, found);
  }
}

/** A day is written so, when its hour is in another member. */
const isMidnight = /[T ]00:00:00(?:\.0+)?Z?$/;

function isAbout({ isInAnswer }: NamedMember, role: Role): boolean {
  return !isInAnswer || role === 'status' || role === 'time';
}

/** A refusal, or a failure, has to be that of this call for certain: it changes what is judged. */
function noteLikeStatus(value: unknown, path: string, found: Candidates): void {
  const status = statusCode(value)!;
  if (status < 300) note({ role: 'status', rank: perhaps }, value, path, found);
  else found.unsureStatus ??= `the status ${status} in ${path} may be that of something else`;
}

/** Members of their own for method and URL say more. */
function noteLine(line: string, from: string, found: Candidates): void {
  const { method, url } = callIn(line);
  note({ role: 'method', rank: 1000 }, method, from, found);
  note({ role: 'url', rank: 1000 }, url, from, found);
}

function note(
  named: { role: Role; rank: number } | undefined,
  value: unknown,
  from: string,
  found: Candidates,
): void {
  if (!named || !roles[named.role].fits(value)) return;
  const { role } = named;
  const rank = role === 'status' ? rankOfStatus(named.rank, value, from) : named.rank;
  if (rank === undefined) return;
  const known = found[role];
  if (!known || rank < known.rank) found[role] = { value, rank, from };
}

/** The status that lies in an answer. */
const ofAnswer = /\.(?:(?:http)?response|resp|res|answer|reply|http)\.status$/i;

/** A number says most; a word counts only where there is none. @returns undefined for what is not about the answer */
function rankOfStatus(rank: number, value: unknown, from: string): number | undefined {
  if (statusCode(value) !== undefined) return rank;
  // A status that is one is better than none.
  if (namedStatus(value) === undefined) return rank + 2000;
  // A bare "status" may be that of anything: of a call, which has the names of HTTP, or of the record.
  const isBare = /(?:^|\.)status$/i.test(from) && !ofAnswer.test(from);
  return !isBare || (from === '.status' && isSurelyStatus(value)) ? perhaps : undefined;
}

const timesInText = [
  /\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d))?/,
  /(?:[A-Z][a-z]{2}, )?\d{1,2}[- ][A-Z][a-z]{2}[- ]\d{4} \d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: (?:UTC|GMT|[+-]\d\d:?\d\d))?/,
  /[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}/,
  /(?<!\d)\d{1,2}\.\d{1,2}\.\d{4},? \d\d:\d\d:\d\d(?:[.,]\d{1,9})?/,
  /(?<!\d)\d{1,2}\/\d{1,2}\/\d{4},? \d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[AP]M)?/,
  /\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?/,
  /[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?(?: [A-Z]{3,4})? \d{4}/,
  /[A-Z][a-z]{2} +\d{1,2}, \d{4} \d{1,2}:\d\d:\d\d(?:\.\d+)? ?[AP]M/,
  // The number of a phone has ten digits as well: only where a time stands, or behind the name of one.
  /(?<=^[\s["'(]*|: \[{1,2}|(?<![a-z])(?:time|ts|t|timestamp|epoch|date|msec)["']? ?[=:] ?["']?)1[5-9]\d{8}(?:\.\d+|\d{3}|\d{6}|\d{9})?(?![\w.:-])/i,
];
/** Of the text around a body, such as the prefix of a logger. */
function inText({ around, before }: Extract<Level, { around: string }>): Candidates {
  const found = new Candidates();
  if (around.trim() === '') return found;
  const from = 'the text before the body';
  const time = timeInText(before) ?? timeInText(around);
  if (time !== undefined) note({ role: 'time', rank: 0 }, time, from, found);
  const { method, url } = callIn(around);
  note({ role: 'method', rank: 0 }, method, from, found);
  note({ role: 'url', rank: 0 }, url, from, found);
  // What comes behind a body is more likely about it.
  const status = sureStatusInText(around.slice(before.length)) ?? sureStatusInText(before);
  if (status !== undefined) note({ role: 'status', rank: 0 }, status, from, found);
  else {
    const told = toldStatusInText(around) ?? (saysUnanswered(around) ? 0 : undefined);
    if (told !== undefined) found.status = { value: told, rank: perhaps, from };
  }
  return found;
}

function timeInText(text: string): string | undefined {
  for (const form of timesInText) {
    const time = form.exec(text)?.[0];
    if (time !== undefined) return time;
  }
  return undefined;
}
