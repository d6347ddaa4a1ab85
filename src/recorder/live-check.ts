// The check of a log while it is being written: what is open, what is over, and when to say so.
import { LogCheck } from '../check/log-check.ts';
import type { Found } from '../check/record.ts';
import type { CheckedConversation, CheckSummary, PlacedFinding } from '../check/result.ts';
import type { SenderProfile } from '../protocol/sent-request.ts';

/** Conversations that are over and can still be asked for; the oldest go first. */
export const mostKept = 10_000;

export interface LiveCheckOptions {
  profile: SenderProfile;
  idleMs: number;
  /** Told of a conversation when it ends or goes idle, and again when more is found after its end. */
  onOver: (conversation: CheckedConversation) => void;
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
  /** How many findings were told of a conversation that has ended, while the check still keeps it. */
  readonly #told = new Map<string, number>();
  readonly #onOver: (conversation: CheckedConversation) => void;
  /** While the records of an earlier process are read, nothing is told. */
  #quiet = false;

  constructor({ profile, idleMs, onOver, onLoose }: LiveCheckOptions) {
    this.#onOver = onOver;
    this.#check = new LogCheck({
      profile,
      idleMs,
      stepsOf: 'all',
      onClosed: (conversation) => this.#closed(conversation),
      onLoose: (finding) => this.#quiet || onLoose(finding),
    });
  }

  /** What was found before this process began. */
  replay(found: Found): void {
    this.#quiet = true;
    this.take(found);
    this.#quiet = false;
  }

  take(found: Found): void {
    if (found.kind === 'other') this.#check.other();
    else if (found.kind === 'skipped') this.#check.skip(found.skipped);
    else {
      this.#check.take(found.record);
      this.#tellIfEnded(conversationIdOf(found.record.body));
    }
  }

  /** @param now epoch milliseconds */
  closeIdle(now: number): void {
    this.#check.closeIdle(now);
  }

  conversation(id: string): LiveConversation | undefined {
    const live = this.#check.conversation(id);
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

  #tellIfEnded(id: string | undefined): void {
    if (id === undefined) return;
    // Taken up again by a redial: its end is told anew.
    if (!this.#check.hasEnded(id)) this.#told.delete(id);
    else if (!this.#told.has(id)) {
      const checked = this.#check.conversation(id)!;
      this.#tell(checked);
      this.#told.set(id, checked.findings.length);
    }
  }

  #closed(conversation: CheckedConversation): void {
    const { conversationId, findings } = conversation;
    this.#keep(conversation);
    if (this.#told.get(conversationId) !== findings.length) this.#tell(conversation);
    this.#told.delete(conversationId);
  }

  #keep(conversation: CheckedConversation): void {
    // A Map keeps the order of insertion: deleting first makes the entry the youngest.
    this.#over.delete(conversation.conversationId);
    this.#over.set(conversation.conversationId, conversation);
    if (this.#over.size <= mostKept) return;
    const [oldest] = this.#over.keys();
    this.#over.delete(oldest!);
  }

  #tell(conversation: CheckedConversation): void {
    if (!this.#quiet) this.#onOver(conversation);
  }
}

function latestLine({ steps, findings }: CheckedConversation): number {
  return Math.max(0, ...[steps.at(-1), findings.at(-1)].map((placed) => placed?.line ?? 0));
}

function conversationIdOf(body: unknown): string | undefined {
  const id = (body as { conversationId?: unknown } | undefined)?.conversationId;
  return typeof id === 'string' ? id : undefined;
}
