// Calls that a log names without their bodies: a second line about a request that it has, or a request that is lost.
import { isEventName } from '../protocol/event-table.ts';
import { isObject } from '../protocol/requests.ts';
import { counted } from '../text/count.ts';
import type { LatestRequests } from './answers.ts';
import { skip } from './call.ts';
import type { CallParts } from './call-parts.ts';
import type { LogEntry, LogPosition, SentRecord } from './log-entry.ts';
import { isOfOtherCall } from './other-call.ts';
import { requestIdOf } from './request-id.ts';
import { SecondLines } from './second-lines.ts';
import { isSuccess } from './status-code.ts';

type From = CallParts['from'];

const reason =
  'it names a call without its body, as other lines may do, and it is not known whether the log has the request: let it have the body of each request, or leave such lines out';

/** The entry of a line that says, without the body, that a request had no success; undefined when it does not say so. */
export function noSuccessIn(status: number | undefined, place: LogPosition): LogEntry | undefined {
  if (status === undefined || isSuccess(status)) return undefined;
  const answered = status === 0 ? 'got no answer' : `was answered with ${status}`;
  const why = `it says that a call ${answered}, without its body, and it is not known which request that was: let the record of each request have its status`;
  return skip(place, why);
}

/** Whether a record has the id of a request whose answer is not known, and may be about that. */
export function mayAnswer(record: Record<string, unknown>, latest: LatestRequests): boolean {
  if (record.type === 'response') return false;
  const requestId = requestIdOf({ body: {}, levels: [{ object: record, name: '', key: '' }] });
  if (requestId === undefined || !latest.isUnanswered(requestId)) return false;
  return ![record, ...Object.values(record)].some((one) => isOfOtherCall(one, undefined));
}

export class BodilessCalls {
  readonly #calls = new SecondLines();
  /** Of each event, the lines that name it in words. */
  readonly #events = new Map<unknown, SecondLines>();
  /** Where URL and status of the requests were. */
  readonly #forms = new Set<string>();
  #lastForm: From | undefined;

  request({ body }: SentRecord): void {
    this.#calls.request();
    if (!isObject(body) || !Array.isArray(body.events)) return;
    for (const event of body.events) if (isObject(event)) this.#event(event.name)?.request();
  }

  /** Notes where the parts of a request were. */
  form(from: From): void {
    if (from.url === this.#lastForm?.url && from.status === this.#lastForm?.status) return;
    this.#lastForm = from;
    if (from.url !== undefined && from.status !== undefined) this.#forms.add(`${from.url}\n${from.status}`);
  }

  /** Whether a call is like the requests in all but the body: it has its URL and its status where they have theirs. */
  isLikeRequests({ url, status }: From): boolean {
    return this.#forms.has(`${url}\n${status}`);
  }

  /** The entry of a line that names a call by its URL. @param status that of its answer, if it has one */
  call(place: LogPosition, status: number | undefined): LogEntry {
    if (this.#calls.take(place.line)) return skip(place, reason);
    return noSuccessIn(status, place) ?? { kind: 'other' };
  }

  /** It was one that came before the first request, and is told of by itself. */
  settled(): void {
    this.#calls.forgetFirst();
  }

  /** The entry of a line that names events in words. */
  events(place: LogPosition, names: readonly string[]): LogEntry {
    const isOneMore = names.map((name) => this.#event(name)?.take(place.line)).includes(true);
    return isOneMore ? skip(place, reason) : { kind: 'other' };
  }

  /** At the end of the log. */
  entries(file: string): LogEntry[] {
    const { requests, count } = this.#calls;
    if (requests === 0 && count > 0) {
      const why = `${counted(count, 'call')} to the hooks ${count === 1 ? 'is' : 'are'} in it without a body: let the log have the bodies of the requests too`;
      return [skip({ file, line: 1 }, why)];
    }
    const odd = [this.#calls, ...this.#events.values()].find(({ isOdd }) => isOdd);
    return odd && requests > 0 ? [skip({ file, line: odd.line }, reason)] : [];
  }

  #event(name: unknown): SecondLines | undefined {
    if (!isEventName(name)) return undefined;
    const known = this.#events.get(name);
    if (known) return known;
    const made = new SecondLines();
    this.#events.set(name, made);
    return made;
  }
}
