// The check of a log: requests in, one after the other; conversations out, each as soon as it is over.
// Memory grows with the conversations that are open, not with the log.
import type { RequirementId } from '../protocol/catalogue.ts';
import type { SenderFinding } from '../protocol/lifecycle/lifecycle.ts';
import { isObject } from '../protocol/requests.ts';
import {
  assignmentFindings,
  defaultSenderProfile,
  hooksFindings,
  isAssignment,
  type SenderProfile,
} from '../protocol/sent-request.ts';
import { OpenConversation } from './open-conversation.ts';
import { RecentEnds } from './recent-ends.ts';
import { isRefused, type Place, type SentRecord, type Skipped } from './record.ts';
import { Renamed } from './renamed.ts';
import type {
  CheckedConversation,
  CheckSummary,
  ConversationVerdict,
  PlacedFinding,
  SentStep,
  Totals,
} from './result.ts';
import { StepStore } from './step-store.ts';
import { Tally } from './tally.ts';

export interface LogCheckOptions {
  profile?: SenderProfile;
  /** A conversation without a request for so long, in milliseconds of the log's own time, is over; 30 minutes. */
  idleMs?: number;
  /** Only these requirements are judged; all when left out. */
  only?: ReadonlySet<RequirementId>;
  /** The lowest level whose breach makes a conversation fail; must. */
  failOn?: 'must' | 'should';
  /** Of which conversations the steps are told: of all, or only of those with a finding; only of those. */
  stepsOf?: 'all' | 'broken';
  /** Told of each conversation as it is over. */
  onClosed?: (conversation: CheckedConversation) => void;
  /** Told of what is wrong with a request that belongs to no conversation. */
  onLoose?: (finding: PlacedFinding) => void;
}

export const defaultIdleMs = 30 * 60_000;

/**
 * How long a conversation that has ended is kept, for what comes late or is written out of order: in milliseconds
 * where the log tells the time, in requests otherwise.
 */
const settleMs = 60_000;
const settleRequests = 1_000;

const noSteps: readonly SentStep[] = [];

interface Ended {
  conversation: OpenConversation;
  /** The log's time, or the number of requests, as it ended. */
  since: number;
  timed: boolean;
}

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
  #ended: Ended[] = [];
  #firstEnded = 0;
  readonly #over = new RecentEnds();
  readonly #renamed = new Renamed();
  readonly #tally: Tally;
  /** The latest time that any record tells. */
  #clock = Number.NEGATIVE_INFINITY;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(options: LogCheckOptions = {}) {
    this.#options = options;
    this.#profile = options.profile ?? defaultSenderProfile;
    this.#idleMs = options.idleMs ?? defaultIdleMs;
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
    this.totals.skipped += 1;
    this.#tally.skip(skipped);
  }

  /** The conversations that are not over yet, and those that have ended and are still kept. */
  open(): CheckedConversation[] {
    return [...this.#open.values()].map((conversation) => this.#checked(conversation));
  }

  /** What is known of a conversation that is open, or has ended and is still kept. */
  conversation(id: string): CheckedConversation | undefined {
    const found = this.#open.get(id);
    return found && this.#checked(found);
  }

  /** Whether a conversation has ended and is still kept. */
  hasEnded(id: string): boolean {
    return this.#open.get(id)?.state.ended ?? false;
  }

  /** Closes what has been idle at a time of the clock, for whoever watches a log as it is written. */
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
    const conversation = this.#open.get(id) ?? this.#begin(id);
    if (conversation.isRetry(record)) {
      this.totals.retries += 1;
      return;
    }
    conversation.add(findings, record);
    if (isRefused(record.status)) {
      this.totals.refused += 1;
      conversation.keep(record);
      return;
    }
    const wasEnded = conversation.state.ended;
    const began = !conversation.state.begun;
    const steps = conversation.take(record, this.#profile.hooksPath);
    this.#renamed.taken(id, steps, began && conversation.state.begun, record);
    if (!wasEnded && conversation.state.ended) this.#hasEnded(conversation, record);
  }

  #begin(id: string): OpenConversation {
    const conversation = new OpenConversation(id, this.#steps, this.#over.get(id));
    if (!conversation.goesOn) this.totals.conversations += 1;
    this.#open.set(id, conversation);
    return conversation;
  }

  #hasEnded(conversation: OpenConversation, { time }: SentRecord): void {
    const timed = time !== undefined;
    this.#ended.push({ conversation, since: timed ? this.#clock : this.totals.requests, timed });
  }

  /** Lets go what has ended long enough ago; what has been idle, from time to time. */
  #settle(): void {
    for (; this.#firstEnded < this.#ended.length; this.#firstEnded += 1) {
      const { conversation, since, timed } = this.#ended[this.#firstEnded]!;
      const due = timed ? since + settleMs <= this.#clock : since + settleRequests <= this.totals.requests;
      if (!due) break;
      // One that was taken up again by a redial is queued anew when it ends.
      if (conversation.state.ended && this.#open.get(conversation.id) === conversation)
        this.#close(conversation);
    }
    if (this.#firstEnded > 1000 && this.#firstEnded * 2 > this.#ended.length) {
      this.#ended = this.#ended.slice(this.#firstEnded);
      this.#firstEnded = 0;
    }
    if (this.#clock - this.#sweptAt >= this.#idleMs / 4) this.#sweep();
  }

  #sweep(): void {
    this.#sweptAt = this.#clock;
    for (const conversation of this.#open.values()) {
      const { latestTime } = conversation;
      if (latestTime !== undefined && latestTime + this.#idleMs <= this.#clock) this.#close(conversation);
    }
  }

  #close(conversation: OpenConversation): void {
    this.#open.delete(conversation.id);
    this.#over.add(conversation.id, conversation.state.ended ? 'ended' : 'idle');
    conversation.close();
    const renamed = this.#renamed.goesOnElsewhere(conversation);
    if (renamed) conversation.add([renamed], conversation.latest);
    const checked = this.#checked(conversation);
    if (!conversation.goesOn) {
      this.totals[({ pass: 'passed', warning: 'warned', fail: 'failed' } as const)[checked.verdict]] += 1;
    } else if (conversation.goesOn === 'idle') this.#tally.resumed += 1;
    this.#tally.conversation(checked);
    this.#options.onClosed?.(checked);
    conversation.letGo();
  }

  #checked(conversation: OpenConversation): CheckedConversation {
    const found = conversation.findings;
    const findings = found.length > 0 ? found.filter(this.#asked) : found;
    const wanted = findings.length > 0 || this.#options.stepsOf === 'all';
    return {
      conversationId: conversation.id,
      verdict: this.#verdictOf(findings),
      findings,
      steps: wanted ? conversation.steps : noSteps,
    };
  }

  #verdictOf(findings: readonly SenderFinding[]): ConversationVerdict {
    const { failOn } = this.#options;
    if (findings.some(({ level }) => level === 'must' || level === failOn)) return 'fail';
    return findings.length > 0 ? 'warning' : 'pass';
  }

  #loose(findings: readonly SenderFinding[], { file, line }: Place): void {
    for (const found of findings) {
      if (!this.#asked(found)) continue;
      const placed = { ...found, file, line };
      this.#tally.loose(placed);
      this.#options.onLoose?.(placed);
    }
  }

  readonly #asked = ({ requirement }: SenderFinding): boolean => this.#options.only?.has(requirement) ?? true;
}
