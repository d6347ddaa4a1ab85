// Follows one conversation, request by request: its order, what was refused, what was sent again, what was lost, who is
// in it, what is still missing. The check of a log, the recorder, the harness's own flows, the pictures and the sandbox
// all ask it, so that they cannot disagree. Knows neither logs nor HTTP, only steps and a status.
import { advance, atClose, type Breach, type SenderFinding } from './lifecycle.ts';
import { documentedRules, type RuleSet } from './rule-set.ts';
import { type ConversationState, newConversation } from './state.ts';
import { type PlacedStep, type Step, stepKind } from './step.ts';

/** A request of a conversation, as far as its order is concerned. */
export interface TrackedRequest {
  /** Its message and its events. */
  steps: readonly PlacedStep[];
  /** HTTP status of the answer; 0 when none came; left out when that is not known: then it counts as processed. */
  status?: number | undefined;
  /** Epoch milliseconds; left out: it was sent after all that came before. */
  time?: number | undefined;
}

/**
 * What a request was to its conversation:
 * - `taken`: it was processed, or may have been;
 * - `refused`: it was certainly not processed;
 * - `retry`: the repetition of one that got no answer;
 * - `early`: it was sent before one that is known already, so that all is judged again when somebody asks.
 */
export type Role = 'taken' | 'refused' | 'retry' | 'early';

/** What the tracker says of one request. */
export interface Look {
  role: Role;
  /** The clauses of order that the request breaks: none, when it is not one that was taken. */
  breaches: readonly Breach[];
  /** Where the conversation stands after it. */
  state: ConversationState;
}

/** Whether a request was certainly not processed. */
export function isRefused(status: number | undefined): boolean {
  return status !== undefined && status >= 300 && status < 500;
}

/** Whether nobody knows if a request was processed: the repetition of it is not a second one. */
export function isUnanswered(status: number | undefined): boolean {
  return status !== undefined && (status === 0 || status >= 500);
}

/** The conversation had ended before what is seen of it. */
export const endedBefore: ConversationState = {
  ...newConversation,
  begun: true,
  ended: true,
  lastExit: 'NA',
};
/** Something was sent that is not known: nothing is held against the sender that could come of it. */
export const unknownBefore: ConversationState = {
  ...newConversation,
  begun: true,
  rosterUnknown: true,
  lastExit: 'unknown',
};
/** The same, and it may have been the beginning. */
const lostBefore: ConversationState = { ...unknownBefore, startMissing: true };

const nothing: readonly Breach[] = [];

export class ConversationTracker {
  /** Requests that were refused. */
  refused = 0;
  /** Requests that were processed, or may have been. */
  taken = 0;
  /** Requests that repeat one that got no answer. */
  retries = 0;
  /** Of the latest request, the refused ones among them; undefined as long as none has a time. */
  latestTime: number | undefined;
  #state: ConversationState;
  #isOutOfOrder = false;
  /** Something of the conversation could not be read. */
  #isLost = false;
  /**
   * Requests that got no answer, by what they say: whether the same is still waited for. A log has many conversations,
   * and most do without.
   */
  #unanswered: Map<string, boolean> | undefined;
  readonly #before: ConversationState;
  readonly #rules: RuleSet;

  /**
   * @param before where the conversation stands before anything is seen of it
   * @param rules those that are asked; the documented ones when left out
   */
  constructor(before: ConversationState = newConversation, rules: RuleSet = documentedRules) {
    this.#before = before;
    this.#state = before;
    this.#rules = rules;
  }

  /** Where the conversation stands; as long as it is out of order, where it stood before that. */
  get state(): ConversationState {
    return this.#state;
  }

  /** Whether a request came after one of a later time: `restart` and take all again, by time. */
  get isOutOfOrder(): boolean {
    return this.#isOutOfOrder;
  }

  /** Whether a request got no answer, and may come again. */
  get isUnanswered(): boolean {
    for (const isAwaited of this.#unanswered?.values() ?? []) if (isAwaited) return true;
    return false;
  }

  /** What a request would be if it came now. Changes nothing. */
  look({ steps, status, time }: TrackedRequest): Look {
    const before = this.#state;
    if (isRefused(status)) return { role: 'refused', breaches: nothing, state: before };
    if (this.#isOutOfOrder || this.#isEarly(time)) return { role: 'early', breaches: nothing, state: before };
    let state = before;
    let breaches = nothing;
    for (const step of steps) {
      const next = advance(state, step, this.#rules);
      state = next.state;
      if (next.breaches.length > 0) breaches = [...breaches, ...next.breaches];
    }
    return this.#isRetry(steps, breaches)
      ? { role: 'retry', breaches: nothing, state: before }
      : { role: 'taken', breaches, state };
  }

  /** Takes a request. @param look what was said of it just now, when that was asked */
  take(request: TrackedRequest, look: Look = this.look(request)): Look {
    const { time } = request;
    if (time !== undefined && (this.latestTime === undefined || time > this.latestTime))
      this.latestTime = time;
    if (look.role === 'refused') this.refused += 1;
    else if (look.role === 'retry') this.retries += 1;
    else this.taken += 1;
    this.#state = look.state;
    if (look.role === 'early') this.#isOutOfOrder = true;
    else if (look.role !== 'refused') this.#answered(look.role, request);
    return look;
  }

  /** Something of it could not be read: who is in it is not known any more, and what is missing may have been that. */
  lose(): void {
    this.#isLost = true;
    // Out of order, all is judged again, from what is not known.
    if (this.#isOutOfOrder) return;
    const { begun, startMissing } = this.#state;
    this.#state = {
      ...this.#state,
      begun: true,
      startMissing: startMissing || !begun,
      rosterUnknown: true,
      lastExit: 'unknown',
    };
  }

  /** What is missing when nothing more comes; nothing is where not all is known. */
  get missing(): readonly SenderFinding[] {
    if (this.#isLost || this.taken === 0) return [];
    const missing = atClose(this.#state);
    if (missing.length === 0 || this.refused === 0) return missing;
    const were = this.refused === 1 ? 'was' : 'were';
    return missing.map((found) => ({
      ...found,
      message: `${found.message} (${this.refused} of its requests ${were} refused)`,
    }));
  }

  /** Forgets what was taken, in order to take it again in its order. */
  restart(): void {
    this.#isOutOfOrder = false;
    this.#state = this.#isLost && this.#before === newConversation ? lostBefore : this.#before;
    this.#unanswered = undefined;
    this.latestTime = undefined;
    this.refused = 0;
    this.taken = 0;
    this.retries = 0;
  }

  /**
   * Whether this repeats a request of which nobody knows whether it arrived: it says the same, and would break the order
   * as a request of its own. (What fits is another event: the first had not arrived, or it is right again.)
   */
  #isRetry(steps: readonly PlacedStep[], breaches: readonly Breach[]): boolean {
    if (!this.#unanswered || !breaches.some(({ finding }) => finding.level === 'must')) return false;
    return this.#unanswered.has(wordingOf(steps));
  }

  /** What became of the requests without an answer, after one that was taken, or was a retry. */
  #answered(role: Role, { steps, status }: TrackedRequest): void {
    if (!this.#unanswered && !isUnanswered(status)) return;
    const wording = wordingOf(steps);
    // A message that comes twice breaks nothing.
    if (wording === '') return;
    if (isUnanswered(status)) {
      this.#unanswered ??= new Map();
      this.#unanswered.set(wording, true);
    } else if (role === 'retry') this.#unanswered!.delete(wording);
    else if (this.#unanswered!.has(wording)) this.#unanswered!.set(wording, false);
  }

  #isEarly(time: number | undefined): boolean {
    return time !== undefined && this.latestTime !== undefined && time < this.latestTime;
  }
}

/** What a request says about its conversation: its events and whom they are about, without messages. */
function wordingOf(steps: readonly PlacedStep[]): string {
  return steps
    .filter(({ step }) => step.type !== 'message')
    .map(({ step }) => eventWording(step))
    .join('\n');
}

function eventWording(step: Step): string {
  return step.type === 'transfer' ? `${stepKind(step)} ${step.agent.identity}` : step.type;
}
