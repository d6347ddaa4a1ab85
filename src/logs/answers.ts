// Which bodies are said to be an answer, or may be a request that is told once more with its answer: neither is another request.
import { isObject } from '../protocol/requests.ts';
import { type FoundBody, memberOf } from './finder.ts';
import type { SentRecord } from './log-entry.ts';
import { canonical, isAnswerKey } from './names.ts';

/** `answer`: it says so. `perhaps`: an answer is spoken of before it, and what it is remains open. */
export type Announced = 'answer' | 'perhaps';

/** Right before the JSON: "response body: ". A gateway that passes a request on logs its copy in the same way. */
const label =
  /\b(?:response|answer|reply|replied|endpoint request)[ _-]?(?:body|payload|json|data|content)?(?: (?:before|after) transformations)?["')\]]*\s*(?:[:=]|[-=]*>)?\s*["'`(]*$/i;
const spokenOf = /(?:\b(?:response|answer|reply|replied|endpoint request)|<-+|<<+|←)[^{}]{0,40}$/i;

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
   * Whether a body that comes with an answer is that of one of them, told again. Each is once, and one that came with its own
   * answer is not: what is sent twice may be logged in such words both times.
   */
  tellAgain(body: Record<string, unknown>): boolean {
    const told = this.#like(body, (one, sent) => one.status === undefined && !this.#answered.has(sent));
    this.#answered.add(told ?? body);
    if (!told) this.#spokenOf.add(body);
    return told !== undefined;
  }

  /** Whether a request was told of already, with its answer and a later time: then the log has its newest line first. */
  wasTold({ body, time }: SentRecord): boolean {
    if (this.#spokenOf.size === 0 || time === undefined || !isObject(body)) return false;
    const told = this.#like(
      body,
      (one, sent) => this.#spokenOf.has(sent) && one.time !== undefined && one.time >= time,
    );
    return told !== undefined && this.#spokenOf.delete(told);
  }

  #like(
    body: Record<string, unknown>,
    isMeant: (record: SentRecord, body: object) => boolean,
  ): object | undefined {
    let text: string | undefined;
    for (const one of this.#records) {
      const sent = one.body;
      if (!isObject(sent) || sent.conversationId !== body.conversationId || !isMeant(one, sent)) continue;
      text ??= JSON.stringify(body);
      if (JSON.stringify(sent) === text) return sent;
    }
    return undefined;
  }
}
