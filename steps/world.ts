// The state of one scenario: its conversations, what it has sent, and what the answers have shown so far.
import { World } from '@cucumber/cucumber';
import type { EvidencePurpose } from '../src/evidence/journal.ts';
import { LongAnswers } from '../src/evidence/long-answers.ts';
import { type Forms, formsOf } from '../src/evidence/redaction.ts';
import { isAccepted } from '../src/protocol/answers.ts';
import type { Assignment } from '../src/protocol/assignment.ts';
import { Conversation, type OutgoingRequest } from '../src/protocol/conversation.ts';
import type { Dialect, Experience, HooksBody } from '../src/protocol/events.ts';
import type { Move } from '../src/protocol/flows.ts';
import { stepsOf } from '../src/protocol/lifecycle/step.ts';
import type { VariedField } from '../src/protocol/values/variation.ts';
import type { Session } from '../src/run/session.ts';
import type { Exchange } from '../src/tenant/exchange.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import { OwnFlows } from '../src/verdict/own-flows.ts';
import { ScenarioLog } from '../src/verdict/scenario.ts';
import type { Purpose, Sent } from '../src/verdict/scenario-record.ts';
import { noteAccepted } from './accepted-requests.ts';
import type { Attempt, Defective, Twin } from './attempts.ts';
import { faultOf } from './fault-of-a-request.ts';
import { acceptedOnceMore, isFickle, pastAFailure } from './once-more.ts';
import type { ScenarioTags } from './scenario-tags.ts';
import type { ScenarioValues, Sending } from './scenario-values.ts';
import { requireTransferable } from './transferred-once.ts';
import { type Turn, Turns } from './turns.ts';
import { variedValues } from './varied-values.ts';

/** A transfer that was requested, and where its outcome is to arrive. */
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

/** What the evidence says a request is for, by the answer that is due. */
const shownFor = {
  acceptance: undefined,
  refusal: 'to be refused',
  'any answer': 'open question',
} as const;

export class ConformanceWorld extends World {
  session!: Session;
  scenario!: ScenarioLog;
  /** Checks that the scenario itself sends what the documents allow. */
  ownFlows!: OwnFlows;
  values!: ScenarioValues;
  tags!: ScenarioTags;
  dialect!: Dialect;
  externalDirectory = true;
  /** What every request of the scenario has instead of the documented defaults. */
  overrides: Partial<TenantRequest> = {};
  readonly conversations: Conversation[] = [];
  readonly transfers: RequestedTransfer[] = [];
  /** Transfers that cannot succeed. */
  readonly failing: (RequestedTransfer & { what: string })[] = [];
  /** The language that the scenario is about, when it names a kind of language. */
  language: string | undefined;
  /** What is still to be sent of conversations that run at the same time. */
  readonly flows = new Map<Conversation, Move[]>();
  readonly attempts: Attempt[] = [];
  readonly probes: Probe[] = [];
  /** The ids of conversations that were ended though the scenario does not say so. */
  readonly ended = new Set<string>();
  /** What was refused while requests of other conversations were on their way. */
  readonly together = new WeakSet<Sent>();
  readonly #turns = new Turns();
  /** The ids of conversations in which the tenant refused an event. */
  readonly #refused = new Set<string>();
  readonly #longAnswers = new LongAnswers();
  #current: Conversation | undefined;

  begin(session: Session, tags: ScenarioTags): void {
    this.session = session;
    this.tags = tags;
    this.dialect = { ...session.settings.dialect };
    this.scenario = new ScenarioLog(tags.claims, session.judging);
    this.ownFlows = new OwnFlows(tags.breaks, { qualityModule: this.dialect.customFields === 'sent' });
    this.values = variedValues(session, tags);
  }

  /** What was sent cannot be judged any more. */
  end(): void {
    this.#longAnswers.close();
  }

  /** The conversation that the next sentence is about: the last one begun, until a sentence turns to another. */
  get conversation(): Conversation {
    const current = this.#current ?? this.conversations.at(-1);
    if (!current)
      throw new Error('No conversation has begun: a scenario starts with "Given a voice conversation"');
    return current;
  }

  set conversation(conversation: Conversation) {
    this.#current = conversation;
  }

  /** @param number of the conversations of the scenario, in the order in which they begin: 1 for the first */
  conversationNumber(number: number): Conversation {
    const conversation = this.conversations[number - 1];
    if (!conversation) throw new Error(`There is no conversation ${number} in the scenario so far`);
    return conversation;
  }

  /** A new conversationId. It contains the requirement, so that an operator can search for it. */
  newConversationId(): string {
    return this.session.conversationId((this.tags.claims[0] ?? 'observed').toLowerCase());
  }

  /** @param id left out for any */
  startConversation(experience: Experience, id?: string): Conversation {
    const fixed: VariedField[] = [
      ...(id === undefined ? [] : (['conversationId'] as const)),
      ...(this.dialect.customFields === 'sent' ? (['customFields'] as const) : []),
    ];
    const conversationId = this.values.begin(id ?? this.newConversationId(), ...fixed);
    const envelope = { conversationId, botId: this.session.settings.botId };
    const conversation = new Conversation(envelope, experience, this.dialect, this.externalDirectory);
    this.conversations.push(conversation);
    this.#current = undefined;
    return conversation;
  }

  /** Skips the rest of the scenario as not applicable when the profile does not declare these settings. */
  skipUnlessDeclared(missing: string[]): 'skipped' | undefined {
    if (missing.length === 0) return undefined;
    this.scenario.notDeclared(missing);
    return 'skipped';
  }

  /**
   * Sends the next requests of a conversation. After a refusal it sends nothing more of it: the tenant would refuse what
   * follows for that reason alone, and the finding is about the first refusal. Nothing depends on a message or a summary.
   */
  async send(...requests: OutgoingRequest[]): Promise<void> {
    for (const request of requests) {
      const { conversationId } = request.body;
      if (this.#refused.has(conversationId) || this.ended.has(conversationId)) return;
      const turn = await this.#turns.begin();
      const { raw } = await this.values.send(request, this.#sending(turn)).finally(() => turn.end());
      if (!isAccepted(raw.answer!) && othersDependOn(request.body)) this.#refused.add(conversationId);
    }
  }

  #sending(turn: Turn): Sending {
    const asControl = (plain: HooksBody, body: HooksBody, label: string) =>
      this.#sendInPlaceOf(plain, body, label, { isControl: true, ...(plain === body ? {} : { plain }) });
    return {
      plainly: async (body, label) => {
        const first = await this.#sendInPlaceOf(body, body, label);
        const sent = await this.#once(turn, first, body, body);
        if (!isAccepted(sent.raw.answer!)) this.ownFlows.stopFollowing(body);
        return sent;
      },
      inPlaceOf: async (plain, body, label) => {
        const sent = await this.#sendInPlaceOf(plain, body, label, { plain });
        return this.#once(turn, sent, plain, body);
      },
      asControl,
      note: (judgement, sent) => this.scenario.note(judgement, sent),
      goOnAs: (conversationId, next) => {
        const conversation = this.conversations.find((one) => one.envelope.conversationId === conversationId);
        if (conversation) conversation.envelope.conversationId = next;
      },
    };
  }

  /** What was refused is sent once more as it was, and counts as accepted when that shows what the refusal is about. */
  async #once(turn: Turn, sent: Sent, plain: HooksBody, body: HooksBody): Promise<Sent> {
    if (isAccepted(sent.raw.answer!)) return sent;
    await turn.alone();
    if (turn.isShared) this.together.add(sent);
    return this.#insist(sent, plain, { to: 'hooks', body });
  }

  async #insist(sent: Sent, plain: HooksBody, request: TenantRequest): Promise<Sent> {
    const purpose = {
      due: 'acceptance',
      isControl: true,
      ...(request.body === plain ? {} : { plain }),
    } as const;
    const again = () => this.transmit(request, `${sent.label}, as it was`, purpose);
    const accepted = await acceptedOnceMore(this, sent, again);
    if (!accepted) return sent;
    this.ownFlows.accepted(plain);
    return accepted;
  }

  /** Sends a body in place of the plain one, by which the flow is followed. */
  async #sendInPlaceOf(
    plain: HooksBody,
    body: HooksBody,
    label: string,
    purpose: Purpose = {},
  ): Promise<Sent> {
    this.ownFlows.check(plain, label);
    const sent = await this.transmit({ to: 'hooks', body }, label, { due: 'acceptance', ...purpose });
    if (sent.raw.answer && isAccepted(sent.raw.answer)) this.ownFlows.accepted(plain);
    return sent;
  }

  /** @throws BrokenFlow when the request breaks a rule of the sender and the scenario does not announce that */
  async #sendWellFormed(request: TenantRequest, label: string): Promise<Sent> {
    if (request.to !== 'hooks') return this.sendTransfer(request, label);
    const body = request.body as HooksBody;
    this.ownFlows.check(body, label);
    const sent = await this.transmit(request, label, { due: 'acceptance' });
    if (isAccepted(sent.raw.answer!)) this.ownFlows.accepted(body);
    else this.ownFlows.stopFollowing(body);
    return sent;
  }

  /** Sends a well-formed transfer. @throws BrokenFlow when its parameters are not as documented */
  async sendTransfer(request: TenantRequest, label: string): Promise<Sent> {
    this.ownFlows.checkTransfer({ ...request.query, ...(request.body as object) }, label);
    const sent = await this.transmit(request, label, { due: 'acceptance' });
    requireTransferable(this, sent);
    return sent;
  }

  /** @throws Inconclusive when there was no answer that can be judged */
  async transmit(request: TenantRequest, label: string, purpose: Purpose = {}): Promise<Sent> {
    const sent = await this.#transmitted(request, label, purpose);
    return purpose.isControl ? this.scenario.take(sent) : this.scenario.keep(sent);
  }

  async #transmitted(request: TenantRequest, label: string, purpose: Purpose): Promise<Sent> {
    const whole = { ...this.overrides, ...request };
    const pointless = purpose.isControl ? undefined : this.session.silent.whyNot(whole);
    if (pointless) this.scenario.giveUp('transport failed', pointless);
    const { token } = whole;
    const unusual = token && token !== 'a valid token' ? { token } : {};
    const exchange = await this.session.tenant.send(whole);
    this.session.silent.note(exchange);
    const { answer } = exchange;
    const isTaken = answer !== undefined && isAccepted(answer);
    if (isTaken && whole.to !== 'hooks') this.session.hasTransferred = true;
    if (isTaken && (purpose.due === 'acceptance' || purpose.isControl)) noteAccepted(this.session, whole);
    return this.#sent(exchange, label, { ...purpose, ...unusual }, shownFor[purpose.due ?? 'any answer']);
  }

  /** Takes an exchange into evidence. @throws Inconclusive when it has no answer that can be judged */
  keep(exchange: Exchange, label: string, purpose: Purpose = {}): Sent {
    return this.scenario.keep(this.#sent(exchange, label, purpose));
  }

  #sent(exchange: Exchange, label: string, purpose: Purpose, shownAs?: EvidencePurpose): Sent {
    const { judged, reported } = this.#written(exchange, shownAs);
    const raw = this.#longAnswers.keep(judged);
    return { label, raw, shown: reported, judged: purpose.isControl ?? false, ...purpose };
  }

  /** Sends a request that leaves the tenant clean. It is evidence, and no part of what the scenario shows. */
  async tidy(request: TenantRequest, label: string): Promise<Exchange> {
    const body = request.body as HooksBody;
    const exchange = await this.session.tenant.send({ ...request, body: this.values.asKnown(body) });
    const { judged, reported } = this.#written(exchange, 'tidying up');
    this.scenario.tidying.push({ label: `tidying up: ${label}`, ...reported });
    return judged;
  }

  #written(exchange: Exchange, purpose?: EvidencePurpose): Forms {
    const forms = formsOf(exchange, this.session.redact);
    const { scenario } = this.tags;
    this.session.journal.write({ scenario, ...(purpose ? { purpose } : {}), ...forms.evidence });
    return forms;
  }

  /** Sends a request with a defect. Without an answer it shows nothing, but those after it may. */
  async tryFaulty({ wrong, request }: Defective, twin: Twin): Promise<Attempt> {
    const send = async (label: string) =>
      this.scenario.take(await this.#transmitted(request, label, { due: 'refusal', wrong }));
    const label = `${twin.label}, but ${wrong}`;
    const first = await send(label);
    const sent =
      request.to === 'hooks' ? await pastAFailure(this, first, () => send(`${label}, as it was`)) : first;
    const attempt: Attempt = { wrong, sent, twin, request, inPlaceOf: twin.request, fault: faultOf(request) };
    this.attempts.push(attempt);
    return attempt;
  }

  async #sendPutRight({ request, label }: Twin): Promise<Sent> {
    const sent = await this.#sendWellFormed(request, `${label}, put right`);
    const { status } = sent.raw.answer!;
    if (isAccepted(sent.raw.answer!) || request.to !== 'hooks' || (status < 500 && !isFickle(this)))
      return sent;
    return this.#insist(sent, request.body as HooksBody, request);
  }

  /** Sends a twin, unless it was sent before. */
  async sendTwin(twin: Twin): Promise<Sent> {
    twin.sent ??= await this.#sendPutRight(twin);
    twin.sent.judged = true;
    return twin.sent;
  }
}

/** Whether a conversation without it is another one: who is there, or whether it has ended. */
export function othersDependOn(body: HooksBody): boolean {
  return stepsOf(body).some(({ type }) => type !== 'message' && type !== 'summary');
}
