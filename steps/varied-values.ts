// Sends a scenario's requests with values as real contact centres have them, in place of "Agent 2" and the like. What is refused
// with such a value is sent again with the plain one: when that is accepted, the finding is about the value, and the scenario
// goes on with plain values. Unaware of how a request is sent.
import { brief, isAccepted, notAccepted } from '../src/protocol/answers.ts';
import { requirement } from '../src/protocol/catalogue.ts';
import type { OutgoingRequest } from '../src/protocol/conversation.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { broken, finding, type Judgement } from '../src/protocol/finding.ts';
import { ValueChoice } from '../src/protocol/values/choice.ts';
import {
  isOfOneRequest,
  requirementOf,
  type Variation,
  type VariedField,
  varied,
} from '../src/protocol/values/variation.ts';
import type { Session, ValueMemory } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario.ts';
import type { ScenarioTags } from './scenario-tags.ts';

export interface Sending {
  /** Sends a body as it is. */
  plainly(body: HooksBody, label: string): Promise<Sent>;
  /** Sends a body in place of a plain one. */
  inPlaceOf(plain: HooksBody, body: HooksBody, label: string): Promise<Sent>;
  /** Sends a body to find out what a refusal is about: without an answer it shows nothing, and ends nothing. */
  asControl(plain: HooksBody, body: HooksBody, label: string): Promise<Sent>;
  /** The request was refused for its value. */
  note(judgement: Judgement, sent: Sent): void;
  /** The conversation goes on under another id. */
  goOnAs(conversationId: string, next: string): void;
}

/** A tenant that refuses plain values, too, is asked no more by repeating whole conversations. */
const maxFruitless = 5;

/** A conversation with special values. */
interface Held {
  plainId: string;
  variations: Variation[];
  accepted: OutgoingRequest[];
}

/**
 * Only scenarios in which every event has to be accepted vary their values: elsewhere a refusal would be taken for another one.
 */
export function variedValues(
  memory: Session['values'],
  { scenario, claims, breaks, ambiguities }: ScenarioTags,
): VariedValues {
  const isAboutAcceptance = claims.every((claim) => {
    const { decidedBy = [] } = requirement(claim);
    return decidedBy.every((decision) => decision === 'accepted' || decision === 'answer');
  });
  const varies = isAboutAcceptance && claims.length > 0 && breaks.length === 0 && ambiguities.length === 0;
  const name = `${scenario.uri} ${scenario.name}`;
  const choice = varies && memory.seed !== null ? new ValueChoice(memory.seed, name, claims) : undefined;
  return new VariedValues(choice, memory);
}

export class VariedValues {
  readonly #choice: ValueChoice | undefined;
  readonly #memory: ValueMemory;
  #identity: Variation | undefined;
  readonly #held = new Map<string, Held>();
  /** Conversations that go on under another id. */
  readonly #renamed = new Map<string, string>();

  /** @param choice left out for plain values */
  constructor(choice: ValueChoice | undefined, memory: ValueMemory) {
    this.#choice = choice;
    this.#memory = memory;
  }

  /** The id that a new conversation gets. @param fixed fields that are given already */
  begin(plainId: string, ...fixed: VariedField[]): string {
    const chosen = this.#sameAgents(this.#choice?.ofConversation(...fixed) ?? []);
    const variations = chosen.filter(({ what }) => !this.#memory.refused.has(what));
    const ofId = variations.find(({ field }) => field === 'conversationId');
    const id = ofId ? `${plainId}${ofId.value}` : plainId;
    this.#held.set(id, { plainId, variations, accepted: [] });
    return id;
  }

  /** Agent 1 is the same person in all conversations of a scenario: the first of them says by what identity. */
  #sameAgents(chosen: Variation[]): Variation[] {
    const isIdentity = ({ field }: Variation) => field === 'identity';
    if (this.#held.size === 0) this.#identity = chosen.find(isIdentity);
    return [...chosen.filter((one) => !isIdentity(one)), ...(this.#identity ? [this.#identity] : [])];
  }

  /** The body as the tenant knows its conversation and its agents. */
  asKnown(body: HooksBody): HooksBody {
    return specialForm(body, this.#held.get(body.conversationId)?.variations ?? []).whole;
  }

  async send(request: OutgoingRequest, sending: Sending): Promise<Sent> {
    const { isOpen, label } = request;
    const conversationId = this.#renamed.get(request.body.conversationId) ?? request.body.conversationId;
    const body = { ...request.body, conversationId };
    const held = this.#held.get(conversationId);
    const ofMessage = isOpen ? this.#choice?.ofMessage() : undefined;
    const isNew = ofMessage !== undefined && !this.#memory.refused.has(ofMessage.what);
    const { special, whole } = specialForm(body, [
      ...(held?.variations ?? []),
      ...(isNew ? [ofMessage] : []),
    ]);
    const sent =
      special.length === 0
        ? await sending.plainly(body, label)
        : await this.#specially({ body, label }, special, whole, sending);
    if (held && isAccepted(sent.raw.answer!)) held.accepted.push({ body, label });
    return sent;
  }

  async #specially(
    request: OutgoingRequest,
    special: Variation[],
    whole: HooksBody,
    sending: Sending,
  ): Promise<Sent> {
    const sent = await sending.inPlaceOf(request.body, whole, request.label);
    if (isAccepted(sent.raw.answer!)) return sent;
    const ofOne = special.filter(isOfOneRequest);
    const others = special.filter((one) => !isOfOneRequest(one));
    let last = sent;
    for (const suspects of [ofOne, others]) {
      if (suspects.length === 0 || (suspects === others && this.#memory.fruitless >= maxFruitless)) continue;
      const control = await this.#control(request, suspects === ofOne ? others : undefined, sending);
      if (!control) continue;
      last.judged = true;
      last = control;
      if (isAccepted(control.raw.answer!)) {
        for (const suspect of suspects) this.#blame(suspect, request.body, sent, sending);
        return control;
      }
      if (suspects === others) this.#memory.fruitless += 1;
    }
    // Refused with plain values, too: the finding is about the plainest request.
    return last;
  }

  /** The request with plain values. @param kept special values that cannot change in the middle of a conversation */
  async #control(
    { body, label }: OutgoingRequest,
    kept: Variation[] | undefined,
    sending: Sending,
  ): Promise<Sent | undefined> {
    const name = `${label}, with plain values`;
    if (!kept) return this.#anew(body, name, sending);
    return answered(await sending.asControl(body, specialForm(body, kept).whole, name));
  }

  /** Repeats the conversation up to this request under another id. @returns undefined when it did not get that far */
  async #anew(body: HooksBody, name: string, sending: Sending): Promise<Sent | undefined> {
    const { accepted, plainId } = this.#held.get(body.conversationId)!;
    const conversationId = `${plainId}-plain`;
    for (const before of accepted) {
      const again = { ...before.body, conversationId };
      const sent = answered(await sending.asControl(again, again, `${before.label}, again`));
      if (sent) sent.judged = true;
      if (sent && isAccepted(sent.raw.answer!)) continue;
      this.#memory.fruitless += 1;
      return undefined;
    }
    const plain = { ...body, conversationId };
    const control = answered(await sending.asControl(plain, plain, name));
    if (control && isAccepted(control.raw.answer!)) {
      this.#renamed.set(body.conversationId, conversationId);
      sending.goOnAs(body.conversationId, conversationId);
    }
    return control;
  }

  #blame(variation: Variation, body: HooksBody, sent: Sent, sending: Sending): void {
    this.#memory.refused.add(variation.what);
    const held = this.#held.get(body.conversationId);
    if (held) held.variations = held.variations.filter((one) => one !== variation);
    const message = notAccepted(sent.raw.answer!, variation.what);
    const expected = 'HTTP 200, as to the same request with a plain value';
    const found = finding(requirementOf(variation, body), message, expected, brief(sent.shown.answer!));
    sending.note(broken(found), sent);
  }
}

/** undefined when it got no answer: then the refusal that it was sent for is charged as if there were no control. */
function answered(control: Sent): Sent | undefined {
  const { answer, failure } = control.raw;
  control.judged = !answer || failure !== undefined;
  return control.judged ? undefined : control;
}

/** The body with all of these that it has a field for. */
function specialForm(
  body: HooksBody,
  variations: readonly Variation[],
): { special: Variation[]; whole: HooksBody } {
  let whole = body;
  const special: Variation[] = [];
  for (const variation of variations) {
    const next = varied(whole, variation);
    if (!next) continue;
    whole = next;
    special.push(variation);
  }
  return { special, whole };
}
