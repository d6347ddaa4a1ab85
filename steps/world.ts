// What one scenario knows: its conversations, what it has sent, and what that has shown so far.
import { World } from '@cucumber/cucumber';
import { judgeable, redacted } from '../src/evidence/redaction.ts';
import { isAccepted } from '../src/protocol/answers.ts';
import type { Assignment } from '../src/protocol/assignment.ts';
import { Conversation, type OutgoingRequest } from '../src/protocol/conversation.ts';
import type { Dialect, Experience, HooksBody } from '../src/protocol/events.ts';
import type { Move } from '../src/protocol/flows.ts';
import type { Session } from '../src/run/session.ts';
import type { Exchange } from '../src/tenant/exchange.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import { OwnFlows } from '../src/verdict/own-flows.ts';
import { ScenarioLog, type Sent } from '../src/verdict/scenario.ts';
import type { ScenarioTags } from './scenario-tags.ts';

/** A request with one fault, sent to see it refused, and its twin: the same request with the fault put right. */
export interface Attempt {
  /** What is wrong, for a finding. */
  wrong: string;
  /** What the well-formed request is called. */
  label: string;
  sent: Sent;
  twin: TenantRequest;
  /** The twin, once it was sent. */
  again?: Sent;
}

/** A transfer that was asked for, and where its outcome is to arrive. */
export interface RequestedTransfer {
  assignment: Assignment;
  callbackKey: string;
  sent: Sent;
}

/** A question that the tenant was asked. */
export interface Probe {
  /** Worded the same in every run, and unlike any other probe of the ambiguity: "a second END_OF_CONVERSATION". */
  question: string;
  sent: Sent;
}

export class ConformanceWorld extends World {
  session!: Session;
  scenario!: ScenarioLog;
  /** Whether what it sends itself keeps to the documents. */
  ownFlows!: OwnFlows;
  tags!: ScenarioTags;
  dialect!: Dialect;
  externalDirectory = true;
  /** What every request of the scenario has beside the documented defaults. */
  overrides: Partial<TenantRequest> = {};
  readonly conversations: Conversation[] = [];
  readonly transfers: RequestedTransfer[] = [];
  /** What conversations that run at the same time go through. */
  readonly flows = new Map<Conversation, readonly Move[]>();
  readonly attempts: Attempt[] = [];
  readonly probes: Probe[] = [];
  /** Conversations of which an event was refused. */
  readonly #broken = new Set<string>();
  #current: Conversation | undefined;

  begin(session: Session, place: ScenarioTags): void {
    this.session = session;
    this.tags = place;
    this.dialect = { ...session.settings.dialect };
    this.scenario = new ScenarioLog(place.claims, session.judging);
    this.ownFlows = new OwnFlows(place.breaks, { qualityModule: this.dialect.customFields === 'sent' });
  }

  /** The conversation that the next sentence speaks of: the one begun last, until the sentences turn to another. */
  get conversation(): Conversation {
    const current = this.#current ?? this.conversations.at(-1);
    if (!current)
      throw new Error('No conversation has begun: a scenario starts with "Given a voice conversation"');
    return current;
  }

  set conversation(conversation: Conversation) {
    this.#current = conversation;
  }

  /** A conversationId that no other conversation has; an operator can search for the requirement in it. */
  newConversationId(): string {
    return this.session.conversationId((this.tags.claims[0] ?? 'observed').toLowerCase());
  }

  startConversation(experience: Experience, id = this.newConversationId()): Conversation {
    const envelope = { conversationId: id, botId: this.session.settings.botId };
    const begun = new Conversation(envelope, experience, { ...this.dialect }, this.externalDirectory);
    this.conversations.push(begun);
    return begun;
  }

  /** Skips the rest of a scenario whose settings the profile does not declare: then it is not applicable. */
  needs(missing: string[]): 'skipped' | undefined {
    if (missing.length === 0) return undefined;
    this.scenario.notDeclared(missing);
    return 'skipped';
  }

  /**
   * Sends what a conversation tells next. After a refusal it is told no further: what follows would be refused for
   * that alone, and the finding speaks of the first.
   */
  async send(...tellings: OutgoingRequest[]): Promise<void> {
    for (const { body, label } of tellings) {
      if (this.#broken.has(body.conversationId)) return;
      const { raw } = await this.#sendWellFormed({ to: 'hooks', body }, label);
      if (!isAccepted(raw.answer!)) this.#broken.add(body.conversationId);
    }
  }

  /** @throws BrokenFlow when it breaks a sender's rule, and the scenario does not say so */
  async #sendWellFormed(request: TenantRequest, label: string): Promise<Sent> {
    if (request.to !== 'hooks') return this.transmit(request, label);
    const body = request.body as HooksBody;
    this.ownFlows.check(body, label);
    const sent = await this.transmit(request, label);
    if (isAccepted(sent.raw.answer!)) this.ownFlows.accepted(body);
    else this.ownFlows.stopFollowing(body);
    return sent;
  }

  /** @throws Inconclusive when no answer arrived that could be judged */
  async transmit(request: TenantRequest, label: string): Promise<Sent> {
    return this.keep(await this.session.tenant.send({ ...this.overrides, ...request }), label);
  }

  /** Takes an exchange into evidence. @throws Inconclusive when it holds no answer that could be judged */
  keep(exchange: Exchange, label: string): Sent {
    const shown = redacted(exchange, this.session.redact);
    this.session.journal.write({ scenario: this.tags.scenario, ...shown });
    const raw = judgeable(exchange, this.session.redact);
    return this.scenario.keep({ label, raw, shown, judged: false });
  }

  /** Sends a request with a fault; what its twin is has to be said at the same time. */
  async tryWrong(wrong: string, request: TenantRequest, twin: TenantRequest, label: string): Promise<void> {
    const sent = await this.transmit(request, `${label}, but ${wrong}`);
    this.attempts.push({ wrong, sent, label, twin });
  }

  /** Sends each of several requests with the same fault first, and put right at once: the next one builds on it. */
  async tryEachWrong(
    wrong: string,
    tellings: OutgoingRequest[],
    faulty: (twin: TenantRequest) => TenantRequest,
  ): Promise<void> {
    for (const { body, label } of tellings) {
      const twin: TenantRequest = { to: 'hooks', body };
      await this.tryWrong(wrong, faulty(twin), twin, label);
      await this.sendTwin(this.attempts.at(-1)!);
    }
  }

  /** Sends the twin of an attempt, unless that was done. */
  async sendTwin(attempt: Attempt): Promise<Sent> {
    attempt.again ??= await this.#sendWellFormed(attempt.twin, `${attempt.label}, put right`);
    attempt.again.judged = true;
    return attempt.again;
  }
}
