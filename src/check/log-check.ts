// The check of a log: requests in, one after the other; conversations out, each as soon as it is over.
// Memory grows with the conversations that are open, not with the log.

import type { LogPosition, SentRecord, Skipped } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { isRefused } from '../protocol/lifecycle/tracker.ts';
import { conversationIdOf } from '../protocol/requests.ts';
import {
  assignmentFindings,
  defaultSenderProfile,
  hooksFindings,
  isAssignment,
  type SenderProfile,
} from '../protocol/sent-request.ts';
import { conversationVerdict, counters, worse } from './conversation-verdict.ts';
import { defaultIdleMs, type LogCheckOptions } from './log-check-options.ts';
import { OpenConversation } from './open-conversation.ts';
import { OpenConversations } from './open-conversations.ts';
import { RecentEnds } from './recent-ends.ts';
import { Renamed } from './renamed.ts';
import type {
  CheckedConversation,
  CheckSummary,
  PlacedFinding,
  RequestLook,
  SentStep,
  Totals,
} from './result.ts';
import { StepStore } from './step-store.ts';
import { Tally } from './tally.ts';

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
  readonly #open: OpenConversations;
  readonly #steps = new StepStore();
  readonly #over = new RecentEnds();
  readonly #renamed: Renamed;
  readonly #tally: Tally;
  /** The log breaks off: what is missing at its end may have come. */
  #cut = false;

  constructor(options: LogCheckOptions = {}) {
    this.#options = options;
    this.#profile = options.profile ?? defaultSenderProfile;
    this.#open = new OpenConversations({
      idleMs: options.idleMs ?? defaultIdleMs,
      onOver: (conversation) => this.#close(conversation),
      onIdle: (conversation) => options.onIdle?.(this.#checked(conversation, conversation.findingsAtClose)),
    });
    this.#renamed = new Renamed(this.#open.byId);
    this.#tally = new Tally(options.failOn ?? 'must');
  }

  /** How many findings there are so far, in conversations that are over. */
  get findings(): number {
    return this.#tally.findings;
  }

  /** Epoch milliseconds of the latest request; undefined as long as none has a time. */
  get latestTime(): number | undefined {
    return this.#open.latestTime;
  }

  /** One request, in the order of the log. */
  take(record: SentRecord): void {
    this.totals.lines += 1;
    this.totals.requests += 1;
    if (record.time !== undefined) this.#open.advanceClock(record.time);
    if (record.timeUnread) this.#tally.timesUnread += 1;
    if (isOfAssignment(record)) {
      this.#loose(assignmentFindings(record), record);
      if (isRefused(record.status)) this.totals.refused += 1;
    } else this.#takeHooks(record);
    this.#open.settle(this.totals.requests);
  }

  /**
   * What the check says of a request as it comes, before it is taken: what is wrong with it, and what it is to its
   * conversation. Nothing is changed by it.
   */
  look(record: SentRecord): RequestLook {
    if (isOfAssignment(record)) return { ofRequest: assignmentFindings(record), ofOrder: [] };
    const id = conversationIdOf(record.body);
    if (id === undefined) return { ofRequest: hooksFindings(record, this.#profile), ofOrder: [] };
    const known = this.#open.byId.get(id);
    if (!known && this.#isTooLate(id, record)) return { ofRequest: [], ofOrder: [], role: 'early' };
    const conversation = known ?? new OpenConversation(id, this.#steps, this.#over.get(id));
    const { look, ofRequest } = conversation.look(record, this.#profile);
    return { ofRequest, ofOrder: look.breaches.map(({ finding }) => finding), role: look.role };
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
    const conversation = this.#open.byId.get(id) ?? this.#begin(id);
    conversation.lose(this.latestTime);
  }

  /** The conversations that are not over yet, and those that have ended and are still kept. */
  open(): CheckedConversation[] {
    return [...this.#open.byId.values()].map((conversation) =>
      this.#checked(conversation, conversation.findings),
    );
  }

  /** What is known of a conversation that is open, or has ended and is still kept. */
  conversation(id: string): CheckedConversation | undefined {
    const found = this.#open.byId.get(id);
    return found && this.#checked(found, found.findings);
  }

  /** Whether a conversation has ended and is still kept. */
  hasEnded(id: string): boolean {
    return this.#open.byId.get(id)?.state.ended ?? false;
  }

  /** Tells of what is idle at a time of the clock, for whoever watches a log as it is written. */
  closeIdle(now: number): void {
    this.#open.advanceClock(now);
    this.#open.settle(this.totals.requests);
    this.#open.sweep();
  }

  /** The log has ended: all conversations are over. */
  end(): CheckSummary {
    this.#open.endAll();
    return this.#tally.summary(this.totals);
  }

  #takeHooks(record: SentRecord): void {
    const id = conversationIdOf(record.body);
    if (id === undefined) {
      this.#loose(hooksFindings(record, this.#profile), record);
      return;
    }
    const known = this.#open.byId.get(id);
    if (!known && this.#isTooLate(id, record)) {
      this.totals.requests -= 1;
      const { file, line } = record;
      const reason =
        'it stands too late in the log to be put in order: its conversation was over long before';
      this.#skipped({ file, line, reason });
      return;
    }
    const conversation = known ?? this.#begin(id);
    this.#open.wake(conversation);
    const wasOutOfOrder = conversation.isOutOfOrder;
    const before = wasOutOfOrder ? undefined : conversation.state;
    const judged = conversation.look(record, this.#profile);
    const role = conversation.take(record, judged, this.#profile.hooksPath);
    if (role === 'refused') this.totals.refused += 1;
    if (role === 'refused' || role === 'retry') return;
    // One that is out of order is judged when it is due: each time would take time without end.
    if (role === 'early') {
      if (!wasOutOfOrder) this.#awaitLate(conversation, record);
      return;
    }
    this.#renamed.taken(id, judged.steps, !before!.begun && conversation.state.begun, record);
    if (!before!.ended && conversation.state.ended) this.#awaitLate(conversation, record);
  }

  #awaitLate(conversation: OpenConversation, { time }: SentRecord): void {
    this.#open.awaitLate(conversation, time !== undefined, this.totals.requests);
  }

  #begin(id: string): OpenConversation {
    const conversation = new OpenConversation(id, this.#steps, this.#over.get(id));
    if (!conversation.past) this.totals.conversations += 1;
    this.#open.byId.set(id, conversation);
    return conversation;
  }

  /** By its time it belongs before the end of a conversation that is over, and nobody can say what it would have changed. */
  #isTooLate(id: string, { time }: SentRecord): boolean {
    const until = time === undefined ? undefined : this.#over.get(id)?.until;
    return until !== undefined && time! < until;
  }

  #skipped(skipped: Skipped): void {
    this.totals.skipped += 1;
    this.#tally.skip(skipped);
  }

  #close(conversation: OpenConversation): void {
    const { id, past, latestTime } = conversation;
    const { ended } = conversation.state;
    this.totals.retries += conversation.retries;
    // Where a log breaks off, what did not come may have been in what is missing, unless it had been idle before.
    const mayGoOn = this.#cut && !ended && !this.#open.isQuiet(conversation);
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

function isOfAssignment({ url }: SentRecord): boolean {
  return url !== undefined && isAssignment(url);
}
