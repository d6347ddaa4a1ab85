// What one scenario knows: its conversations, what it has sent, and what that has shown so far.
import { World } from '@cucumber/cucumber';
import { redacted } from '../src/evidence/redaction.ts';
import { brief, isAccepted, judgeAccepted } from '../src/protocol/answers.ts';
import type { Assignment } from '../src/protocol/assignment.ts';
import { Conversation, type Telling } from '../src/protocol/conversation.ts';
import type { Dialect, Experience } from '../src/protocol/events.ts';
import { holds } from '../src/protocol/finding.ts';
import type { Move } from '../src/protocol/flows.ts';
import { refusalCheck } from '../src/protocol/refusals.ts';
import type { Session } from '../src/run/session.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import { ScenarioLog, type Sent } from '../src/verdict/scenario.ts';
import type { Place } from './place.ts';

/** A request with one fault, sent to see it refused, and its twin: the same request with the fault put right. */
export interface Attempt {
  /** What is wrong, for a finding. */
  wrong: string;
  sent: Sent;
  twin: TenantRequest;
}

/** A transfer that was asked for, and where its outcome is to arrive. */
export interface RequestedTransfer {
  assignment: Assignment;
  callbackKey: string;
  sent: Sent;
}

export class ConformanceWorld extends World {
  session!: Session;
  scenario!: ScenarioLog;
  place!: Place;
  dialect!: Dialect;
  externalDirectory = true;
  /** What every request of the scenario has beside the documented defaults. */
  manner: Partial<TenantRequest> = {};
  readonly conversations: Conversation[] = [];
  readonly transfers: RequestedTransfer[] = [];
  /** What conversations that run at the same time go through. */
  readonly flows = new Map<Conversation, readonly Move[]>();
  attempt: Attempt | undefined;
  #current: Conversation | undefined;

  begin(session: Session, place: Place): void {
    this.session = session;
    this.place = place;
    this.dialect = { ...session.settings.dialect };
    this.scenario = new ScenarioLog(place.claims, session.settings.failOn, session.redact);
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

  startConversation(experience: Experience, ending = ''): Conversation {
    const about = (this.place.claims[0] ?? 'observed').toLowerCase();
    const id = this.session.conversationId(about) + (ending && `-${ending}`);
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

  /** Sends what a conversation tells next. */
  async tell(...tellings: Telling[]): Promise<void> {
    for (const { body, label } of tellings) await this.send({ to: 'hooks', body }, label);
  }

  /** @throws Inconclusive when no answer arrived that could be judged */
  async send(request: TenantRequest, label: string): Promise<Sent> {
    const raw = await this.session.tenant.send({ ...this.manner, ...request });
    const shown = redacted(raw, this.session.redact);
    this.session.journal.write({ scenario: this.place.scenario, ...shown });
    return this.scenario.keep({ label, raw, shown, judged: false });
  }

  /** Sends a request with a fault; what its twin is has to be said at the same time. */
  async tryWrong(wrong: string, request: TenantRequest, twin: TenantRequest, label: string): Promise<void> {
    this.attempt = { wrong, twin, sent: await this.send(request, `${label}, but ${wrong}`) };
  }

  /** Everything sent so far has to be accepted; a refusal breaks what the scenario is tagged with. */
  expectAccepted(): void {
    const [first, ...others] = this.scenario.claims;
    if (!first)
      throw new Error('A scenario that expects acceptance is tagged with the requirement that says so');
    const judgements = this.scenario.sent
      .filter((sent) => !sent.judged)
      .map((sent) => ({ sent, judgement: judgeAccepted(sent.raw.answer!, first) }));
    const allAccepted = judgements.every(({ judgement }) => judgement.findings.length === 0);
    this.scenario.decide(allAccepted ? [...judgements, { judgement: holds(...others) }] : judgements);
  }

  /** The faulty request has to be refused, and its twin accepted: only then does the refusal count. */
  async expectRefused(): Promise<void> {
    const { wrong, sent, twin } = this.takeAttempt();
    const { check } = refusalCheck(this.scenario.claims);
    const judgement = check(sent.raw.answer!, wrong);
    if (!isAccepted(sent.raw.answer!)) {
      const again = await this.send(twin, `${sent.label.split(', but ')[0]}, put right`);
      again.judged = true;
      if (!isAccepted(again.raw.answer!)) {
        const answer = brief(again.shown.answer!);
        const reason = `${sent.label}: refused, but so is the same request put right (${answer}), so that shows nothing`;
        this.scenario.giveUp('the twin was not accepted', reason);
      }
    }
    this.scenario.decide([{ judgement, sent }]);
  }

  /** The answer is recorded under the ambiguity that the scenario is tagged with. */
  expectAnything(): void {
    const { wrong, sent } = this.takeAttempt();
    sent.judged = true;
    for (const ambiguity of this.place.ambiguities) {
      this.scenario.observe({
        ambiguity,
        question: `${sent.label.split(',')[0]}: ${wrong}`,
        answer: brief(sent.raw.answer!),
      });
    }
  }

  /** What had to be sent before the attempt must have been accepted, or the attempt shows nothing. */
  takeAttempt(): Attempt {
    if (!this.attempt) throw new Error('No request has been sent that the tenant could refuse');
    for (const sent of this.scenario.sent) {
      if (sent === this.attempt.sent || sent.judged) continue;
      sent.judged = true;
      if (!isAccepted(sent.raw.answer!)) {
        const answer = brief(sent.shown.answer!);
        this.scenario.giveUp(
          'not reached',
          `${sent.label}: had to be accepted first, but the tenant answered ${answer}`,
        );
      }
    }
    return this.attempt;
  }
}
