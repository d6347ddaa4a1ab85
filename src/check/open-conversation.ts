// A conversation that is not over: what was sent in it so far, where it stands, and what is wrong.

import { isRefused, isUnanswered, type LogPosition, type SentRecord } from '../logs/log-entry.ts';
import { advance, atClose, type SenderFinding, senderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { type ConversationState, newConversation } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf, type Step } from '../protocol/lifecycle/step.ts';
import { shown } from '../protocol/problems.ts';
import { hooksEndpoint } from '../protocol/sent-request.ts';
import type { Past } from './recent-ends.ts';
import type { PlacedFinding, SentStep } from './result.ts';
import { type Chain, none, type StepStore } from './step-store.ts';

const endedBefore: ConversationState = { ...newConversation, begun: true, ended: true, lastExit: 'NA' };
/** Something was sent that is not known: nothing is held against the sender that could come of it. */
const unknownBefore: ConversationState = {
  ...newConversation,
  begun: true,
  rosterUnknown: true,
  lastExit: 'unknown',
};
/** The same, and it may have been the beginning. */
const lostBefore: ConversationState = { ...unknownBefore, startMissing: true };

const nothing: readonly PlacedFinding[] = [];
const nobody: Chain['agents'] = [];

/** A log has many of them at a time: what most do without is left undefined. */
export class OpenConversation implements Chain {
  readonly id: string;
  /** Set when it was taken for over before. */
  readonly past: Past | undefined;
  first = none;
  last = none;
  agents = nobody;
  /** Epoch milliseconds of its latest request, refused ones among them; undefined as long as none tells its time. */
  latestTime: number | undefined;
  /** It has had no request for long. */
  idle = false;
  #state: ConversationState;
  /** A record came after one of a later time: the order is to be judged again, once, when somebody asks. */
  #outOfOrder = false;
  /** Something of it could not be read. */
  #lost = false;
  #ofRequests: PlacedFinding[] | undefined;
  #ofOrder: PlacedFinding[] | undefined;
  #refused = 0;
  /** Requests that were, or may have been, processed. */
  #taken = 0;
  #retries = 0;
  /** Bodies that got no answer, or a 5xx: the same again may be the same request. */
  #unanswered: string[] | undefined;
  #endpoint: string | undefined;
  readonly #store: StepStore;

  constructor(id: string, store: StepStore, past?: Past) {
    this.id = id;
    this.#store = store;
    this.past = past;
    this.#state = this.#before();
  }

  get state(): ConversationState {
    if (this.#outOfOrder) this.#judgeAgain();
    return this.#state;
  }

  get isOutOfOrder(): boolean {
    return this.#outOfOrder;
  }

  /** Whether a request got no answer, so that it may come again. */
  get isUnanswered(): boolean {
    return this.#unanswered !== undefined && this.#unanswered.length > 0;
  }

  /** Whether anything of it was judged: neither refused nor lost. */
  get wasSeen(): boolean {
    return this.#taken > 0;
  }

  /** Repetitions of requests that got no answer. */
  get retries(): number {
    return this.#retries;
  }

  /** What is wrong so far; in the order of the log. */
  get findings(): readonly PlacedFinding[] {
    if (this.#outOfOrder) this.#judgeAgain();
    return this.#with(this.#ofOrder ?? nothing);
  }

  /** What is wrong when nothing more comes. */
  get findingsAtClose(): readonly PlacedFinding[] {
    const { state } = this;
    if (this.#lost || this.#taken === 0) return this.findings;
    const missing = atClose(state);
    if (missing.length === 0) return this.findings;
    const also = this.#refused > 0 ? ` (${this.#refused} of its requests were refused)` : '';
    const { file, line } = this.steps.at(-1) ?? this.#store.place(this);
    const told = missing.map((found) => ({ ...found, message: `${found.message}${also}`, file, line }));
    return this.#with([...(this.#ofOrder ?? nothing), ...told]);
  }

  /** What was sent, the refused ones among it; by time, where records carry one. */
  get steps(): readonly SentStep[] {
    return this.#store.steps(this);
  }

  /** Where the latest line of it stands. */
  get latest(): LogPosition {
    return this.#store.place(this);
  }

  add(findings: readonly SenderFinding[], { file, line }: LogPosition): void {
    if (findings.length === 0) return;
    this.#ofRequests ??= [];
    for (const found of findings) this.#ofRequests.push({ ...found, file, line });
  }

  /** A request came, whatever became of it. */
  touch({ time }: SentRecord): void {
    if (time !== undefined && (this.latestTime === undefined || time > this.latestTime))
      this.latestTime = time;
  }

  /**
   * Whether this is the exact repetition of a request of which nobody knows whether it arrived: the same body as one that
   * got no answer, or a 5xx, and one that would break the order as a request of its own.
   */
  isRetry({ body, status, time }: SentRecord): boolean {
    if (!this.#unanswered && !isUnanswered(status)) return false;
    // What stands out of its time is judged when all is in order. A message twice breaks nothing.
    if (this.#outOfOrder || this.#isEarly(time) || !('events' in (body as object))) return false;
    const text = JSON.stringify(body);
    const known = this.#unanswered?.indexOf(text) ?? -1;
    if (isUnanswered(status) && known < 0) this.#unanswered = [...(this.#unanswered ?? []), text];
    if (!isUnanswered(status) && known >= 0) this.#unanswered!.splice(known, 1);
    return known >= 0 && this.#wouldBreak(placedStepsOf(body as object));
  }

  /** A repetition: what it repeats was taken before. It is kept, for what comes later may show that it is none. */
  repeat(record: SentRecord): void {
    this.#retries += 1;
    this.touch(record);
    for (const placed of placedStepsOf(record.body as object)) this.#store.add(this, placed, record);
  }

  /** A request that was refused: it was sent, and changed nothing. */
  keep(record: SentRecord): void {
    this.#refused += 1;
    this.touch(record);
    for (const placed of placedStepsOf(record.body as object)) this.#store.add(this, placed, record);
  }

  /** A request that was, or may have been, processed. What it was sent as, in its order. */
  take(record: SentRecord): readonly PlacedStep[] {
    this.#taken += 1;
    const placed = placedStepsOf(record.body as object);
    if (this.#isEarly(record.time)) this.#outOfOrder = true;
    this.touch(record);
    for (const one of placed) {
      this.#store.add(this, one, record);
      if (!this.#outOfOrder) this.#judge(one, record);
    }
    return placed;
  }

  /** Something of it could not be read: who is in it is not known any more, and what is missing may have been that. */
  lose(): void {
    this.#lost = true;
    // Out of order, all is judged again, from what is not known.
    if (this.#outOfOrder) return;
    const { begun, startMissing } = this.#state;
    this.#state = {
      ...this.#state,
      begun: true,
      startMissing: startMissing || !begun,
      rosterUnknown: true,
      lastExit: 'unknown',
    };
  }

  /** HOOKS-EP-03 */
  sameEndpoint(place: LogPosition, url: string, hooksPath: string | undefined): void {
    const endpoint = hooksEndpoint(url, hooksPath);
    if (!endpoint) return;
    const now = `${endpoint.path}/${endpoint.botId}`;
    if (this.#endpoint !== undefined && this.#endpoint !== now) {
      const message = `The request goes to ${shown(now)}, the one before it went to ${shown(this.#endpoint)}`;
      this.add([senderFinding('HOOKS-EP-03', message)], place);
    }
    this.#endpoint = now;
  }

  /** Nobody asks for its steps any more. */
  dispose(): void {
    this.#store.release(this);
  }

  #before(): ConversationState {
    if (this.past) return this.past.over === 'idle' ? unknownBefore : endedBefore;
    return this.#lost ? lostBefore : newConversation;
  }

  #judge(placed: PlacedStep, { file, line }: LogPosition): void {
    const { state, findings } = advance(this.#state, placed);
    this.#state = state;
    if (findings.length === 0) return;
    this.#ofOrder = [...(this.#ofOrder ?? nothing), ...findings.map((found) => ({ ...found, file, line }))];
  }

  /** By time, retries among it: here one is known by what it says, for its body is let go. */
  #judgeAgain(): void {
    this.#outOfOrder = false;
    this.#state = this.#before();
    this.#ofOrder = undefined;
    this.#retries = 0;
    let unanswered: SentStep[] = [];
    for (const request of requestsOf(this.steps)) {
      const { status } = request[0]!;
      if (isRefused(status)) continue;
      const repeated = unanswered.filter(({ step }) => request.some((sent) => isSame(sent.step, step)));
      if (repeated.length > 0 && this.#wouldBreak(request)) {
        this.#retries += 1;
        if (!isUnanswered(status)) unanswered = unanswered.filter((sent) => !repeated.includes(sent));
        continue;
      }
      for (const sent of request) this.#judge(sent, sent);
      if (isUnanswered(status)) unanswered.push(...request.filter(({ step }) => step.type !== 'message'));
    }
  }

  #wouldBreak(placed: readonly PlacedStep[]): boolean {
    let state = this.#state;
    return placed.some((one) => {
      const next = advance(state, one);
      state = next.state;
      return next.findings.some(({ level }) => level === 'must');
    });
  }

  #isEarly(time: number | undefined): boolean {
    return time !== undefined && this.latestTime !== undefined && time < this.latestTime;
  }

  #with(ofOrder: readonly PlacedFinding[]): readonly PlacedFinding[] {
    if (!this.#ofRequests) return ofOrder;
    return [...this.#ofRequests, ...ofOrder].sort((one, other) => one.line - other.line);
  }
}

function isSame(one: Step, other: Step): boolean {
  if (one.type !== 'transfer' || other.type !== 'transfer') return one.type === other.type;
  return (
    one.transfer === other.transfer &&
    one.transition === other.transition &&
    one.agent.identity === other.agent.identity
  );
}

/** The steps that came in one request stand beside each other. */
function requestsOf(steps: readonly SentStep[]): SentStep[][] {
  const requests: SentStep[][] = [];
  for (const sent of steps) {
    const before = requests.at(-1)?.[0];
    if (before && before.line === sent.line && before.file === sent.file) requests.at(-1)!.push(sent);
    else requests.push([sent]);
  }
  return requests;
}
