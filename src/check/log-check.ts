// The check of a log: requests in, one after the other; conversations out, each as soon as it is over.
// Memory grows with the conversations that are open, not with the log.

import { isRefused, type LogPosition, type SentRecord, type Skipped } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { isObject } from '../protocol/requests.ts';
import {
  assignmentFindings,
  defaultSenderProfile,
  hooksFindings,
  isAssignment,
  type SenderProfile,
} from '../protocol/sent-request.ts';
import { conversationVerdict, counters, worse } from './conversation-verdict.ts';
import { EndedQueue } from './ended-queue.ts';
import { defaultIdleMs, type LogCheckOptions } from './log-check-options.ts';
import { OpenConversation } from './open-conversation.ts';
import { RecentEnds } from './recent-ends.ts';
import { Renamed } from './renamed.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding, SentStep, Totals } from './result.ts';
import { StepStore } from './step-store.ts';
import { Tally } from './tally.ts';

/** Conversations that are idle and may still go on; beyond that the oldest are taken for over. */
const maxIdle = 100_000;

/** What a requirement of the request itself says has to be said of a repetition as well; the body was judged before. */
const ofTheRequest = /^HOOKS-(EP|HDR|AUTH)-|^HOOKS-ENV-04$/;

const noSteps: readonly SentStep[] = [];

export class LogCheck {
  readonly totals: Totals = {
    lines: 0,
    requests: 0,
    conversations: 0,
    skipped: 0,
    others: 0,
    refused: 0,
    retries: 0,
    passed: 0,
    warned: 0,
    failed: 0,
  };
  readonly #options: LogCheckOptions;
  readonly #profile: SenderProfile;
  readonly #idleMs: number;
  readonly #open = new Map<string, OpenConversation>();
  readonly #steps = new StepStore();
  readonly #ended: EndedQueue;
  readonly #over = new RecentEnds();
  readonly #renamed = new Renamed(this.#open);
  readonly #tally: Tally;
  #idle = 0;
  /** The latest time that any record tells. */
  #clock = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;
  /** The log breaks off: what is missing at its end may have come. */
  #cut = false;

  constructor(options: LogCheckOptions = {}) {
    this.#options = options;
    this.#profile = options.profile ?? defaultSenderProfile;
    this.#idleMs = options.idleMs ?? defaultIdleMs;
    this.#ended = new EndedQueue(this.#idleMs);
    this.#tally = new Tally(options.failOn ?? 'must');
  }

  /** How many findings there are so far, in conversations that are over. */
  get findings(): number {
    return this.#tally.findings;
  }

  /** One request, in the order of the log. */
  take(record: SentRecord): void {
    this.totals.lines += 1;
    this.totals.requests += 1;
    if (record.time !== undefined && record.time > this.#clock) this.#clock = record.time;
    if (record.timeUnread) this.#tally.timesUnread += 1;
    if (record.url !== undefined && isAssignment(record.url)) {
      this.#loose(assignmentFindings(record), record);
      if (isRefused(record.status)) this.totals.refused += 1;
    } else this.#takeHooks(record);
    this.#settle();
  }

  /** A call of another kind. */
  other(): void {
    this.totals.lines += 1;
    this.totals.others += 1;
  }

  /** A line that could not be judged. */
  skip(skipped: Skipped): void {
    this.totals.lines += 1;
    this.#skipped(skipped);
    if (skipped.damage === 'cut') this.#cut = true;
    const { conversationId: id } = skipped;
    if (id === undefined) return;
    const conversation = this.#open.get(id) ?? this.#begin(id);
    conversation.lose();
    if (this.#clock > Number.NEGATIVE_INFINITY) conversation.latestTime ??= this.#clock;
  }

  /** The conversations that are not over yet, and those that have ended and are still kept. */
  open(): CheckedConversation[] {
    return [...this.#open.values()].map((conversation) => this.#checked(conversation, conversation.findings));
  }

  /** What is known of a conversation that is open, or has ended and is still kept. */
  conversation(id: string): CheckedConversation | undefined {
    const found = this.#open.get(id);
    return found && this.#checked(found, found.findings);
  }

  /** Whether a conversation has ended and is still kept. */
  hasEnded(id: string): boolean {
    return this.#open.get(id)?.state.ended ?? false;
  }

  /** Tells of what is idle at a time of the clock, for whoever watches a log as it is written. */
  closeIdle(now: number): void {
    this.#clock = Math.max(this.#clock, now);
    this.#settle();
    this.#sweep();
  }

  /** The log has ended: all conversations are over. */
  end(): CheckSummary {
    for (const conversation of [...this.#open.values()]) this.#close(conversation);
    return this.#tally.summary(this.totals);
  }

  #takeHooks(record: SentRecord): void {
    const findings = hooksFindings(record, this.#profile);
    const id = isObject(record.body) ? record.body.conversationId : undefined;
    if (typeof id !== 'string' || id === '') {
      this.#loose(findings, record);
      return;
    }
    const known = this.#open.get(id);
    if (!known && this.#isTooLate(id, record)) return;
    const conversation = known ?? this.#begin(id);
    this.#wake(conversation);
    if (isRefused(record.status)) {
      this.totals.refused += 1;
      conversation.add(findings, record);
      conversation.keep(record);
      return;
    }
    const { url } = record;
    if (url !== undefined) conversation.sameEndpoint(record, url, this.#profile.hooksPath);
    if (conversation.isRetry(record)) {
      conversation.repeat(record);
      conversation.add(
        findings.filter(({ requirement }) => ofTheRequest.test(requirement)),
        record,
      );
      return;
    }
    conversation.add(findings, record);
    this.#judge(conversation, record);
  }

  #judge(conversation: OpenConversation, record: SentRecord): void {
    const { id, isOutOfOrder } = conversation;
    const wasEnded = !isOutOfOrder && conversation.state.ended;
    const began = !isOutOfOrder && !conversation.state.begun;
    const steps = conversation.take(record);
    // One that is out of order is judged when it is due: each time would take time without end.
    const isEnded = conversation.isOutOfOrder ? !isOutOfOrder : !wasEnded && conversation.state.ended;
    if (!conversation.isOutOfOrder) {
      this.#renamed.taken(id, steps, began && conversation.state.begun, record);
    }
    if (!isEnded) return;
    const timed = record.time !== undefined;
    this.#ended.add(conversation, timed ? this.#clock : undefined, this.totals.requests);
  }

  #begin(id: string): OpenConversation {
    const conversation = new OpenConversation(id, this.#steps, this.#over.get(id));
    if (!conversation.past) this.totals.conversations += 1;
    this.#open.set(id, conversation);
    return conversation;
  }

  /** By its time it belongs before the end of a conversation that is over, and nobody can say what it would have changed. */
  #isTooLate(id: string, { time, file, line }: SentRecord): boolean {
    const past = time === undefined ? undefined : this.#over.get(id);
    if (past?.until === undefined || time! >= past.until) return false;
    this.totals.requests -= 1;
    const reason = 'it stands too late in the log to be put in order: its conversation was over long before';
    this.#skipped({ file, line, reason });
    return true;
  }

  #skipped(skipped: Skipped): void {
    this.totals.skipped += 1;
    this.#tally.skip(skipped);
  }

  #wake(conversation: OpenConversation): void {
    if (!conversation.idle) return;
    conversation.idle = false;
    this.#idle -= 1;
  }

  /** Lets go what has ended long enough ago; looks for what has gone idle, from time to time. */
  #settle(): void {
    for (;;) {
      const next = this.#ended.next(this.#clock, this.totals.requests);
      if (!next) break;
      const { conversation, forced } = next;
      // One that was taken up again by a redial is queued anew when it ends; one without an answer may come again.
      if (this.#open.get(conversation.id) !== conversation || !conversation.state.ended) continue;
      const { latestTime, isUnanswered } = conversation;
      if (!forced && latestTime !== undefined && latestTime + this.#idleMs > this.#clock) {
        this.#ended.add(conversation, latestTime, this.totals.requests);
      } else if (!isUnanswered) this.#close(conversation);
    }
    if (this.#clock - this.#sweptAt >= this.#idleMs / 4) this.#sweep();
  }

  #sweep(): void {
    this.#sweptAt = this.#clock;
    for (const conversation of this.#open.values()) {
      const { latestTime, idle } = conversation;
      if (idle || latestTime === undefined || latestTime + this.#idleMs > this.#clock) continue;
      if (conversation.state.ended) this.#close(conversation);
      else {
        conversation.idle = true;
        this.#idle += 1;
        this.#options.onIdle?.(this.#checked(conversation, conversation.findingsAtClose));
      }
    }
    if (this.#idle <= maxIdle) return;
    for (const conversation of this.#open.values()) {
      if (conversation.idle && this.#idle > maxIdle / 2) this.#close(conversation);
    }
  }

  #close(conversation: OpenConversation): void {
    const { id, past, latestTime } = conversation;
    this.#wake(conversation);
    this.#open.delete(id);
    const { ended } = conversation.state;
    this.totals.retries += conversation.retries;
    // Where a log breaks off, what did not come may have been in what is missing, unless it had been idle before.
    const isIdle = latestTime !== undefined && latestTime + this.#idleMs <= this.#clock;
    const mayGoOn = this.#cut && !ended && !isIdle;
    const findings = mayGoOn ? conversation.findings : conversation.findingsAtClose;
    if (!conversation.wasSeen && findings.length === 0) {
      this.#unseen(conversation);
      return;
    }
    if (mayGoOn) this.#tally.cutOff += 1;
    const renamed = this.#renamed.goesOnElsewhere(id, findings);
    const told = renamed ? [...findings, { ...renamed, ...conversation.latest }] : findings;
    const checked = this.#checked(conversation, told);
    const verdict = past ? worse(past.verdict, checked.verdict) : checked.verdict;
    this.#over.add(id, { over: ended ? 'ended' : 'idle', verdict, until: latestTime ?? past?.until });
    if (past) this.totals[counters[past.verdict]] -= 1;
    this.totals[counters[verdict]] += 1;
    if (past?.over === 'idle') this.#tally.resumed += 1;
    this.#tally.conversation(checked, past?.verdict === 'fail');
    this.#options.onClosed?.(checked);
    conversation.dispose();
  }

  /** All of it was refused, or could not be read: it is no conversation that could be judged. */
  #unseen(conversation: OpenConversation): void {
    if (!conversation.past) this.totals.conversations -= 1;
    if (conversation.steps.length > 0) this.#tally.refused += 1;
    conversation.dispose();
  }

  #checked(conversation: OpenConversation, found: readonly PlacedFinding[]): CheckedConversation {
    const findings = found.length > 0 ? found.filter((one) => this.#asked(one)) : found;
    const wanted = findings.length > 0 || this.#options.stepsOf === 'all';
    return {
      conversationId: conversation.id,
      verdict: conversationVerdict(findings, this.#options.failOn),
      findings,
      steps: wanted ? conversation.steps : noSteps,
    };
  }

  #loose(findings: readonly SenderFinding[], { file, line }: LogPosition): void {
    for (const found of findings) {
      if (!this.#asked(found)) continue;
      const placed = { ...found, file, line };
      this.#tally.loose(placed);
      this.#options.onLoose?.(placed);
    }
  }

  #asked({ requirement }: SenderFinding): boolean {
    return this.#options.only?.has(requirement) ?? true;
  }
}
