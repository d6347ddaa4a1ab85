// The check of a log while it is being written: what is open, what is over, and when to say so.

import { LogCheck } from '../../check/log-check.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding, RequestRuling } from '../../check/result.ts';
import type { LogEntry, SentRecord } from '../../logs/log-entry.ts';
import { ConversationMemory } from '../../protocol/lifecycle/conversation-memory.ts';
import { conversationIdOf } from '../../protocol/requests.ts';
import type { SenderProfile } from '../../protocol/sent-request.ts';
import { type Corrections, RecordedFindings, type RecordedRequest } from './recorded-findings.ts';

/** Conversations that are over and can still be asked for; the oldest go first. */
export const maxKept = 10_000;

export interface LiveCheckOptions {
  profile: SenderProfile;
  idleMs: number;
  /** Told of a conversation when it ends or goes idle, and again when something else is found after that. */
  onOver: (conversation: CheckedConversation, how: 'over' | 'idle') => void;
  /** Told of what is wrong with a request that belongs to no conversation. */
  onLoose: (finding: PlacedFinding) => void;
}

export interface LiveConversation extends Corrections {
  checked: CheckedConversation;
  open: boolean;
}

export class LiveCheck {
  readonly #check: LogCheck;
  readonly #over = new ConversationMemory<LiveConversation>(maxKept);
  /** What was told of a conversation that has ended or is idle, while the check still keeps it. */
  readonly #told = new Map<string, string>();
  /** As it would be if nothing more came. */
  readonly #idle = new Map<string, CheckedConversation>();
  /** The requests of a conversation that are not answered yet, by when they were sent. */
  readonly #expected = new Map<string, Set<number>>();
  /** What the records of this process say of the conversations that are not over. */
  readonly #recorded = new Map<string, RecordedFindings>();
  #corrected = { later: 0, withdrawn: 0 };
  readonly #onOver: LiveCheckOptions['onOver'];
  /** While the records of an earlier process are read, nothing is told. */
  #quiet = false;

  constructor({ profile, idleMs, onOver, onLoose }: LiveCheckOptions) {
    this.#onOver = onOver;
    this.#check = new LogCheck({
      profile,
      idleMs,
      stepsOf: 'all',
      onClosed: (conversation) => this.#closed(conversation),
      onIdle: (conversation) => this.#wentIdle(conversation),
      onLoose: (finding) => this.#quiet || onLoose(finding),
    });
  }

  /** What was found before this process began. */
  replay(found: LogEntry): void {
    this.#quiet = true;
    this.take(found);
    this.#quiet = false;
  }

  /** Epoch milliseconds of the latest request. */
  get latestTime(): number | undefined {
    return this.#check.latestTime;
  }

  /**
   * A request of a conversation has gone on. Its answer may come after that of a later one: until then nothing is told
   * of an end.
   * @param sentAt epoch milliseconds; no two requests have the same
   * @returns what to call when it was judged, or never will be
   */
  expects(id: string | undefined, sentAt: number): () => void {
    if (id === undefined) return () => {};
    const expected = this.#expected.get(id) ?? new Set();
    this.#expected.set(id, expected.add(sentAt));
    return () => {
      if (!expected.delete(sentAt) || expected.size > 0) return;
      this.#expected.delete(id);
      this.#tellIfEnded(id);
    };
  }

  /**
   * What is said of a request as it comes. Its order is pending as long as one that was sent before it has no answer, or
   * when it comes behind one that was sent later: then it is judged with its conversation, and nothing is said of it here.
   */
  look(record: SentRecord): RequestRuling & { isOrderPending: boolean } {
    const look = this.#check.preview(record);
    const { time } = record;
    const others = this.#expected.get(conversationIdOf(record.body) ?? '') ?? [];
    const isBehind = time !== undefined && [...others].some((sentAt) => sentAt < time);
    const isOrderPending = look.role !== 'refused' && (look.role === 'early' || isBehind);
    return { ...look, orderFindings: isOrderPending ? [] : look.orderFindings, isOrderPending };
  }

  /** @param recorded what the record says of the request; left out when another process has written it */
  take(entry: LogEntry, recorded?: RecordedRequest): void {
    if (entry.kind === 'other') this.#check.other();
    else if (entry.kind === 'skipped') this.#check.skip(entry.skipped);
    else {
      const id = conversationIdOf(entry.record.body);
      if (id !== undefined && recorded) this.#recordsOf(id).add(recorded);
      this.#check.take(entry.record);
      if (id === undefined) return;
      this.#idle.delete(id);
      if (!this.#expected.has(id)) this.#tellIfEnded(id);
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

  /** Those with the newest requests first. */
  newest(limit: number): LiveConversation[] {
    const live = this.#check.open().map(({ conversationId }) => this.conversation(conversationId)!);
    const known = new Set(live.map(({ checked }) => checked.conversationId));
    const over = [...this.#over.values()].filter(({ checked }) => !known.has(checked.conversationId));
    return [...live, ...over]
      .map((one) => ({ one, latest: latestLine(one.checked) }))
      .sort((a, b) => b.latest - a.latest)
      .slice(0, limit)
      .map(({ one }) => one);
  }

  /** What all of it comes to, with a word on what the records say otherwise. */
  end(): CheckSummary {
    const summary = this.#check.end();
    const { later, withdrawn } = this.#corrected;
    return { ...summary, reasons: [...summary.reasons, ...correctionsInWords(later, withdrawn)] };
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
    const { later, withdrawn } = records?.corrections(checked.findings) ?? { later: [], withdrawn: [] };
    return { checked, open, later, withdrawn };
  }

  #tellIfEnded(id: string): void {
    // Taken up again by a redial, or after a rest: its end is told anew.
    if (!this.#check.hasEnded(id)) {
      if (!this.#idle.has(id)) this.#told.delete(id);
      return;
    }
    const checked = this.#check.conversation(id);
    if (checked) this.#tell(checked, 'over');
  }

  #wentIdle(conversation: CheckedConversation): void {
    this.#idle.set(conversation.conversationId, { ...conversation, steps: [] });
    this.#tell(conversation, 'idle');
  }

  #closed(conversation: CheckedConversation): void {
    const { conversationId } = conversation;
    this.#idle.delete(conversationId);
    const over = this.#withCorrections(conversation, false);
    this.#corrected.later += over.later.length;
    this.#corrected.withdrawn += over.withdrawn.length;
    this.#recorded.delete(conversationId);
    this.#over.set(conversationId, over);
    this.#tell(conversation, 'over');
    this.#told.delete(conversationId);
  }

  /** Once, unless it comes to something else. */
  #tell(conversation: CheckedConversation, how: 'over' | 'idle'): void {
    const { conversationId, findings } = conversation;
    const told = findings.map(({ requirement, line }) => `${requirement} ${line}`).join();
    if (this.#told.get(conversationId) === told) return;
    this.#told.set(conversationId, told);
    if (!this.#quiet) this.#onOver(conversation, how);
  }
}

function latestLine({ steps, findings }: CheckedConversation): number {
  return Math.max(0, ...[steps.at(-1), findings.at(-1)].map((placed) => placed?.line ?? 0));
}

function correctionsInWords(later: number, withdrawn: number): string[] {
  const were = (count: number) => (count === 1 ? '1 finding was' : `${count} findings were`);
  return [
    ...(later > 0
      ? [
          `${were(later)} made after the record of the request was written, which says that its order is pending`,
        ]
      : []),
    ...(withdrawn > 0
      ? [`${were(withdrawn)} withdrawn: the record of the request still has it, but more was known later`]
      : []),
  ];
}
