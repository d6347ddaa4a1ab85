// Calls that a log names without their bodies: a second line about a request that it has, or a request that is lost.
import { isObject } from '../protocol/requests.ts';
import { counted } from '../text/count.ts';
import { skip } from './call.ts';
import type { CallParts } from './call-parts.ts';
import type { LogEntry, SentRecord } from './log-entry.ts';

type From = CallParts['from'];

export class BodilessCalls {
  /** How many there are, by URL. */
  count = 0;
  #requests = 0;
  /** Where URL and status of the requests were. */
  readonly #forms = new Set<string>();
  #lastForm: From | undefined;
  #lastBody: unknown;
  /** Since the last request, or since the beginning. */
  #since = 0;
  #before = 0;
  /** Between two requests, each time, while it is the same number. */
  #between: number | undefined;
  /** The first one that is no second line of a request. */
  #oddLine: number | undefined;
  #lastLine = 0;
  /** Events that were named, and were not those of the request before. */
  #events: { line: number; names: readonly string[] } | undefined;

  request({ body }: SentRecord): void {
    if (this.#requests === 0) this.#before = this.#since;
    else if (this.#between === undefined) this.#between = this.#since;
    else if (this.#between !== this.#since) this.#oddLine ??= this.#lastLine;
    this.#requests += 1;
    this.#since = 0;
    this.#lastBody = body;
    if (this.#events && !hasEvents(body, this.#events.names)) this.#oddLine ??= this.#events.line;
    this.#events = undefined;
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

  call(line: number): void {
    this.count += 1;
    this.#since += 1;
    this.#lastLine = line;
  }

  /** It was one that came before the first request, and is told of by itself. */
  settled(): void {
    this.count -= 1;
    if (this.#requests === 0) this.#since -= 1;
    else this.#before -= 1;
  }

  /** A text names events, in words. */
  events(line: number, names: readonly string[]): void {
    if (!hasEvents(this.#lastBody, names)) this.#events ??= { line, names };
  }

  /**
   * At the end of the log. Where each request has the same number of such lines beside it, they are about these requests.
   * Otherwise it is not known whether one of them is a request of its own.
   */
  entries(file: string): LogEntry[] {
    if (this.#requests === 0) {
      if (this.count === 0) return [];
      const reason = `${counted(this.count, 'call')} to the hooks ${this.count === 1 ? 'is' : 'are'} in it without a body: let the log have the bodies of the requests too`;
      return [skip({ file, line: 1 }, reason)];
    }
    const atEnds = this.#before + this.#since;
    if (atEnds !== (this.#between ?? atEnds)) this.#oddLine ??= this.#lastLine;
    const line = this.#oddLine ?? this.#events?.line;
    if (line === undefined) return [];
    const reason =
      'it names a call without its body, as other lines may do, and it is not known whether the log has the request: let it have the body of each request, or leave such lines out';
    return [skip({ file, line }, reason)];
  }
}

function hasEvents(body: unknown, names: readonly string[]): boolean {
  if (!isObject(body) || !Array.isArray(body.events)) return false;
  const sent = body.events.map((event) => (isObject(event) ? event.name : undefined));
  return names.every((name) => sent.includes(name));
}
