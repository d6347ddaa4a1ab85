// A request that a log has twice, before and after its answer, or as it was shipped twice: one request, by its id and its body.
import { hash } from 'node:crypto';
import type { LogEntry, SentRecord } from '../logs/log-entry.ts';
import { isSuccess } from '../logs/status-code.ts';
import { isObject } from '../protocol/requests.ts';
import { isCertainlyBefore, LogClock } from './log-clock.ts';
import { Recent } from './recent.ts';
import { type Known, relationOf } from './same-request.ts';
import { TwiceDoubts } from './twice-doubts.ts';

/** How many entries may lie between a request and its answer. */
const maxBetween = 500;
/** How many ids are remembered at least, and twice as many at most. */
const remembered = 50_000;

export class LoggedTwice {
  /** Entries that were about a request that had one already. */
  #joined = 0;
  readonly #doubts = new TwiceDoubts();
  readonly #clock = new LogClock();
  readonly #requests = new Recent<Known>(remembered);
  readonly #bodies = new Map<string, string>();
  /** By id: requests whose answer may be in an entry of its own. */
  #unanswered = new Map<string, Known>();
  /** Requests that were handed out as they were: nobody reads what is put to them now. */
  readonly #handedOut = new WeakSet<SentRecord>();
  #latestTime: number | undefined;
  /** A request stands behind one that was sent later: the answers may come first. */
  #falls = false;

  /** The entries of one log, each request once. */
  async *once(batches: AsyncIterable<LogEntry[]>): AsyncGenerator<LogEntry[]> {
    let waiting: LogEntry[] = [];
    for await (const batch of batches) {
      for (const entry of batch) {
        if (entry.kind === 'other' && entry.answer) this.#answer(entry.answer);
        if (entry.kind !== 'request' || this.#isNew(entry.record)) waiting.push(entry);
      }
      const ready = this.#ready(waiting);
      if (ready > 0) {
        yield this.#handOut(waiting.slice(0, ready));
        waiting = waiting.slice(ready);
      }
    }
    if (waiting.length > 0) yield waiting;
  }

  /** What was put together, in words; undefined when there was nothing. */
  get words(): string | undefined {
    if (this.#joined === 0) return undefined;
    const [record, has] = this.#joined === 1 ? ['record', 'has'] : ['records', 'have'];
    return `${this.#joined} ${record} ${has} the id and the body of one before: counted once`;
  }

  /** Why it is not known whether that is right. */
  get doubts(): string[] {
    return this.#doubts.words(this.#joined, this.#clock);
  }

  /** How many entries need not wait for another one about the same request. */
  #ready(waiting: readonly LogEntry[]): number {
    const first = waiting.findIndex((entry) => entry.kind === 'request' && this.#mayChange(entry.record));
    return first === -1 ? waiting.length : Math.max(first, waiting.length - maxBetween);
  }

  /** Its answer may be in a later entry; in a log with its newest line first, the time when it was sent. */
  #mayChange({ requestId, status }: SentRecord): boolean {
    return requestId !== undefined && (status === undefined || this.#falls);
  }

  #handOut(entries: LogEntry[]): LogEntry[] {
    for (const entry of entries)
      if (entry.kind === 'request' && entry.record.requestId !== undefined) this.#handedOut.add(entry.record);
    return entries;
  }

  /** Whether a record is about a request that had none before. */
  #isNew(record: SentRecord): boolean {
    this.#noteTime(record.time);
    const { requestId: id } = record;
    if (id === undefined) return true;
    const body = hash('sha1', JSON.stringify(record.body), 'base64');
    this.#noteBody(id, body);
    const key = `${id} ${body}`;
    const known = this.#requests.get(key);
    if (known && this.#isOf(known, record)) {
      this.#joined += 1;
      return false;
    }
    const { time, status } = record;
    const isOpen = status === undefined;
    const [sentAt, answeredAt] = isOpen ? [time, undefined] : [undefined, time];
    const first: Known = { record, hasItsAnswer: false, sentAt, answeredAt };
    this.#requests.set(key, first);
    if (hasEvents(record.body)) this.#doubts.requests += 1;
    if (this.#unanswered.size >= remembered) this.#unanswered = new Map();
    if (isOpen) this.#unanswered.set(id, first);
    return true;
  }

  #isOf(known: Known, record: SentRecord): boolean {
    const relation = relationOf(known, record, this.#clock, this.#doubts.isShared);
    if (relation === 'another') return false;
    const matters = hasEvents(record.body);
    if (relation === 'perhaps' && matters) this.#doubts.unsure += 1;
    if (relation === 'in the same second' && matters) this.#doubts.inSameSecond += 1;
    if (!known.hasItsAnswer && (known.record.status === undefined) !== (record.status === undefined)) {
      this.#putTogether(known, record);
      if (matters) this.#doubts.pair(known.record.status);
    }
    return true;
  }

  /** One of the two was written before the answer, the other one with it. */
  #putTogether(known: Known, record: SentRecord): void {
    const { record: before } = known;
    known.hasItsAnswer = true;
    if (this.#handedOut.has(before)) this.#doubts.tooLate(before, record);
    if (record.status === undefined) {
      known.sentAt = record.time;
      if (record.time !== undefined) before.time = record.time;
    } else known.answeredAt = record.time;
    complete(before, record);
  }

  /** The latest request with that id has got its answer, unless the record is about another exchange. */
  #answer({ requestId, status }: { requestId: string; status: number }): void {
    const known = this.#unanswered.get(requestId);
    if (!known || known.record.status !== undefined) return;
    const { record: request } = known;
    if (!request.isAnsweredApart) {
      if (!isSuccess(status)) this.#doubts.foreignAnswers += 1;
      return;
    }
    if (this.#handedOut.has(request)) this.#doubts.tooLate(request, { ...request, status });
    request.status = status;
    known.hasItsAnswer = true;
    this.#unanswered.delete(requestId);
  }

  #noteTime(time: number | undefined): void {
    if (time === undefined) return;
    this.#clock.note(time);
    if (this.#latestTime !== undefined && isCertainlyBefore(time, this.#latestTime)) this.#falls = true;
    this.#latestTime = time;
  }

  #noteBody(id: string, body: string): void {
    const known = this.#bodies.get(id);
    if (known === undefined && this.#bodies.size < remembered) this.#bodies.set(id, body);
    if (known !== undefined && known !== body) this.#doubts.isShared = true;
  }
}

/** Puts what another entry says to a request. */
function complete(before: SentRecord, { status, refusal, method, url, headers }: SentRecord): void {
  if (status !== undefined) before.status = status;
  if (refusal !== undefined) before.refusal = refusal;
  if (before.method === undefined && method !== undefined) before.method = method;
  if (before.url === undefined && url !== undefined) before.url = url;
  if (before.headers === undefined && headers !== undefined) before.headers = headers;
}

function hasEvents(body: unknown): boolean {
  return isObject(body) && Array.isArray(body.events) && body.events.length > 0;
}
