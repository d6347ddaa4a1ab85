// A conversation that is not over: its requests as they were sent, and what is wrong with them. Where it stands, and what
// each request was to it, its tracker says.
import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import { type SenderFinding, senderFinding } from '../protocol/lifecycle/lifecycle.ts';
import type { ConversationState } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import {
  ConversationTracker,
  endedBefore,
  type Role,
  type Ruling,
  unknownBefore,
} from '../protocol/lifecycle/tracker.ts';
import { hooksEndpoint, hooksFindings, type SenderProfile } from '../protocol/sent-request.ts';
import { shown } from '../text/shown-value.ts';
import type { Past } from './recent-ends.ts';
import type { PlacedFinding, SentStep } from './result.ts';
import { type Chain, none, type StepStore } from './step-store.ts';

const nothing: readonly PlacedFinding[] = [];
const nobody: Chain['agents'] = [];

/** What a requirement of the request itself says has to be said of a repetition as well; the body was judged before. */
const ofTheRequest = /^HOOKS-(EP|HDR|AUTH)-|^HOOKS-ENV-04$/;

/** What a request is to its conversation, and what is wrong with it; nothing is changed by finding out. */
export interface JudgedRequest {
  look: Ruling;
  /** Its message and its events. */
  steps: readonly PlacedStep[];
  /** What is wrong with the request by itself, wherever it stands. */
  ofRequest: readonly SenderFinding[];
}

/** A log has many of them at a time: what most do without is left undefined. */
export class OpenConversation implements Chain {
  readonly id: string;
  /** Set when it was taken for over before. */
  readonly past: Past | undefined;
  first = none;
  last = none;
  agents = nobody;
  /** It has had no request for long. */
  idle = false;
  readonly #tracker: ConversationTracker;
  #ofRequests: PlacedFinding[] | undefined;
  #ofOrder: readonly PlacedFinding[] = nothing;
  #endpoint: string | undefined;
  readonly #store: StepStore;

  constructor(id: string, store: StepStore, past?: Past) {
    this.id = id;
    this.#store = store;
    this.past = past;
    this.#tracker = new ConversationTracker(past && (past.over === 'idle' ? unknownBefore : endedBefore));
  }

  get state(): ConversationState {
    return this.#inOrder().state;
  }

  /** Whether a record came after one of a later time: then the order is judged anew when somebody asks. */
  get isOutOfOrder(): boolean {
    return this.#tracker.isOutOfOrder;
  }

  /** Epoch milliseconds of its latest request, refused ones among them; undefined as long as none has a time. */
  get latestTime(): number | undefined {
    return this.#tracker.latestTime;
  }

  /** Whether a request got no answer, so that it may come again. */
  get isUnanswered(): boolean {
    return this.#tracker.isUnanswered;
  }

  /** Whether anything of it was judged: neither refused nor lost. */
  get wasSeen(): boolean {
    return this.#tracker.taken > 0;
  }

  /** Repetitions of requests that got no answer. */
  get retries(): number {
    return this.#inOrder().retries;
  }

  /** What is wrong so far; in the order of the log. */
  get findings(): readonly PlacedFinding[] {
    this.#inOrder();
    return this.#with(this.#ofOrder);
  }

  /** What is wrong when nothing more comes. */
  get findingsAtClose(): readonly PlacedFinding[] {
    const { missing } = this.#inOrder();
    if (missing.length === 0) return this.findings;
    const { file, line } = this.steps.at(-1) ?? this.#store.place(this);
    return this.#with([...this.#ofOrder, ...missing.map((found) => ({ ...found, file, line }))]);
  }

  /** What was sent, the refused ones among it; by time, where records carry one. */
  get steps(): readonly SentStep[] {
    return this.#store.steps(this);
  }

  /** Where the latest line of it stands. */
  get latest(): LogPosition {
    return this.#store.place(this);
  }

  /** What a request would be if it came now. */
  look(record: SentRecord, profile: SenderProfile): JudgedRequest {
    const { body, status, time, url } = record;
    const steps = placedStepsOf(body as object);
    const look = this.#tracker.preview({ steps, status, time });
    const found = hooksFindings(record, profile);
    if (look.role === 'refused') return { look, steps, ofRequest: found };
    const ofBody = look.role === 'retry' ? found.filter((one) => this.#isNew(one)) : found;
    const moved = url === undefined ? undefined : this.#otherEndpoint(url, profile.hooksPath);
    return { look, steps, ofRequest: moved ? [moved, ...ofBody] : ofBody };
  }

  /** Takes a request. @param judged what was said of it just now */
  take(record: SentRecord, judged: JudgedRequest, hooksPath: string | undefined): Role {
    const { look, steps, ofRequest } = judged;
    const { file, line, url, status, time } = record;
    this.#tracker.take({ steps, status, time }, look);
    for (const step of steps) this.#store.add(this, step, record);
    if (ofRequest.length > 0) {
      this.#ofRequests ??= [];
      for (const found of ofRequest) this.#ofRequests.push({ ...found, file, line });
    }
    this.#break(look, record);
    if (look.role !== 'refused' && url !== undefined)
      this.#endpoint = endpointOf(url, hooksPath) ?? this.#endpoint;
    return look.role;
  }

  /** Something of it could not be read. @param time of the log, in epoch milliseconds, where it tells one */
  lose(time: number | undefined): void {
    this.#tracker.lose();
    this.#tracker.latestTime ??= time;
  }

  /** Nobody asks for its steps any more. */
  dispose(): void {
    this.#store.release(this);
  }

  /** The tracker, once what came out of order is judged again, by time. */
  #inOrder(): ConversationTracker {
    const tracker = this.#tracker;
    if (!tracker.isOutOfOrder) return tracker;
    tracker.restart();
    this.#ofOrder = nothing;
    for (const steps of requestsOf(this.steps)) {
      const { status, time } = steps[0]!;
      this.#break(tracker.take({ steps, status, time }), steps[0]!);
    }
    return tracker;
  }

  #break({ breaches }: Ruling, { file, line }: LogPosition): void {
    if (breaches.length === 0) return;
    this.#ofOrder = [...this.#ofOrder, ...breaches.map(({ finding }) => ({ ...finding, file, line }))];
  }

  /** Of a repetition: whether it was not said of what it repeats. */
  #isNew({ requirement, message, pointer }: SenderFinding): boolean {
    if (ofTheRequest.test(requirement)) return true;
    return !this.#ofRequests?.some(
      (one) => one.requirement === requirement && one.message === message && one.pointer === pointer,
    );
  }

  /** HOOKS-EP-03 */
  #otherEndpoint(url: string, hooksPath: string | undefined): SenderFinding | undefined {
    const now = endpointOf(url, hooksPath);
    if (now === undefined || this.#endpoint === undefined || this.#endpoint === now) return undefined;
    return senderFinding(
      'HOOKS-EP-03',
      `The request goes to ${shown(now)}, the one before it went to ${shown(this.#endpoint)}`,
    );
  }

  #with(ofOrder: readonly PlacedFinding[]): readonly PlacedFinding[] {
    if (!this.#ofRequests) return ofOrder;
    return [...this.#ofRequests, ...ofOrder].sort((one, other) => one.line - other.line);
  }
}

function endpointOf(url: string, hooksPath: string | undefined): string | undefined {
  const endpoint = hooksEndpoint(url, hooksPath);
  return endpoint && `${endpoint.path}/${endpoint.botId}`;
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
