// The check of a log while it is being written: what is open, what is over, and when to say so.
import { LogCheck } from '../../check/log-check.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../../check/result.ts';
import type { LogEntry } from '../../logs/log-entry.ts';
import type { SenderProfile } from '../../protocol/sent-request.ts';

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

export interface LiveConversation {
  checked: CheckedConversation;
  open: boolean;
}

export class LiveCheck {
  readonly #check: LogCheck;
  readonly #over = new Map<string, CheckedConversation>();
  /** What was told of a conversation that has ended or is idle, while the check still keeps it. */
  readonly #told = new Map<string, string>();
  /** As it would be if nothing more came. */
  readonly #idle = new Map<string, CheckedConversation>();
  /** How many requests of a conversation are not answered yet. */
  readonly #expected = new Map<string, number>();
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

  /**
   * A request of a conversation has gone on. Its answer may come after that of a later one: until then nothing is told
   * of an end.
   * @returns what to call when it was judged, or never will be
   */
  expects(id: string | undefined): () => void {
    if (id === undefined) return () => {};
    this.#expected.set(id, (this.#expected.get(id) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = this.#expected.get(id)! - 1;
      if (left > 0) this.#expected.set(id, left);
      else {
        this.#expected.delete(id);
        this.#tellIfEnded(id);
      }
    };
  }

  take(found: LogEntry): void {
    if (found.kind === 'other') this.#check.other();
    else if (found.kind === 'skipped') this.#check.skip(found.skipped);
    else {
      this.#check.take(found.record);
      const id = conversationIdOf(found.record.body);
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
    if (live && idle) return { checked: { ...idle, steps: live.steps }, open: false };
    if (live) return { checked: live, open: !this.#check.hasEnded(id) };
    const checked = this.#over.get(id);
    return checked && { checked, open: false };
  }

  /** Those with the newest requests first. */
  newest(limit: number): LiveConversation[] {
    const live = this.#check.open().map(({ conversationId }) => this.conversation(conversationId)!);
    const known = new Set(live.map(({ checked }) => checked.conversationId));
    const over = [...this.#over.values()].filter(({ conversationId }) => !known.has(conversationId));
    return [...live, ...over.map((checked) => ({ checked, open: false }))]
      .map((one) => ({ one, latest: latestLine(one.checked) }))
      .sort((a, b) => b.latest - a.latest)
      .slice(0, limit)
      .map(({ one }) => one);
  }

  end(): CheckSummary {
    return this.#check.end();
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
    this.#keep(conversation);
    this.#tell(conversation, 'over');
    this.#told.delete(conversationId);
  }

  #keep(conversation: CheckedConversation): void {
    // A Map keeps the order of insertion: deleting first makes the entry the youngest.
    this.#over.delete(conversation.conversationId);
    this.#over.set(conversation.conversationId, conversation);
    if (this.#over.size <= maxKept) return;
    const [oldest] = this.#over.keys();
    this.#over.delete(oldest!);
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

function conversationIdOf(body: unknown): string | undefined {
  const id = (body as { conversationId?: unknown } | undefined)?.conversationId;
  return typeof id === 'string' ? id : undefined;
}
