// Checks a log while it is being written: which conversations are open, which are over, and when to report them.

import { LogCheck } from '../../check/log-check.ts';
import type {
  CheckedConversation,
  CheckSummary,
  JudgedConversation,
  PlacedFinding,
  RequestRuling,
} from '../../check/result.ts';
import type { LogEntry, SentRecord } from '../../logs/log-entry.ts';
import { isRefusedForContent } from '../../protocol/lifecycle/tracker.ts';
import { conversationIdOf } from '../../protocol/requests.ts';
import type { SenderProfile } from '../../protocol/sent-request.ts';
import { KeptConversations } from './kept-conversations.ts';
import { Recency } from './recency.ts';
import { type Corrections, RecordedFindings, type RecordedRequest } from './recorded-findings.ts';

/** How many conversations that are over are kept for /conversations; the oldest are dropped first. */
export const maxKept = 10_000;
/** And how many steps they may have together: some hundred megabytes. */
const maxSteps = 500_000;

export interface LiveCheckOptions {
  profile: SenderProfile;
  idleMs: number;
  /** Called when a conversation ends or goes idle, and again when its findings change after that. */
  onOver: (conversation: JudgedConversation, how: 'over' | 'idle') => void;
  /** Called when a conversation has had a request, or is judged otherwise than before. */
  onChange?: (id: string) => void;
  /** Called with each finding about a request that belongs to no conversation. */
  onLoose: (finding: PlacedFinding) => void;
}

export interface LiveConversation extends Corrections {
  checked: CheckedConversation;
  open: boolean;
}

export class LiveCheck {
  readonly #check: LogCheck;
  readonly #over = new KeptConversations({ conversations: maxKept, steps: maxSteps });
  /** Which findings were last reported of each conversation that has ended or is idle, while the check still keeps it. */
  readonly #reported = new Map<string, { findings: string; revision?: number }>();
  /** Idle conversations, judged as if nothing more came. */
  readonly #idle = new Map<string, CheckedConversation>();
  /** By conversation: when its requests that are not answered yet were sent. */
  readonly #unanswered = new Map<string, Set<number>>();
  /** What the records of this process say about the conversations that are not over. */
  readonly #recorded = new Map<string, RecordedFindings>();
  /** The conversations that are known, and some that are not any more. */
  readonly #recent = new Recency();
  #pruneAt = 4 * maxKept;
  #corrections = { later: 0, withdrawn: 0 };
  readonly #onOver: LiveCheckOptions['onOver'];
  readonly #onChange: (id: string) => void;
  /** The records of an earlier process are being read: nothing is reported. */
  #isReplaying = false;

  constructor({ profile, idleMs, onOver, onLoose, onChange = () => {} }: LiveCheckOptions) {
    this.#onOver = onOver;
    this.#onChange = onChange;
    this.#check = new LogCheck({
      profile,
      idleMs,
      stepsOf: 'all',
      onClosed: (conversation) => this.#closed(conversation),
      onIdle: (conversation) => this.#wentIdle(conversation),
      onLoose: (finding) => this.#isReplaying || onLoose(finding),
    });
  }

  /** Takes an entry that an earlier process has recorded. */
  replay(entry: LogEntry): void {
    this.#isReplaying = true;
    this.take(entry);
    this.#isReplaying = false;
  }

  /** Epoch milliseconds of the latest request. */
  get latestTime(): number | undefined {
    return this.#check.latestTime;
  }

  /**
   * A request was passed on. Its answer may come after that of a later request, so the end of its conversation is not
   * reported before.
   * @param sentAt epoch milliseconds; unique to the request
   * @returns what to call when the request has been judged, or never will be
   */
  expects(id: string | undefined, sentAt: number): () => void {
    if (id === undefined) return () => {};
    const unanswered = this.#unanswered.get(id) ?? new Set();
    this.#unanswered.set(id, unanswered.add(sentAt));
    return () => {
      if (!unanswered.delete(sentAt) || unanswered.size > 0) return;
      this.#unanswered.delete(id);
      this.#reportIfEnded(id);
    };
  }

  /**
   * Judges a request as it comes. Its order is pending while an earlier request has no answer, and when a request that
   * was sent later has already been judged: then its order is judged with its conversation, not here.
   */
  look(record: SentRecord): RequestRuling & { isOrderPending: boolean } {
    const look = this.#check.preview(record);
    const { time } = record;
    const [earliest] = this.#unanswered.get(conversationIdOf(record.body) ?? '') ?? [];
    const waitsForEarlier = time !== undefined && earliest !== undefined && earliest < time;
    // Of a request that was refused for another reason than what it says, the order is not judged.
    const hasOrder = look.role !== 'refused' || isRefusedForContent(record.status);
    const isOrderPending = hasOrder && (look.role === 'early' || look.isEarly === true || waitsForEarlier);
    return { ...look, orderFindings: isOrderPending ? [] : look.orderFindings, isOrderPending };
  }

  /** @param recorded what the record says about the request; omitted when another process wrote it */
  take(entry: LogEntry, recorded?: RecordedRequest): void {
    if (entry.kind === 'other') this.#check.other();
    else if (entry.kind === 'skipped') {
      this.#check.skip(entry.skipped);
      this.#touch(entry.skipped.conversationId);
    } else {
      const id = conversationIdOf(entry.record.body);
      this.#touch(id);
      if (id !== undefined && recorded) this.#recordsOf(id).add(recorded);
      this.#check.take(entry.record);
      if (id === undefined) return;
      this.#idle.delete(id);
      if (!this.#unanswered.has(id)) this.#reportIfEnded(id);
    }
  }

  /** @param now epoch milliseconds */
  closeIdle(now: number): void {
    this.#check.closeIdle(now);
  }

  conversation(id: string): LiveConversation | undefined {
    const live = this.#check.conversation(id);
    const idle = this.#idle.get(id);
    if (live && idle) return this.#withCorrections({ ...idle, steps: live.steps }, false);
    if (live) return this.#withCorrections(live, !this.#check.hasEnded(id));
    return this.#over.get(id);
  }

  /** The conversations with the newest requests, newest first. @param before see Recency.ids */
  *newest(before?: number): Generator<LiveConversation> {
    for (const id of this.#recent.ids(before)) {
      const conversation = this.conversation(id);
      if (conversation) yield conversation;
      else this.#recent.delete(id);
    }
  }

  /** The turn of the latest request of a conversation, by which it is found again in a list of the newest. */
  turnOf(id: string): number | undefined {
    return this.#recent.turnOf(id);
  }

  /** The summary of the whole log; its reasons say how many findings the records do not show, or no longer hold. */
  end(): CheckSummary {
    const summary = this.#check.end();
    const { later, withdrawn } = this.#corrections;
    return { ...summary, reasons: [...summary.reasons, ...correctionTexts(later, withdrawn)] };
  }

  #touch(id: string | undefined): void {
    if (id === undefined) return;
    this.#onChange(id);
    this.#recent.touch(id);
    if (this.#recent.size < this.#pruneAt) return;
    for (const one of this.#recent.ids()) if (!this.conversation(one)) this.#recent.delete(one);
    this.#pruneAt = Math.max(4 * maxKept, 2 * this.#recent.size);
  }

  #recordsOf(id: string): RecordedFindings {
    const known = this.#recorded.get(id);
    if (known) return known;
    const records = new RecordedFindings();
    this.#recorded.set(id, records);
    return records;
  }

  #withCorrections(checked: CheckedConversation, open: boolean): LiveConversation {
    const records = this.#recorded.get(checked.conversationId);
    const { later, withdrawn } = records?.corrections(checked) ?? { later: [], withdrawn: [] };
    return { checked, open, later, withdrawn };
  }

  #reportIfEnded(id: string): void {
    if (!this.#check.hasEnded(id)) {
      // A redial, or an event after a rest, has taken it up again: its next end is reported anew.
      if (!this.#idle.has(id)) this.#reported.delete(id);
      return;
    }
    const judged = this.#check.judged(id, this.#reported.get(id)?.revision);
    if (judged) this.#report(judged.conversation, 'over', judged.revision);
  }

  #wentIdle(conversation: CheckedConversation): void {
    this.#idle.set(conversation.conversationId, { ...conversation, steps: [] });
    this.#report(conversation, 'idle');
  }

  #closed(conversation: CheckedConversation): void {
    const { conversationId } = conversation;
    this.#idle.delete(conversationId);
    const over = this.#withCorrections(conversation, false);
    this.#corrections.later += over.later.length;
    this.#corrections.withdrawn += over.withdrawn.length;
    this.#recorded.delete(conversationId);
    this.#over.set(conversationId, over);
    this.#report(conversation, 'over');
    this.#reported.delete(conversationId);
  }

  /** Reports a conversation once, and again when its findings have changed. */
  #report(conversation: JudgedConversation, how: 'over' | 'idle', revision?: number): void {
    const { conversationId, findings: all } = conversation;
    this.#onChange(conversationId);
    const findings = all.map(({ requirement, file, line }) => `${requirement} ${file} ${line}`).join();
    const isKnown = this.#reported.get(conversationId)?.findings === findings;
    this.#reported.set(conversationId, { findings, ...(revision === undefined ? {} : { revision }) });
    if (isKnown) return;
    if (!this.#isReplaying) this.#onOver(conversation, how);
  }
}

function correctionTexts(later: number, withdrawn: number): string[] {
  const were = (count: number) => (count === 1 ? '1 finding was' : `${count} findings were`);
  return [
    ...(later > 0
      ? [`${were(later)} made after the request was recorded; its record says that its order is pending`]
      : []),
    ...(withdrawn > 0
      ? [`${were(withdrawn)} withdrawn: the record still has it, but a request that came later disproved it`]
      : []),
  ];
}
