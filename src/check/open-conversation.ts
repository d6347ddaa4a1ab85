// A conversation that is not over: its requests, and what is wrong with them. Its tracker knows its state, and what each
// request is in it.
import type { LogPosition, SentRecord } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { type RuleSet, rulesFor } from '../protocol/lifecycle/rule-set.ts';
import { type ConversationState, endedBefore, unknownBefore } from '../protocol/lifecycle/state.ts';
import { type PlacedStep, placedStepsOf } from '../protocol/lifecycle/step.ts';
import {
  ConversationTracker,
  isRefusedForContent,
  type RequestSource,
  type Role,
  type Ruling,
  type TrackedRequest,
} from '../protocol/lifecycle/tracker.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';
import { grouped } from '../text/count.ts';
import { exactFindings } from './exact-findings.ts';
import { FindingList } from './finding-list.ts';
import { endpointOf, otherEndpoint } from './other-endpoint.ts';
import type { OtherTimes } from './other-times.ts';
import type { Past } from './recently-closed.ts';
import type { FurtherFindings, PlacedFinding, SentStep } from './result.ts';
import { requestsOf } from './sent-requests.ts';
import { type Chain, none, type StepStore } from './step-store.ts';

const nothing: readonly PlacedFinding[] = [];
const nobody: Chain['agents'] = [];

/** How many steps of one conversation are kept: to draw it, and to judge it again when requests come out of order. */
export const maxSteps = 25_000;
/** A conversation with fewer steps is judged again as often as somebody asks. */
const fewSteps = 200;

/** Requirements that are judged for a retry as well: they are not about the body, which was judged the first time. */
const ofEveryRequest = /^HOOKS-(EP|HDR|AUTH)-|^HOOKS-ENV-04$/;

/** What a request is in its conversation, and what is wrong with it. */
export interface JudgedRequest {
  ruling: Ruling;
  /** Its message and its events. */
  steps: readonly PlacedStep[];
  /** What is wrong with the request on its own, regardless of the order. */
  requestFindings: readonly SenderFinding[];
  /** It was refused, and was sent before a request that was taken already. */
  isEarly?: boolean;
}

/** What all conversations of a log have in common. */
export interface ConversationContext {
  store: StepStore;
  profile: SenderProfile;
  source: RequestSource;
}

/** Many are open at a time, so the members that most do not need stay undefined. */
export class OpenConversation implements Chain {
  readonly id: string;
  /** Set when it was closed before, and has gone on. */
  readonly past: Past | undefined;
  first = none;
  last = none;
  kept = 0;
  agents = nobody;
  /** It has not had a request for a long time. */
  idle = false;
  /** Lines so far that may be a call of any conversation, and so of this one. */
  lostCalls = 0;
  /** What may be the times of its requests, where none is known. */
  otherTimes: OtherTimes | undefined;
  readonly #tracker: ConversationTracker;
  #requestFindings: FindingList | undefined;
  #orderFindings: FindingList | undefined;
  /** How many steps there were when it was last judged again. */
  #rejudgedAt = 0;
  /** The position of its latest step, when it is not kept. */
  #unkept: LogPosition | undefined;
  /** Counts what may have changed its findings. */
  #changes = 0;
  /** Requests came out of order when not all steps were kept any more. */
  #wasGivenUp = false;
  #endpoint: string | undefined;
  readonly #store: StepStore;
  readonly rules: RuleSet;

  constructor(id: string, { store, profile, source }: ConversationContext, past?: Past) {
    this.id = id;
    this.#store = store;
    this.past = past;
    const before = past && (past.reason === 'idle' ? unknownBefore : endedBefore);
    this.rules = rulesFor(profile);
    this.#tracker = new ConversationTracker(before, this.rules, source);
  }

  get state(): ConversationState {
    return this.#inOrder().state;
  }

  /**
   * Whether it has ended, as far as is known. A long conversation that is out of order is not judged again for every
   * request: only once it has grown, or when it is over.
   */
  get hasEnded(): boolean {
    const isPostponed =
      this.isOutOfOrder && this.kept > fewSteps && this.kept < this.#rejudgedAt + this.#rejudgedAt / 8;
    return !isPostponed && this.state.ended;
  }

  /** Changes whenever its findings may have changed. */
  get revision(): number {
    return this.#changes;
  }

  /** Why its order is judged in part only; undefined when all of it is. */
  get excess(): string | undefined {
    return this.#wasGivenUp
      ? `more than ${grouped(maxSteps)} events, not in the order of their times`
      : this.#inOrder().excess;
  }

  /** Whether a record came after one with a later time: then the order is judged again when somebody asks. */
  get isOutOfOrder(): boolean {
    return this.#tracker.isOutOfOrder;
  }

  /** Epoch milliseconds of its latest request, refused or not; undefined while no request has a time. */
  get latestTime(): number | undefined {
    return this.#tracker.latestTime;
  }

  /** Whether a request got no answer, and its retry may still come. */
  get isUnanswered(): boolean {
    return this.#tracker.isUnanswered;
  }

  /** Whether it has a request that was judged: neither refused nor lost. */
  get wasSeen(): boolean {
    return this.#tracker.taken > 0;
  }

  /** Repetitions of requests that got no answer, and of those whose answer was not recorded: retries, or duplicates. */
  get repetitions(): { retries: number; repeats: number } {
    return this.#inOrder();
  }

  /** What is wrong so far, in the order of the log. */
  get findings(): readonly PlacedFinding[] {
    this.#inOrder();
    if (!this.#requestFindings && !this.#orderFindings) return nothing;
    const found = [...(this.#requestFindings?.kept ?? []), ...(this.#orderFindings?.kept ?? [])];
    return found.sort(this.#store.inLogOrder);
  }

  /** How many findings there are besides those. */
  get further(): readonly FurtherFindings[] {
    this.#inOrder();
    return [...(this.#requestFindings?.further ?? []), ...(this.#orderFindings?.further ?? [])];
  }

  /** What is wrong when nothing more comes. */
  get findingsAtClose(): readonly PlacedFinding[] {
    const { missing } = this.#inOrder();
    if (missing.length === 0) return this.findings;
    const { file, line } = this.#unkept ?? this.steps.at(-1) ?? this.#store.place(this);
    const all = [...this.findings, ...missing.map((found) => ({ ...found, file, line }))];
    return all.sort(this.#store.inLogOrder);
  }

  /** The steps of its requests, refused or not, the first 25,000; sorted by time when the records have one. */
  get steps(): readonly SentStep[] {
    return this.#store.steps(this);
  }

  /** The position of its latest request. */
  get latest(): LogPosition {
    return this.#unkept ?? this.#store.place(this);
  }

  /** Judges a request as if it came now. Changes nothing. */
  preview(record: SentRecord, profile: SenderProfile): JudgedRequest {
    const { file, body, status, time, url, failuresBefore } = record;
    const steps = placedStepsOf(body as object);
    const ruling = this.#ruled({ steps, file, status, time, failuresBefore });
    if (record.onPurpose) return { ruling: { ...ruling, breaches: [] }, steps, requestFindings: [] };
    const found = exactFindings(record, profile);
    if (ruling.role === 'refused') {
      const isEarly = this.#tracker.preview({ steps, time }).role === 'early';
      return { ruling, steps, requestFindings: found, isEarly };
    }
    const remaining =
      ruling.role === 'retry' || ruling.role === 'repeat' ? found.filter((one) => this.#isNew(one)) : found;
    const moved = url === undefined ? undefined : otherEndpoint(url, this.#endpoint, profile);
    return { ruling, steps, requestFindings: moved ? [moved, ...remaining] : remaining };
  }

  /** Takes a request. @param judged the result of `preview`, called just before */
  take(record: SentRecord, judged: JudgedRequest, hooksPath: string | undefined): Role {
    const { ruling, steps, requestFindings } = judged;
    const { file, url, status, time, failuresBefore } = record;
    this.#tracker.take({ steps, file, status, time, failuresBefore }, ruling);
    // What follows from the refusal is not held against the sender.
    if (ruling.role === 'refused' && ruling.breaches.length > 0) this.#tracker.dispute();
    if (judged.isEarly && !this.#unkept) this.#tracker.refusedEarly(status);
    this.#keep(steps, record);
    const isEarly = judged.isEarly || ruling.role === 'early';
    this.#changes += requestFindings.length + ruling.breaches.length + (isEarly ? 1 : 0);
    if (requestFindings.length > 0) {
      this.#requestFindings ??= new FindingList();
      for (const found of requestFindings) this.#requestFindings.add(found, record);
    }
    this.#addBreaches(ruling, record);
    if (ruling.role !== 'refused' && url !== undefined && !record.onPurpose)
      this.#endpoint = endpointOf(url, hooksPath) ?? this.#endpoint;
    return ruling.role;
  }

  /** A request of it could not be read. @param time the latest of the log, in epoch milliseconds, if it has times */
  lose(time: number | undefined): void {
    this.#changes += 1;
    this.#tracker.lose();
    this.#tracker.latestTime ??= time;
  }

  /** The log has got its first status: judges its requests again if one of them was taken for a duplicate. */
  judgeRepetitions(): void {
    if (!this.isOutOfOrder) return;
    this.#changes += 1;
    this.#inOrder();
  }

  /** Whether its requests break the order as they come, all of them known. */
  get breaksOrder(): boolean {
    this.#inOrder();
    if (this.past || this.#unkept) return false;
    return this.#orderFindings?.kept.some(({ level }) => level === 'must') ?? false;
  }

  /** Its order is not judged: neither what was found so far, nor what is missing. */
  forgetOrder(): void {
    this.#orderFindings = undefined;
    this.#tracker.lose();
  }

  /** Releases its steps, which nobody needs any more. */
  dispose(): void {
    this.#store.release(this);
  }

  /** The tracker; first judges the requests again, sorted by time, if they came out of order. */
  #inOrder(): ConversationTracker {
    const tracker = this.#tracker;
    if (!tracker.isOutOfOrder) return tracker;
    if (this.#unkept) {
      this.#wasGivenUp = true;
      // What was found so far may come from the order of the log.
      this.#orderFindings = undefined;
      tracker.giveUpOrder();
      return tracker;
    }
    tracker.restart();
    this.#orderFindings = undefined;
    this.#rejudgedAt = this.kept;
    for (const steps of requestsOf(this.steps)) {
      const { file, status, time, failuresBefore } = steps[0]!;
      const request = { steps, file, status, time, failuresBefore };
      const ruling = this.#ruled(request);
      tracker.take(request, ruling);
      if (ruling.role === 'refused' && ruling.breaches.length > 0) tracker.dispute();
      this.#addBreaches(ruling, steps[0]!);
    }
    return tracker;
  }

  /**
   * How a request is ruled. One that was refused for its content, and breaks a rule, was sent all the same: so the rule is
   * broken. Only the first that was refused, since what comes after may follow from that.
   */
  #ruled(request: TrackedRequest): Ruling {
    const tracker = this.#tracker;
    const ruling = tracker.preview(request);
    const { status } = request;
    if (ruling.role !== 'refused' || tracker.refused > 0 || !isRefusedForContent(status)) return ruling;
    const { role, breaches } = tracker.preview({ ...request, status: undefined });
    if (role !== 'taken' || !breaches.some(({ finding }) => finding.level === 'must')) return ruling;
    const refused = breaches.map((breach) => {
      const message = `${breach.finding.message} (the tenant refused it with ${status})`;
      return { ...breach, finding: { ...breach.finding, message } };
    });
    return { ...ruling, breaches: refused };
  }

  #addBreaches({ breaches }: Ruling, place: LogPosition): void {
    if (breaches.length === 0 || this.#wasGivenUp) return;
    this.#orderFindings ??= new FindingList();
    for (const { finding } of breaches) this.#orderFindings.add(finding, place);
  }

  /** Keeps all steps of a request, or none: then those of later requests are not kept either. */
  #keep(steps: readonly PlacedStep[], record: SentRecord): void {
    if (this.#unkept || this.kept + steps.length > maxSteps) {
      this.#unkept = { file: record.file, line: record.line };
      return;
    }
    for (const step of steps) this.#store.add(this, step, record);
  }

  /** Whether a finding on a retry was not already reported for the request that it repeats. */
  #isNew(found: SenderFinding): boolean {
    return ofEveryRequest.test(found.requirement) || !this.#requestFindings?.has(found);
  }
}
