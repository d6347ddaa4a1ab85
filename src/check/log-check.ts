// The check of a log: takes its requests one by one, and hands out each conversation as soon as it is over.
// Memory grows with the number of open conversations, not with the log.

import type { LogPosition, SentRecord, Skipped } from '../logs/log-entry.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { placedStepsOf, stepKind } from '../protocol/lifecycle/step.ts';
import { isRefused } from '../protocol/lifecycle/tracker.ts';
import { conversationIdOf } from '../protocol/requests.ts';
import {
  assignmentFindings,
  defaultSenderProfile,
  isAssignment,
  type SenderProfile,
} from '../protocol/sent-request.ts';
import { counters, worse } from './conversation-verdict.ts';
import { Coverage } from './coverage.ts';
import { exactFindings } from './exact-findings.ts';
import { checkedConversation, isSelected, judgedConversation } from './judged-conversation.ts';
import { defaultIdleMs, type LogCheckOptions } from './log-check-options.ts';
import { type ConversationContext, OpenConversation } from './open-conversation.ts';
import { OpenConversations } from './open-conversations.ts';
import { OrderDoubts } from './order-doubts.ts';
import { OtherTimes } from './other-times.ts';
import { RecentlyClosed } from './recently-closed.ts';
import { Renamed } from './renamed.ts';
import type {
  CheckedConversation,
  CheckSummary,
  JudgedConversation,
  RequestRuling,
  Totals,
} from './result.ts';
import { StepStore } from './step-store.ts';
import { noTotals, Tally } from './tally.ts';

export class LogCheck {
  readonly totals: Totals = noTotals();
  readonly #options: LogCheckOptions;
  readonly #profile: SenderProfile;
  readonly #open: OpenConversations;
  readonly #steps = new StepStore();
  readonly #source = { hasStatuses: false, tellsOfFailures: false };
  readonly #context: ConversationContext;
  readonly #closed = new RecentlyClosed();
  readonly #orderDoubts = new OrderDoubts();
  readonly #renamed: Renamed;
  readonly #tally: Tally;
  /** The log is cut off: requests that seem to be missing may have been sent. */
  #isCut = false;
  /** Lines that may be a call of any conversation. */
  #lostCalls = 0;
  readonly #coverage: Coverage;

  constructor(options: LogCheckOptions = {}) {
    this.#options = options;
    this.#profile = options.profile ?? defaultSenderProfile;
    this.#context = { store: this.#steps, profile: this.#profile, source: this.#source };
    this.#open = new OpenConversations({
      idleMs: options.idleMs ?? defaultIdleMs,
      ...(options.maxOpen === undefined ? {} : { maxOpen: options.maxOpen }),
      onOver: (conversation) => this.#close(conversation),
      onCrowd: (conversation) => this.#close(conversation, true),
      stepsKept: () => this.#steps.count,
      onIdle: (conversation) =>
        options.onIdle?.(checkedConversation(conversation, conversation.findingsAtClose, this.#options)),
    });
    this.#renamed = new Renamed(this.#open.byId);
    this.#tally = new Tally(options.failOn ?? 'must');
    this.#coverage = new Coverage(this.#profile);
  }

  /** How many findings there are in conversations that are over. */
  get findings(): number {
    return this.#tally.findings;
  }

  /** Epoch milliseconds of the latest request; undefined while no request has a time. */
  get latestTime(): number | undefined {
    return this.#open.latestTime;
  }

  /** Takes the next request of the log. */
  take(record: SentRecord): void {
    this.totals.lines += 1;
    this.totals.requests += 1;
    if (record.status !== undefined) this.#noteStatuses();
    if (record.time !== undefined) this.#open.advanceClock(record.time);
    if (record.timeUnread) this.#tally.timesUnread += 1;
    if (isOfAssignment(record)) {
      this.#coverage.assignment(record);
      if (!record.onPurpose) this.#loose(assignmentFindings(record), record);
      if (isRefused(record.status)) this.#refused(record);
    } else this.#takeHooks(record);
    this.#open.settle(this.totals.requests);
  }

  /** Judges a request before it is taken: what is wrong with it, and what it is in its conversation. */
  preview(record: SentRecord): RequestRuling {
    if (isOfAssignment(record)) return { requestFindings: assignmentFindings(record), orderFindings: [] };
    const id = conversationIdOf(record.body);
    if (id === undefined) return { requestFindings: exactFindings(record, this.#profile), orderFindings: [] };
    const known = this.#open.byId.get(id);
    if (!known && this.#isTooLate(id, record))
      return { requestFindings: [], orderFindings: [], role: 'early' };
    const conversation = known ?? new OpenConversation(id, this.#context, this.#closed.get(id));
    this.#noteLostCalls(conversation, known ? undefined : record);
    const { ruling, requestFindings, isEarly = false } = conversation.preview(record, this.#profile);
    const { breaches, role } = ruling;
    return { requestFindings, orderFindings: breaches.map(({ finding }) => finding), role, isEarly };
  }

  /** Takes a call to another service. */
  other(): void {
    this.totals.lines += 1;
    this.totals.others += 1;
  }

  /** Takes a line that could not be judged. */
  skip(skipped: Skipped): void {
    this.totals.lines += 1;
    this.#skipped(skipped);
    if (skipped.damage === 'cut') this.#isCut = true;
    const { conversationId: id } = skipped;
    if (id === undefined) {
      // Where a log breaks off is known, and what may have come after it.
      if (skipped.damage !== undefined || skipped.wasRefused) return;
      this.#lostCalls += 1;
      this.#tally.lostCalls += 1;
      return;
    }
    const conversation = this.#open.byId.get(id) ?? this.#begin(id);
    conversation.lose(this.latestTime);
  }

  /** Notes why the logs cannot be called conformant. */
  doubt(reason: string): void {
    this.#tally.furtherDoubts.push(reason);
  }

  /** The conversations that are not over, and those that have ended and are still kept. */
  open(): CheckedConversation[] {
    return [...this.#open.byId.values()].map((conversation) =>
      checkedConversation(conversation, conversation.findings, this.#options),
    );
  }

  /** A conversation that is open, or has ended and is still kept. */
  conversation(id: string): CheckedConversation | undefined {
    const found = this.#open.byId.get(id);
    return found && checkedConversation(found, found.findings, this.#options);
  }

  /** What is wrong with such a conversation, and a number that changes whenever that may have changed. */
  judged(id: string, known?: number): { revision: number; conversation: JudgedConversation } | undefined {
    const found = this.#open.byId.get(id);
    if (!found || found.revision === known) return undefined;
    return {
      revision: found.revision,
      conversation: judgedConversation(found, found.findings, this.#options),
    };
  }

  /** Whether a conversation has ended and is still kept. */
  hasEnded(id: string): boolean {
    return this.#open.byId.get(id)?.hasEnded ?? false;
  }

  /** Reports the conversations that are idle by now, for a caller that watches a growing log. @param now epoch milliseconds */
  closeIdle(now: number): void {
    this.#open.advanceClock(now);
    this.#open.settle(this.totals.requests);
    this.#open.sweep();
  }

  /** The log has ended: all conversations are over. */
  end(): CheckSummary {
    this.#open.endAll();
    for (const reason of this.#orderDoubts.words) this.doubt(reason);
    const { only } = this.#options;
    const coverage = this.#coverage.rules(only, this.#tally.broken);
    if (only && coverage.judged.length === 0) this.#tally.nothingAskedFor = [...only];
    return { ...this.#tally.summary(this.totals), coverage, read: [] };
  }

  /** One of several logs tells of a failure, perhaps of a request at the end of the log before. */
  failureTold(): void {
    this.#source.tellsOfFailures = true;
  }

  /** From the first status on, what was a duplicate may be a retry. */
  #noteStatuses(): void {
    if (this.#source.hasStatuses) return;
    this.#source.hasStatuses = true;
    for (const conversation of this.#open.byId.values()) conversation.judgeRepetitions();
  }

  #takeHooks(record: SentRecord): void {
    const id = conversationIdOf(record.body);
    if (id === undefined) {
      this.#coverage.hooks(record, []);
      this.#loose(exactFindings(record, this.#profile), record);
      return;
    }
    const known = this.#open.byId.get(id);
    if (!known && this.#isTooLate(id, record)) {
      this.totals.requests -= 1;
      const { file, line } = record;
      const reason = 'it comes too late in the log to be put in order: its conversation was over long before';
      this.#skipped({ file, line, reason });
      return;
    }
    const conversation = known ?? this.#begin(id);
    this.#noteLostCalls(conversation, known ? undefined : record);
    if (record.otherTimes) {
      conversation.otherTimes ??= new OtherTimes();
      conversation.otherTimes.note(record);
    }
    this.#open.wake(conversation);
    const wasOutOfOrder = conversation.isOutOfOrder;
    const before = wasOutOfOrder ? undefined : conversation.state;
    const judged = conversation.preview(record, this.#profile);
    this.#coverage.hooks(record, judged.steps);
    const role = conversation.take(record, judged, this.#profile.hooksPath);
    if (role === 'refused') this.#refused(record);
    // A conversation out of order is judged once, when it is due: judging it at every request would be too slow.
    if (conversation.isOutOfOrder) {
      if (!wasOutOfOrder) this.#awaitLate(conversation, record);
      return;
    }
    if (role === 'refused' || role === 'retry' || role === 'repeat') return;
    this.#renamed.taken(id, judged.steps, !before!.begun && conversation.state.begun, record);
    if (!before!.ended && conversation.state.ended) this.#awaitLate(conversation, record);
  }

  #refused(record: SentRecord): void {
    this.totals.refused += 1;
    this.#tally.refusals.add(record);
  }

  /**
   * A call that could not be read may be one of this conversation: then it is not known who is in it.
   * @param first its first request, when it begins with that: an entry that begins a conversation shows that nothing is missing before
   */
  #noteLostCalls(conversation: OpenConversation, first?: SentRecord): void {
    if (conversation.lostCalls === this.#lostCalls) return;
    conversation.lostCalls = this.#lostCalls;
    const kind =
      first && stepKind((placedStepsOf(first.body as object)[0] ?? { step: { type: 'unclear' } }).step);
    if (kind !== 'NA entry' && kind !== 'redial entry') conversation.lose(undefined);
  }

  #awaitLate(conversation: OpenConversation, { time }: SentRecord): void {
    this.#open.awaitLate(conversation, time !== undefined, this.totals.requests);
  }

  #begin(id: string): OpenConversation {
    const conversation = new OpenConversation(id, this.#context, this.#closed.get(id));
    if (!conversation.past) this.totals.conversations += 1;
    this.#open.byId.set(id, conversation);
    return conversation;
  }

  /** Whether a request was sent before the end of a conversation that is over: it is not known what it would have changed. */
  #isTooLate(id: string, { time }: SentRecord): boolean {
    const latestTime = time === undefined ? undefined : this.#closed.get(id)?.latestTime;
    return latestTime !== undefined && time! < latestTime;
  }

  #skipped(skipped: Skipped): void {
    this.totals.skipped += 1;
    this.#tally.skip(skipped);
  }

  /** @param isSetAside whether it is closed because there are too many */
  #close(conversation: OpenConversation, isSetAside = false): void {
    const { id, past, latestTime } = conversation;
    // Sorted by time, a call that could not be read may come anywhere.
    if (this.#lostCalls > 0 && conversation.isOutOfOrder) conversation.lose(undefined);
    if (!conversation.state.ended) this.#noteLostCalls(conversation);
    if (this.#orderDoubts.has(conversation, this.#open.byId.values())) conversation.forgetOrder();
    const { ended } = conversation.state;
    const { retries, repeats } = conversation.repetitions;
    this.totals.retries += retries;
    this.#tally.repeats += repeats;
    // In a log that is cut off, an open conversation may go on after the cut, unless it was idle already.
    const mayGoOn = (this.#isCut || isSetAside) && !ended && !this.#open.isQuiet(conversation);
    const findings = mayGoOn ? conversation.findings : conversation.findingsAtClose;
    if (!conversation.wasSeen && findings.length === 0) {
      this.#discard(conversation);
      return;
    }
    if (mayGoOn) this.#tally[isSetAside ? 'setAside' : 'cutOff'] += 1;
    if (conversation.excess !== undefined) this.#tally.exceeds(conversation.excess);
    const renamed = this.#renamed.goesOnElsewhere(id, findings);
    const all = renamed ? [...findings, { ...renamed, ...conversation.latest }] : findings;
    const checked = checkedConversation(conversation, all, this.#options);
    const verdict = past ? worse(past.verdict, checked.verdict) : checked.verdict;
    const reason = ended ? 'ended' : 'idle';
    this.#closed.set(id, { reason, verdict, latestTime: latestTime ?? past?.latestTime });
    if (past) this.totals[counters[past.verdict]] -= 1;
    this.totals[counters[verdict]] += 1;
    if (past?.reason === 'idle') this.#tally.resumed += 1;
    this.#tally.conversation(checked, past?.verdict === 'fail');
    this.#options.onClosed?.(checked);
    conversation.dispose();
  }

  /** Drops a conversation that cannot be judged: every request was refused, or could not be read. */
  #discard(conversation: OpenConversation): void {
    if (!conversation.past) this.totals.conversations -= 1;
    if (conversation.steps.length > 0) this.#tally.refused += 1;
    conversation.dispose();
  }

  #loose(findings: readonly SenderFinding[], { file, line }: LogPosition): void {
    for (const found of findings.filter((one) => isSelected(one, this.#options))) {
      const placed = { ...found, file, line };
      this.#tally.loose(placed);
      this.#options.onLoose?.(placed);
    }
  }
}

function isOfAssignment({ url }: SentRecord): boolean {
  return url !== undefined && isAssignment(url);
}
