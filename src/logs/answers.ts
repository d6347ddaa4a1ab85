// Bodies that are no request of their own: an answer, or a request that the log repeats when its answer comes.
import { isObject } from '../protocol/requests.ts';
import { type FoundBody, memberOf } from './finder.ts';
import type { LogEntry, SentRecord } from './log-entry.ts';
import { canonical, isAnswerKey } from './names.ts';
import { isSuccess } from './status-code.ts';

/** `answer`: it says so. `perhaps`: an answer is spoken of before it, and what it is remains open. */
export type Announced = 'answer' | 'perhaps';

/** Right before the JSON: "response body: ". A gateway that passes a request on logs its copy in the same way. */
const label =
  /(?<!\b(?:after|before|no|without|until|awaiting|despite|on|upon) (?:an? |the |any )?)\b(?:response|answer|reply|replied|endpoint request)[ _-]?(?:body|payload|json|data|content)?(?: (?:before|after) transformations)?["')\]]*\s*(?:[:=]|[-=]*>)?\s*["'`(]*$/i;
/** "The agent answered, sending", "replied late" tell of people. */
const spokenOf =
  /(?:\b(?:response|answer(?!ed|ing)|reply(?!ing)|endpoint request)|<-+|<<+|←)[^{}]{0,40}$|\banswered(?: with)?\s*[:=]?\s*["'`(]*$/i;
/** "response 200", "<-- 200" */
const itsStatus =
  /(?:\b(?:response|answer|reply)|<-+|<<+|←)[\s:=]*(?:(?:status|code)[\s:=]*)*([1-5]\d\d)\b(?! ?m?s\b)[^{}]*$/i;
/** Words that say that a body is sent, whatever is said of an answer. */
const ofSending = /\b(?:re)?(?:send(?:s|ing)?|sent|post(?:s|ed|ing)?|try(?:ing)?|tries|tried)\b|\bagain\b/i;

/** How far before a body such words count. */
const reach = 120;

/** Members that hold a request, or a part of one, in an answer as well: clients of HTTP keep there what it is the answer to. */
const requestNames = new Set(
  'config request req httprequest originalrequest prevrequest clientrequest requestmessage requestoptions sent sentrequest'.split(
    ' ',
  ),
);
const partOfRequest = /^req(?:uest)?(?:body|payload|data|content|json|text|raw|message)/;

export function holdsSentRequest(key: string): boolean {
  const name = canonical(key);
  return requestNames.has(name) || partOfRequest.test(name);
}

export function announcedAs({ levels }: FoundBody): Announced | undefined {
  for (let at = levels.length - 1; at >= 0; at -= 1) {
    const level = levels[at]!;
    if ('object' in level) {
      if (holdsSentRequest(level.key)) return undefined;
      if (isAnswerKey(level.key)) return 'answer';
    }
    if (!('around' in level) || level.before === '') continue;
    const before = level.before.slice(-reach);
    if (label.test(before)) return 'answer';
    if (spokenOf.test(before)) return 'perhaps';
  }
  return undefined;
}

/**
 * Bodies without what lies in the answer to another of them, in a list there: the examples of an answer that a collection of
 * requests has, each with its request, were not sent.
 */
export function withoutExamples(found: readonly FoundBody[]): readonly FoundBody[] {
  const answered = found.map(answeredIn);
  if (answered.every((record) => record === undefined)) return found;
  const memberOfRecord = new Map<object, unknown>();
  found.forEach((one, at) => {
    if (answered[at]) return;
    for (const level of one.levels) if ('object' in level) memberOfRecord.set(level.object, memberOf(one));
  });
  return found.filter((one, at) => {
    const record = answered[at];
    return !record || !memberOfRecord.has(record) || memberOfRecord.get(record) === memberOf(one);
  });
}

/** The record whose answer a body lies in. */
function answeredIn({ levels }: FoundBody): object | undefined {
  const level = levels.find((one) => 'object' in one && isAnswerKey(one.key));
  return level && 'object' in level ? level.object : undefined;
}

/** Whether a text before JSON says that it is an answer, or may be. */
export function speaksOfAnswer(before: string): boolean {
  return spokenOf.test(before.slice(-reach));
}

/** How long an answer may take: what comes later may have been sent once more, as a queue does. */
export const maxAnswerMs = 30_000;

/**
 * Whether a body that comes with an answer surely is a request told again: at the same time, or with a success, in no words
 * of sending, so soon that it is the answer.
 */
function isSurelyTold(sent: SentRecord, again: SentRecord, { levels }: FoundBody): boolean {
  const befores = levels.flatMap((level) => ('around' in level ? [level.before.slice(-reach)] : []));
  const inWords = befores.map((before) => itsStatus.exec(before)?.[1]).find((found) => found !== undefined);
  const status = again.status ?? (inWords === undefined ? undefined : Number(inWords));
  if (status !== undefined && !isSuccess(status)) return false;
  if (sent.time === undefined || again.time === undefined || sent.time === again.time) return true;
  const after = again.time - sent.time;
  const isOfSending = befores.some((before) => ofSending.test(before));
  return isSuccess(status) && !isOfSending && after > 0 && after <= maxAnswerMs;
}

/** More than a receiver has open at a time: an answer comes soon after its request. */
const maxKept = 500;

/** The latest requests of a log, to know an answer or a repetition by. */
export class LatestRequests {
  readonly #records: SentRecord[] = [];
  /** Bodies that an answer was spoken of with, of a request or once more. */
  readonly #answered = new WeakSet<object>();
  /** Of these, those that came with an answer alone. */
  readonly #spokenOf = new Set<object>();
  #next = 0;

  add(record: SentRecord): void {
    const replaced = this.#records[this.#next]?.body;
    if (isObject(replaced)) this.#spokenOf.delete(replaced);
    this.#records[this.#next] = record;
    this.#next = (this.#next + 1) % maxKept;
  }

  /** Whether one of them has the same body. */
  have(body: Record<string, unknown>): boolean {
    return this.#like(body, () => true) !== undefined;
  }

  /**
   * The request that the log repeats, since its answer has come. Each is repeated once, and one that came with its own answer
   * is not: what is sent twice may be logged in such words both times.
   */
  toldAgain(body: Record<string, unknown>): SentRecord | undefined {
    const told = this.#like(body, (one, sent) => one.status === undefined && !this.#answered.has(sent));
    this.#answered.add(isObject(told?.body) ? told.body : body);
    if (!told) this.#spokenOf.add(body);
    return told;
  }

  /**
   * Whether a request was told of already, with its answer: at a later time, the log has its newest line first. At the same
   * one, it is not known.
   */
  wasTold({ body, time }: SentRecord): 'yes' | 'perhaps' | 'no' {
    if (this.#spokenOf.size === 0 || time === undefined || !isObject(body)) return 'no';
    const told = this.#like(
      body,
      (one, sent) => this.#spokenOf.has(sent) && one.time !== undefined && one.time >= time,
    );
    if (!told || !isObject(told.body)) return 'no';
    this.#spokenOf.delete(told.body);
    return told.time === time ? 'perhaps' : 'yes';
  }

  /** Whether one with that id has no answer that is known. */
  isUnanswered(requestId: string): boolean {
    return this.#records.some((one) => one.requestId === requestId && one.status === undefined);
  }

  #like(
    body: Record<string, unknown>,
    isMeant: (record: SentRecord, body: object) => boolean,
  ): SentRecord | undefined {
    let text: string | undefined;
    for (const one of this.#records) {
      const sent = one.body;
      if (!isObject(sent) || sent.conversationId !== body.conversationId || !isMeant(one, sent)) continue;
      text ??= JSON.stringify(body);
      if (JSON.stringify(sent) === text) return one;
    }
    return undefined;
  }
}

/** Bodies without the answers, and without what is told again with its answer. */
export function callsAmong(
  found: readonly FoundBody[],
  latest: LatestRequests,
  entryOf: (one: FoundBody) => LogEntry,
): { calls: readonly FoundBody[] /** It may be told again, or sent again. */; doubtful?: FoundBody } {
  const said = found.map(announcedAs);
  if (said.includes(undefined)) return { calls: found.filter((_, at) => said[at] !== 'answer') };
  const spokenOf = found.filter((_, at) => said[at] === 'perhaps');
  const told = spokenOf.map(({ body }) => latest.toldAgain(body));
  const doubtful = spokenOf.find((one, at) => {
    const sent = told[at];
    const again = sent && entryOf(one);
    return again?.kind === 'request' && !isSurelyTold(sent!, again.record, one);
  });
  return { calls: spokenOf.filter((_, at) => !told[at]), ...(doubtful ? { doubtful } : {}) };
}
