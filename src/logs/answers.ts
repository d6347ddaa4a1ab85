// Which bodies are said to be an answer, or may be a request that is told once more with its answer: neither is another request.
import { isObject } from '../protocol/requests.ts';
import type { FoundBody } from './finder.ts';
import type { SentRecord } from './log-entry.ts';

/** `answer`: it says so. `perhaps`: an answer is spoken of before it, and what it is remains open. */
export type Announced = 'answer' | 'perhaps';

/** Right before the JSON: "response body: ". A gateway that passes a request on logs its copy in the same way. */
const label =
  /\b(?:response|answer|reply|replied|endpoint request)[ _-]?(?:body|payload|json|data|content)?(?: (?:before|after) transformations)?["')\]]*\s*(?:[:=]|[-=]*>)?\s*["'`(]*$/i;
const spokenOf = /(?:\b(?:response|answer|reply|replied|endpoint request)|<-+|<<+|←)[^{}]{0,40}$/i;

/** How far before a body such words count. */
const reach = 120;

export function announcedAs({ levels }: FoundBody): Announced | undefined {
  for (let at = levels.length - 1; at >= 0; at -= 1) {
    const level = levels[at]!;
    if (!('around' in level) || level.before === '') continue;
    const before = level.before.slice(-reach);
    if (label.test(before)) return 'answer';
    if (spokenOf.test(before)) return 'perhaps';
  }
  return undefined;
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
  #next = 0;

  add(record: SentRecord): void {
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
    return told !== undefined;
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
