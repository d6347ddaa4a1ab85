// A request that a log has twice, before and after its answer, or as it was shipped twice: one request, by its id and its body.
import { hash } from 'node:crypto';
import type { LogEntry, SentRecord } from '../logs/log-entry.ts';
import { isObject } from '../protocol/requests.ts';
import { counted } from '../text/count.ts';

/** How many entries may lie between a request and its answer. */
const maxBetween = 500;
/** How many ids are remembered at least, and twice as many at most. */
const remembered = 50_000;

interface Known {
  record: SentRecord;
  /** It was put together from two entries: a third one is another request. */
  isWhole: boolean;
}

export class LoggedTwice {
  /** Entries that were about a request that had one already. */
  #joined = 0;
  /** Those of which it is not known whether the request was sent twice. */
  #doubtful = 0;
  /** Whether the same id stands beside different bodies: then it is not that of a request. */
  #isShared = false;
  #younger = new Map<string, Known>();
  #older = new Map<string, Known>();
  readonly #bodies = new Map<string, string>();
  /** By id: requests whose answer may be in an entry of its own. */
  #unanswered = new Map<string, SentRecord>();

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
        yield waiting.slice(0, ready);
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

  /** Why it is not known whether that is right; undefined when it is. */
  get doubt(): string | undefined {
    const doubtful = this.#isShared ? this.#joined : this.#doubtful;
    if (doubtful === 0) return undefined;
    const [has, was] = doubtful === 1 ? ['has', 'it was'] : ['have', 'they were'];
    const why = this.#isShared
      ? ', and other bodies have that id as well'
      : ', at a time that is not known to be another one';
    return `${counted(doubtful, 'record')} ${has} the id and the body of one before${why}: it is not known whether ${was} sent once or twice`;
  }

  /** How many entries need not wait for an answer any more. */
  #ready(waiting: readonly LogEntry[]): number {
    const first = waiting.findIndex((entry) => entry.kind === 'request' && isOpen(entry.record));
    return first === -1 ? waiting.length : Math.max(first, waiting.length - maxBetween);
  }

  /** Whether a record is about a request that had none before. */
  #isNew(record: SentRecord): boolean {
    const { requestId: id } = record;
    if (id === undefined) return true;
    const body = hash('sha1', JSON.stringify(record.body), 'base64');
    this.#noteBody(id, body);
    const key = `${id} ${body}`;
    const known = this.#younger.get(key) ?? this.#older.get(key);
    if (known && this.#isOf(known, record)) {
      this.#joined += 1;
      return false;
    }
    this.#remember(key, { record, isWhole: false });
    if (this.#unanswered.size >= remembered) this.#unanswered = new Map();
    if (isOpen(record)) this.#unanswered.set(id, record);
    return true;
  }

  #isOf(known: Known, record: SentRecord): boolean {
    const { record: before } = known;
    if (isOpen(before) && record.status !== undefined) {
      complete(before, record);
      known.isWhole = true;
      return true;
    }
    if (record.status !== before.status && (record.status !== undefined || known.isWhole)) return false;
    const areTimed = before.time !== undefined && record.time !== undefined;
    // What was answered at two times was sent twice.
    if (areTimed && before.time !== record.time) return false;
    if (areTimed && !record.timeInSeconds) return true;
    // Neither a retry, nor the first line of another try, is the same request.
    if (before.status === undefined || before.status < 200 || before.status > 299 || this.#isShared)
      return false;
    if (hasEvents(record.body)) this.#doubtful += 1;
    return true;
  }

  /** The latest request with that id has got its answer. */
  #answer({ requestId, status }: { requestId: string; status: number }): void {
    const request = this.#unanswered.get(requestId);
    if (request && isOpen(request)) request.status = status;
    this.#unanswered.delete(requestId);
  }

  #noteBody(id: string, body: string): void {
    const known = this.#bodies.get(id);
    if (known === undefined && this.#bodies.size < remembered) this.#bodies.set(id, body);
    if (known !== undefined && known !== body) this.#isShared = true;
  }

  #remember(key: string, known: Known): void {
    if (this.#younger.size >= remembered) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, known);
  }
}

/** Whether its answer may be in a later entry. */
function isOpen({ requestId, status }: SentRecord): boolean {
  return requestId !== undefined && status === undefined;
}

/** Puts what a later entry says to a request. */
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
