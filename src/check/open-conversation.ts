// A conversation that is not over: what was sent in it so far, where it stands, and what is wrong.
import { advance, atClose, type SenderFinding, senderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { type ConversationState, newConversation } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import { shown } from '../protocol/problems.ts';
import { hooksEndpoint } from '../protocol/sent-request.ts';
import { isRefused, isUnanswered, type Place, type SentRecord } from './record.ts';
import type { PlacedFinding, SentStep } from './result.ts';
import { type Chain, none, type StepStore } from './step-store.ts';

/** How a conversation was taken for over before, that now goes on. */
export type Over = 'ended' | 'idle';

const goingOn: Record<Over, ConversationState> = {
  ended: { ...newConversation, begun: true, ended: true, vacated: 'NA' },
  idle: { ...newConversation, begun: true, unsure: true, vacated: 'told' },
};

const nothing: readonly PlacedFinding[] = [];
const nobody: Chain['agents'] = [];

/** A log has many of them at a time: what most do without is left undefined. */
export class OpenConversation implements Chain {
  readonly id: string;
  /** Set when it was taken for over before. */
  readonly goesOn: Over | undefined;
  state: ConversationState;
  first = none;
  last = none;
  agents = nobody;
  /** Epoch milliseconds of its latest request; undefined as long as none tells its time. */
  latestTime: number | undefined;
  #ofRequests: PlacedFinding[] | undefined;
  #ofOrder: PlacedFinding[] | undefined;
  #refused = 0;
  /** Bodies that got no answer, or a 5xx: the same again is the same request. */
  #unanswered: string[] | undefined;
  #endpoint: string | undefined;
  readonly #store: StepStore;

  constructor(id: string, store: StepStore, goesOn?: Over) {
    this.id = id;
    this.#store = store;
    this.goesOn = goesOn;
    this.state = goesOn ? goingOn[goesOn] : newConversation;
  }

  /** What is wrong so far; in the order of the log. */
  get findings(): readonly PlacedFinding[] {
    if (!this.#ofRequests) return this.#ofOrder ?? nothing;
    return [...this.#ofRequests, ...(this.#ofOrder ?? nothing)].sort((one, other) => one.line - other.line);
  }

  /** What was sent, the refused ones among it. */
  get steps(): readonly SentStep[] {
    return this.#store.steps(this);
  }

  /** Where its latest request stands. */
  get latest(): Place {
    return this.#store.place(this);
  }

  add(findings: readonly SenderFinding[], { file, line }: Place): void {
    if (findings.length === 0) return;
    this.#ofRequests ??= [];
    for (const found of findings) this.#ofRequests.push({ ...found, file, line });
  }

  /** Whether this is the exact repetition of a request of which nobody knows whether it arrived. */
  isRetry({ body, status }: SentRecord): boolean {
    if (!this.#unanswered && !isUnanswered(status)) return false;
    const text = JSON.stringify(body);
    const known = this.#unanswered?.indexOf(text) ?? -1;
    if (isUnanswered(status) && known < 0) this.#unanswered = [...(this.#unanswered ?? []), text];
    if (!isUnanswered(status) && known >= 0) this.#unanswered!.splice(known, 1);
    return known >= 0;
  }

  /** A request that was refused: it was sent, and changed nothing. */
  keep(record: SentRecord): void {
    this.#refused += 1;
    for (const placed of placedStepsOf(record.body as object)) this.#store.add(this, placed, record);
  }

  /** A request that was, or may have been, processed. What it was sent as, in its order. */
  take(record: SentRecord, hooksPath?: string): readonly PlacedStep[] {
    if (record.url !== undefined) this.#sameEndpoint(record, record.url, hooksPath);
    const { time } = record;
    const placed = placedStepsOf(record.body as object);
    const early = time !== undefined && this.latestTime !== undefined && time < this.latestTime;
    for (const one of placed) {
      this.#store.add(this, one, record);
      if (!early) this.#judge(one, record);
    }
    if (early) this.#judgeAgain();
    else if (time !== undefined) this.latestTime = time;
    return placed;
  }

  /** It is over: what is missing now is missing for good. */
  close(): void {
    if (this.last === none && this.goesOn) return;
    const missing = atClose(this.state);
    if (missing.length === 0) return;
    const also = this.#refused > 0 ? ` (${this.#refused} of its requests were refused)` : '';
    this.#tell(
      missing.map((found) => ({ ...found, message: `${found.message}${also}` })),
      this.steps.at(-1) ?? this.latest,
    );
  }

  /** Nobody asks for its steps any more. */
  letGo(): void {
    this.#store.release(this);
  }

  #judge(placed: PlacedStep, place: Place): void {
    const { state, findings } = advance(this.state, placed);
    this.state = state;
    if (findings.length > 0) this.#tell(findings, place);
  }

  #tell(findings: readonly SenderFinding[], { file, line }: Place): void {
    this.#ofOrder = [...(this.#ofOrder ?? nothing), ...findings.map((found) => ({ ...found, file, line }))];
  }

  /** By time, where records carry one. */
  #judgeAgain(): void {
    this.state = this.goesOn ? goingOn[this.goesOn] : newConversation;
    this.#ofOrder = undefined;
    for (const sent of this.steps) if (!isRefused(sent.status)) this.#judge(sent, sent);
  }

  /** HOOKS-EP-03 */
  #sameEndpoint(place: Place, url: string, hooksPath: string | undefined): void {
    const endpoint = hooksEndpoint(url, hooksPath);
    if (!endpoint) return;
    const now = `${endpoint.path}/${endpoint.botId}`;
    if (this.#endpoint !== undefined && this.#endpoint !== now) {
      const message = `The request goes to ${shown(now)}, the one before it went to ${shown(this.#endpoint)}`;
      this.add([senderFinding('HOOKS-EP-03', message)], place);
    }
    this.#endpoint = now;
  }
}
