// The calls in one record of a log: a body alone, a record as documented, a line of evidence.ndjson, or anything else that
// holds a body.
import { isObject } from '../protocol/requests.ts';
import { answerWords } from './answer-words.ts';
import { announcedAs, callsAmong, LatestRequests, withoutExamples } from './answers.ts';
import { rowsIn } from './attributes.ts';
import { BodilessCalls, mayAnswer, noSuccessIn } from './bodiless.ts';
import { bodyMember, isOfAnother, recordedBody, textOfBytes } from './body-member.ts';
import { aboutBody, excessOf, isLikeHooks, skip, toLogEntry } from './call.ts';
import { partsOf } from './call-parts.ts';
import type { Embedded } from './embedded.ts';
import { exactJson } from './exact-json.ts';
import { FailuresTold } from './failures-told.ts';
import {
  bodiesIn,
  bodyAt,
  type FoundBody,
  isAlone,
  isBody,
  isWithoutEvents,
  keysTo,
  mayBeIn,
  memberOf,
} from './finder.ts';
import { harEntry, isHarEntry, tracedEntry } from './har.ts';
import type { LogEntry, LogPosition } from './log-entry.ts';
import { forPurpose } from './on-purpose.ts';
import { inOrder } from './passed-over.ts';
import { PlacedCalls } from './placed-calls.ts';
import { answerIn, isAnsweredApart, requestIdOf } from './request-id.ts';
import { Shapes } from './shapes.ts';
import { statusOf } from './status.ts';
import { perhapsToldAgain, whoseRequest } from './unread-call.ts';
import { entryWithoutCall, likelyText, unreadEntry } from './unread-entry.ts';
import type { Where } from './where.ts';

const other: LogEntry = { kind: 'other' };
const documented = new Set(
  'time method url headers body status answer error failure startedAt durationMs attempts'.split(' '),
);

const none: readonly string[] = [];

const isRequest = ({ kind }: LogEntry) => kind === 'request';
const isCall = ({ kind }: LogEntry) => kind !== 'other';

export class RecordReader {
  readonly bodiless = new BodilessCalls();
  readonly failures: FailuresTold;
  /**
   * Whether the log holds records of calls alone, as documented, or is that of an application, which has other lines as
   * well; undefined while neither was seen.
   */
  kind: 'calls' | 'application' | undefined;
  readonly shapes: Shapes;
  readonly #hooksPath: string | undefined;
  readonly #placed: PlacedCalls | undefined;
  /** The members in which the last body was. */
  #lastKeys: readonly string[] = none;
  readonly #latest = new LatestRequests();

  /**
   * @param where the parts of a call are, when somebody has said so
   * @param onFailure as in ReadOptions
   */
  constructor(hooksPath?: string, where?: Where, onFailure?: () => void) {
    this.failures = new FailuresTold(onFailure);
    this.#hooksPath = hooksPath;
    this.shapes = new Shapes(where);
    this.#placed = where && new PlacedCalls(where, hooksPath, this);
  }

  /** Whether the places of the parts were named. */
  get isPlaced(): boolean {
    return this.#placed !== undefined;
  }

  /** @param text the record as it was written */
  entries(value: unknown, place: LogPosition, text: string): LogEntry[] {
    const rows = rowsIn(value);
    if (rows) return rows.flatMap((row) => this.entries(row, place, text));
    if (this.#placed) this.kind = 'application';
    const entries = this.#placed
      ? this.#placed.entries(value, place)
      : this.#noted(this.#entries(value, place, text));
    if (!entries.some(isRequest)) this.failures.other(text === likelyText ? JSON.stringify(value) : text);
    return entries;
  }

  /** The entries of a line of text, by all the JSON in it; none when there is no call in it. */
  entriesOfText(parts: readonly Embedded[], place: LogPosition, text: string): LogEntry[] {
    const placed = this.#placed;
    if (placed) {
      if (parts.length > 0) this.kind = 'application';
      return parts.flatMap(({ value, ...around }) => placed.entries(value, place, [around])).filter(isCall);
    }
    const { kind } = this;
    const found = parts.flatMap(({ value, around, before }) => bodiesIn(value, [{ around, before }]));
    if (parts.length > 0) this.kind = 'application';
    if (found.length > 0) return this.#noted(this.#calls(found, place));
    for (const { value } of parts) {
      const entry = this.#withoutBody(value, place, text, kind);
      if (isCall(entry)) return this.#noted([entry]);
    }
    return [];
  }

  /** Remembers requests, to know their answers by. */
  #noted(entries: LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      if (entry.kind !== 'request') continue;
      this.#latest.add(entry.record);
      this.bodiless.request(entry.record);
    }
    return entries;
  }

  #entries(value: unknown, place: LogPosition, text: string): LogEntry[] {
    if (isObject(value)) {
      const known = this.#known(value, place, text);
      if (known) {
        this.kind ??= 'calls';
        return [known];
      }
    }
    const { kind } = this;
    this.kind = 'application';
    if (!mayBeIn(text)) return [answerIn(value) ?? this.#withoutBody(value, place, text, kind)];
    const likeLast = this.#likeLast(value, text);
    if (likeLast) return [this.#call(likeLast, place)];
    const found = bodiesIn(value);
    if (found.length === 0) return [this.#withoutBody(value, place, text, kind)];
    const [first] = found;
    if (found.length === 1 && isAlone(text) && announcedAs(first!) === undefined)
      this.#lastKeys = keysTo(first!);
    return this.#calls(found, place);
  }

  /** The only body of a record, where that of the last one was: that of most others is. */
  #likeLast(value: unknown, text: string): FoundBody | undefined {
    const found = isAlone(text) ? bodyAt(value, this.#lastKeys) : undefined;
    if (!found) this.#lastKeys = none;
    return found;
  }

  /** The entry of a record in a form that is documented; undefined for any other. */
  #known(value: Record<string, unknown>, place: LogPosition, text: string): LogEntry | undefined {
    const { request } = value;
    if (value.body === undefined && request === undefined) {
      const traced = tracedEntry(value);
      if (traced) return this.#har(traced, place, '.snapshot');
      if (!isBody(value)) return undefined;
      this.shapes.alone();
      const { file, line } = place;
      const record = { file, line, body: value, exact: () => exactJson(text) };
      return excessOf(value, place) ?? this.failures.noted({ kind: 'request', record });
    }
    if (isObject(request)) {
      if (isHarEntry(value)) return this.#har(value, place);
      return 'durationMs' in value || 'startedAt' in value
        ? this.#evidence(value, request, place)
        : undefined;
    }
    for (const key in value) if (!documented.has(key)) return undefined;
    const { method, url, headers, time } = value;
    const body = recordedBody(value.body);
    const status = statusOf(value);
    const isKnown = url !== undefined || (isObject(body) ? isLikeHooks(body) : typeof body === 'string');
    if (!isKnown) return undefined;
    this.shapes.record(
      time === undefined ? undefined : '.time',
      status === undefined ? undefined : '.status',
    );
    const call = {
      ...{ method, url, headers, body, time, status },
      answerWords: () => answerWords(value),
      ...(typeof body === 'string' ? {} : { exact: () => (exactJson(text) as { body: unknown }).body }),
    };
    const levels = [{ object: value, name: '', key: 'body' }];
    return this.failures.noted(toLogEntry(call, place, this.#hooksPath), levels);
  }

  /** An entry of a HAR. @param at where it lies in its record */
  #har(value: unknown, place: LogPosition, at = ''): LogEntry {
    const entry = harEntry(value, place, this.#hooksPath);
    if (entry.kind === 'request') {
      this.shapes.record(`${at}.startedDateTime`, `${at}.response.status`, `${at}.request.postData.text`);
    }
    return this.failures.noted(entry);
  }

  /** A line of the harness's evidence.ndjson (src/evidence/journal.ts). */
  #evidence(value: Record<string, unknown>, request: Record<string, unknown>, place: LogPosition): LogEntry {
    const { method, url, headers } = request;
    const body = request.body ?? textOfBytes(value.bytes);
    const time = value.startedAt ?? value.time;
    const status = statusOf(value);
    const from = value.startedAt === undefined ? '.time' : '.startedAt';
    this.shapes.record(from, '.answer.status', '.request.body');
    const call = { method, url, headers, body, time, status, answerWords: () => answerWords(value) };
    const entry = toLogEntry(call, place, this.#hooksPath);
    return this.failures.noted(forPurpose(value.purpose, entry, status));
  }

  #call(found: FoundBody, place: LogPosition): LogEntry {
    const parts = partsOf(found);
    this.shapes.add(found, parts);
    if (parts.status === undefined && parts.unsureStatus !== undefined) {
      const reason = `${parts.unsureStatus}: it is not known whether it is that of this call; name the status of the call: --status .path`;
      return skip(place, reason, aboutBody(found.body));
    }
    if (parts.isOtherUnclear) return skip(place, whoseRequest, aboutBody(found.body));
    parts.requestId = requestIdOf(found);
    parts.isAnsweredApart = isAnsweredApart(found);
    this.bodiless.form(parts.from);
    parts.answerWords = () => {
      const around = found.levels.flatMap((level) => ('object' in level ? [level.object] : []));
      return answerWords(...around.reverse());
    };
    return this.failures.noted(toLogEntry(parts, place, this.#hooksPath), found.levels);
  }

  /** Several bodies: the members of a list, or the same one in several forms. */
  #calls(found: readonly FoundBody[], place: LogPosition): LogEntry[] {
    const members =
      found.length === 1 ? [found] : [...Map.groupBy(withoutExamples(found), memberOf).values()];
    const calls = members.map((of) => ({ of, levels: of[0]!.levels }));
    return inOrder(calls, this.failures, ({ of }) => this.#ofMember(of, place));
  }

  /** The call of one member of a list, or of a record without one. */
  #ofMember(found: readonly FoundBody[], place: LogPosition): LogEntry {
    const { calls, doubtful } = callsAmong(found, this.#latest, (one) =>
      toLogEntry(partsOf(one), place, this.#hooksPath),
    );
    const [first, ...others] = calls;
    if (!first && doubtful) return skip(place, perhapsToldAgain, aboutBody(doubtful.body));
    if (!first) return this.#ofAnswers(found, place);
    const text = others.length > 0 ? JSON.stringify(first.body) : '';
    if (others.every(({ body }) => JSON.stringify(body) === text)) {
      const call = this.#call(first, place);
      if (call.kind !== 'request' || announcedAs(first)) return call;
      const told = this.#latest.wasTold(call.record);
      if (told === 'perhaps') return skip(place, perhapsToldAgain, aboutBody(first.body));
      return told === 'yes' ? other : call;
    }
    const reason = `it holds ${calls.length} different bodies, and it is not known which one was sent`;
    const isOfOne = calls.every(({ body }) => body.conversationId === first.body.conversationId);
    return skip(place, reason, isOfOne ? aboutBody(first.body) : {});
  }

  /** A receiver may send back what it got. What is called an answer, and was never a request, may have been one. */
  #ofAnswers(found: readonly FoundBody[], place: LogPosition): LogEntry {
    const unknown = found.find(
      (one) => announcedAs(one) === 'answer' && !isWithoutEvents(one.body) && !this.#latest.have(one.body),
    );
    if (!unknown) return other;
    const reason =
      'its body is called an answer, and no request before it has the same: if it was sent, let the log call it a request';
    return skip(place, reason, aboutBody(unknown.body));
  }

  #withoutBody(value: unknown, place: LogPosition, text: string, kind: RecordReader['kind']): LogEntry {
    return this.failures.noted(this.#entryWithoutBody(value, place, text, kind));
  }

  #entryWithoutBody(value: unknown, place: LogPosition, text: string, kind: RecordReader['kind']): LogEntry {
    if (!isObject(value)) return entryWithoutCall(value, place, text, this.bodiless);
    const parts = partsOf({ body: {}, levels: [{ object: value, name: '', key: '' }] });
    const isLike = isLikeHooks(value) && !isOfAnother(value);
    const isRecord = value.url !== undefined && value.method !== undefined && !isLike;
    const { url = isRecord ? value.url : undefined, method = value.method, headers, time, status } = parts;
    if (typeof url === 'string' && url !== '') {
      const body = bodyMember(value);
      const call = { url, method, headers, time, status, body: body?.value };
      if (
        body ||
        isRecord ||
        url.includes('assign-conversation') ||
        this.bodiless.isLikeRequests(parts.from)
      ) {
        return toLogEntry(call, place, this.#hooksPath);
      }
      const unread = unreadEntry(value, place, text);
      if (unread) return unread;
      return method === undefined || method === 'POST' ? this.bodiless.call(place, status) : other;
    }
    if (isLike) {
      this.kind = kind ?? 'calls';
      this.shapes.alone();
      const record = { ...place, body: value, exact: () => exactJson(text) };
      return excessOf(value, place) ?? { kind: 'request', record };
    }
    const refused = mayAnswer(value, this.#latest) ? noSuccessIn(status, place) : undefined;
    if (refused) return refused;
    if ('body' in value && 'method' in value) return toLogEntry({ ...parts, body: value.body }, place);
    return entryWithoutCall(value, place, text, this.bodiless);
  }
}
