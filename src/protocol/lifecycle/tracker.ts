// Follows one conversation, request by request: order, refusals, retries, losses, who is in it, what is still missing.
// The check of a log, the recorder, the harness's own flows, the pictures and the sandbox all use it, so that they cannot
// disagree. Unaware of logs and HTTP: it gets steps and a status.
import { grouped } from '../../text/count.ts';
import { abridged } from '../../text/kept.ts';
import { advance, atClose, type Breach, type SenderFinding } from './lifecycle.ts';
import { documentedRules, type RuleSet } from './rule-set.ts';
import { type ConversationState, lostBefore, maxAgents, newConversation } from './state.ts';
import { type PlacedStep, type Step, stepKind } from './step.ts';

/** The parts of a request that matter for the order of its conversation. */
export interface TrackedRequest {
  /** Its message and its events. */
  steps: readonly PlacedStep[];
  /** HTTP status of the answer; 0 when no answer came; omitted when unknown, and then the request counts as processed. */
  status?: number | undefined;
  /** Epoch milliseconds; without it, the request was sent after all earlier ones. */
  time?: number | undefined;
  /** How often its source had told of a failure by then, if it does so without statuses. */
  failuresBefore?: number | undefined;
  /** The log that it is in, of several: the number of failures is that of its log. */
  file?: string | undefined;
}

/**
 * What a request is in its conversation:
 * - `taken`: it was processed, or may have been;
 * - `refused`: it was certainly not processed;
 * - `retry`: it repeats a request that got no answer;
 * - `repeat`: it repeats the request before it, of which it is not known whether it got an answer: a retry, or a duplicate;
 * - `early`: it was sent before a request that was taken already: all are judged again, in order, when somebody asks.
 */
export type Role = 'taken' | 'refused' | 'retry' | 'repeat' | 'early';

/** What the requests come from. */
export interface RequestSource {
  /**
   * Whether it has the status of any request. Then one without a status may have got no answer, and the same request straight
   * after it may be a retry.
   */
  readonly hasStatuses: boolean;
  /** Whether one of its logs has told of a failure by now: perhaps behind the last request, or before the first one. */
  readonly tellsOfFailures?: boolean;
}

/** How the tracker judges one request. */
export interface Ruling {
  role: Role;
  /** The rules of order that the request breaks; empty unless its role is `taken`. */
  breaches: readonly Breach[];
  /** The state of the conversation after it. */
  state: ConversationState;
}

/** Whether a request was certainly not processed. */
export function isRefused(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 500;
}

const ofContent: ReadonlySet<number | undefined> = new Set([400, 409, 412, 422]);

/** Whether a request was refused for what it says, not for who sends it, where to, or how often. */
export function isRefusedForContent(status: number | undefined): boolean {
  return ofContent.has(status);
}

/** Whether a request may or may not have been processed, so that sending it again is a retry. */
export function isUnanswered(status: number | undefined): boolean {
  return status !== undefined && (status === 0 || status >= 500);
}

const nothing: readonly Breach[] = [];

/** How many requests without an answer are kept of one conversation, by wording: far more than a sender retries. */
const maxUnanswered = 1000;

export class ConversationTracker {
  /** Requests that were refused. */
  refused = 0;
  /** Requests that were processed, or may have been. */
  taken = 0;
  /** Requests that repeat one that got no answer. */
  retries = 0;
  /** Requests that repeat the one before, of which it is not known whether it got an answer. */
  repeats = 0;
  /** Epoch milliseconds of the latest request, refused or not; undefined while no request has a time. */
  latestTime: number | undefined;
  #state: ConversationState;
  #isOutOfOrder = false;
  /** A repetition was taken for a duplicate while the source had no status: it may get one yet. */
  #tookRepetition = false;
  /** A part of the conversation could not be read. */
  #isLost = false;
  /** A request that breaks a rule was refused: what its sender does next may rest on it or not. */
  #isDisputed = false;
  /**
   * Requests that got no answer, by wording: whether their retry is still to come. Created on demand, since most
   * conversations need none.
   */
  #unanswered: Map<string, boolean> | undefined;
  /** How many of them are still to come. */
  #awaited = 0;
  /** More requests got no answer than are kept: any request may be the retry of one that was forgotten. */
  #forgotRequests = false;
  /** The wording of the request before, if it is not known whether it got an answer. */
  #unknown: string | undefined;
  /** As in TrackedRequest, of that request. */
  #failuresBefore: number | undefined;
  #file: string | undefined;
  readonly #before: ConversationState;
  readonly #rules: RuleSet;
  readonly #source: RequestSource;

  /**
   * @param before the state of the conversation before its first request
   * @param rules by default the documented ones
   */
  constructor(
    before: ConversationState = newConversation,
    rules: RuleSet = documentedRules,
    source: RequestSource = { hasStatuses: false },
  ) {
    this.#before = before;
    this.#state = before;
    this.#rules = rules;
    this.#source = source;
  }

  /** The state of the conversation; while it is out of order, its state before that. */
  get state(): ConversationState {
    return this.#state;
  }

  /**
   * Whether a request came after one with a later time, or the source has got its first status since a repetition was taken for a
   * duplicate: call `restart` and take all again, sorted by time.
   */
  get isOutOfOrder(): boolean {
    return this.#isOutOfOrder || (this.#tookRepetition && this.#source.hasStatuses);
  }

  /** Whether a request got no answer, and its retry may still come. */
  get isUnanswered(): boolean {
    return this.#awaited > 0;
  }

  /** Why its order is judged in part only: it was more than is kept of one conversation. Undefined when it was not. */
  get excess(): string | undefined {
    if (this.#state.crowded) return `more than ${grouped(maxAgents)} agents at a time`;
    return this.#forgotRequests
      ? `more than ${grouped(maxUnanswered)} different requests without an answer`
      : undefined;
  }

  /** Judges a request as if it came now. Changes nothing. */
  preview(request: TrackedRequest): Ruling {
    const { steps, status, time } = request;
    const before = this.#state;
    if (isRefused(status)) return { role: 'refused', breaches: nothing, state: before };
    if (this.isOutOfOrder || this.#isEarly(time)) return { role: 'early', breaches: nothing, state: before };
    let state = before;
    const breaches: Breach[] = [];
    for (const step of steps) {
      const next = advance(state, step, this.#rules);
      state = next.state;
      for (const breach of next.breaches) breaches.push(breach);
    }
    if (!breaches.some(({ finding }) => finding.level === 'must')) return { role: 'taken', breaches, state };
    if (this.#isRetry(steps)) return { role: 'retry', breaches: nothing, state: before };
    return this.#repeats(steps) && this.#mayBeRetried(request)
      ? { role: 'repeat', breaches: nothing, state: before }
      : { role: 'taken', breaches, state };
  }

  /** Takes a request. @param ruling the result of `preview`, if it was called just before */
  take(request: TrackedRequest, ruling: Ruling = this.preview(request)): Ruling {
    const { time } = request;
    if (time !== undefined && (this.latestTime === undefined || time > this.latestTime))
      this.latestTime = time;
    if (ruling.role === 'refused') this.refused += 1;
    else if (ruling.role === 'retry') this.retries += 1;
    else if (ruling.role === 'repeat') this.repeats += 1;
    else this.taken += 1;
    this.#state = ruling.state;
    if (ruling.role === 'early') this.#isOutOfOrder = true;
    else if (ruling.role !== 'refused') {
      this.#noteAnswer(ruling.role, request);
      if (ruling.breaches.length > 0 && this.#repeats(request.steps)) this.#tookRepetition = true;
      this.#noteUnknown(request);
    }
    return ruling;
  }

  /** A request could not be read: it is no longer known who is in the conversation, and what is missing may be that request. */
  lose(): void {
    this.#isLost = true;
    this.#forget();
  }

  /** A request that was refused broke a rule: what would follow from the refusal is not held against its sender. */
  dispute(): void {
    // Out of order, that is found once more when all are taken again.
    if (this.isOutOfOrder) return;
    this.#isDisputed = true;
    this.#forget();
  }

  /**
   * A request was refused that was sent before one that was taken already. If it may have broken a rule, or a later refusal
   * may follow from it, all are to be taken again: then what was sent after it is judged in its light.
   */
  refusedEarly(status: number | undefined): void {
    if (isRefusedForContent(status) || this.#isDisputed) this.#isOutOfOrder = true;
  }

  /** From here on it is not known who is in the conversation. */
  #forget(): void {
    // Out of order, `restart` starts from an unknown state.
    if (this.isOutOfOrder) return;
    const { begun, startMissing } = this.#state;
    this.#state = {
      ...this.#state,
      begun: true,
      startMissing: startMissing || !begun,
      rosterUnknown: true,
      lastExit: 'unknown',
    };
  }

  /** What is missing when nothing more comes; empty when a part of the conversation is not known. */
  get missing(): readonly SenderFinding[] {
    if (this.#isLost || this.#isDisputed || this.taken === 0) return [];
    const missing = atClose(this.#state);
    if (missing.length === 0 || this.refused === 0) return missing;
    const were = this.refused === 1 ? 'was' : 'were';
    return missing.map((found) => ({
      ...found,
      message: `${found.message} (${this.refused} of its requests ${were} refused)`,
    }));
  }

  /** Goes on from here, for a caller that cannot take all again: what came out of order counts as lost. */
  giveUpOrder(): void {
    this.#isOutOfOrder = false;
    this.#tookRepetition = false;
    this.lose();
  }

  /** Forgets all requests, so that they can be taken again in the right order. */
  restart(): void {
    this.#isOutOfOrder = false;
    this.#tookRepetition = false;
    this.#isDisputed = false;
    this.#state = this.#isLost && this.#before === newConversation ? lostBefore : this.#before;
    this.#unanswered = undefined;
    this.#awaited = 0;
    this.#forgotRequests = false;
    this.latestTime = undefined;
    this.refused = 0;
    this.taken = 0;
    this.retries = 0;
    this.repeats = 0;
    this.#unknown = undefined;
  }

  /**
   * Whether a request that would break a must as a new one is a retry of one that got no answer: it has the same wording.
   * (If it breaks none, it counts as a new request: the first one was not processed, or the same is due again.)
   */
  #isRetry(steps: readonly PlacedStep[]): boolean {
    if (!this.#unanswered) return false;
    return this.#forgotRequests || this.#unanswered.has(wordingOf(steps));
  }

  /** Updates the requests without an answer after a request that was taken, or was a retry. */
  #noteAnswer(role: Role, { steps, status }: TrackedRequest): void {
    if (!this.#unanswered && !isUnanswered(status)) return;
    const wording = wordingOf(steps);
    // Only messages: repeating them breaks no rule.
    if (wording === '') return;
    if (isUnanswered(status)) {
      this.#await(wording);
      return;
    }
    const unanswered = this.#unanswered!;
    if (unanswered.get(wording)) this.#awaited -= 1;
    if (role === 'retry') unanswered.delete(wording);
    else if (unanswered.has(wording)) unanswered.set(wording, false);
  }

  /** Whether a request repeats the one before, of which it is not known whether it got an answer. */
  #repeats(steps: readonly PlacedStep[]): boolean {
    return this.#unknown !== undefined && this.#unknown === wordingOf(steps);
  }

  /** Whether it may have got no answer: others have one, or something has failed since. */
  #mayBeRetried({ file, failuresBefore }: TrackedRequest): boolean {
    const { hasStatuses, tellsOfFailures = false } = this.#source;
    if (hasStatuses || failuresBefore !== this.#failuresBefore) return true;
    return tellsOfFailures && file !== this.#file;
  }

  /** Messages in between change nothing: they may be sent while a request is repeated. */
  #noteUnknown({ steps, file, status, failuresBefore }: TrackedRequest): void {
    const wording = wordingOf(steps);
    if (wording === '') return;
    this.#unknown = status === undefined ? wording : undefined;
    this.#failuresBefore = failuresBefore;
    this.#file = file;
  }

  #await(wording: string): void {
    this.#unanswered ??= new Map();
    const known = this.#unanswered.get(wording);
    if (known === undefined && this.#unanswered.size >= maxUnanswered) {
      this.#forgotRequests = true;
      return;
    }
    if (!known) this.#awaited += 1;
    this.#unanswered.set(wording, true);
  }

  #isEarly(time: number | undefined): boolean {
    return time !== undefined && this.latestTime !== undefined && time < this.latestTime;
  }
}

/** The events of a request and their agents, as a key; without messages. */
function wordingOf(steps: readonly PlacedStep[]): string {
  const wording = steps
    .filter(({ step }) => step.type !== 'message')
    .map(({ step }) => eventWording(step))
    .join('\n');
  return abridged(wording, 1000);
}

function eventWording(step: Step): string {
  return step.type === 'transfer' ? `${stepKind(step)} ${step.agent.identity}` : step.type;
}
