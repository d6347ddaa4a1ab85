// Sends a scenario's requests with values as real contact centres have them, in place of "Agent 2" and the like. What is refused
// with such a value is sent again with the plain one: when that is accepted, the finding is about the value, and the scenario
// goes on with plain values. Unaware of how a request is sent.
import { brief, isAccepted, isSuccess, notAccepted } from '../src/protocol/answers.ts';
import { requirement } from '../src/protocol/catalogue.ts';
import type { OutgoingRequest } from '../src/protocol/conversation.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { broken, finding, type Judgement } from '../src/protocol/finding.ts';
import { ValueChoice } from '../src/protocol/values/choice.ts';
import {
  idWith,
  isOfOneRequest,
  ofLanguage,
  requirementOf,
  type Variation,
  type VariedField,
  varied,
} from '../src/protocol/values/variation.ts';
import { placeInTheSuite } from '../src/run/expected-requests.ts';
import type { Session, ValueMemory } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { languageName, otherLanguages } from './language-kinds.ts';
import type { ScenarioTags } from './scenario-tags.ts';
import type { ScenarioValues, Sending } from './scenario-values.ts';

/** A tenant that refuses plain values, too, is asked no more by repeating whole conversations. */
const maxFruitless = 5;
/** To repeat a longer conversation counts as several times. */
const fewRequests = 20;

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
  { values: memory, settings }: Pick<Session, 'values' | 'settings'>,
  { scenario, claims, breaks, ambiguities }: ScenarioTags,
): VariedValues {
  const isAboutAcceptance = claims.every((claim) => {
    const { decidedBy = [] } = requirement(claim);
    return decidedBy.every((decision) => decision === 'accepted' || decision === 'answer');
  });
  const varies = isAboutAcceptance && claims.length > 0 && breaks.length === 0 && ambiguities.length === 0;
  const place = placeInTheSuite(scenario) ?? `${scenario.uri} ${scenario.name}`;
  if (!varies || memory.seed === null) return new VariedValues(undefined, memory);
  const languages = otherLanguages(settings.languages).map((code) => ofLanguage(code, languageName(code)));
  return new VariedValues(new ValueChoice(memory.seed, place, claims, languages), memory);
}

export class VariedValues implements ScenarioValues {
  readonly #choice: ValueChoice | undefined;
  readonly #memory: ValueMemory;
  #identity: Variation | undefined;
  readonly #held = new Map<string, Held>();
  /** How what was said is written, by its author and text. */
  readonly #forms = new Map<string, Variation[]>();
  /** How often each conversation was repeated for a purpose. */
  readonly #repeats = new Map<string, number>();
  /** Conversations that go on under another id. */
  readonly #renamed = new Map<string, string>();

  /** @param choice left out for plain values */
  constructor(choice: ValueChoice | undefined, memory: ValueMemory) {
    this.#choice = choice;
    this.#memory = memory;
  }

  begin(plainId: string, ...fixed: VariedField[]): string {
    const chosen = this.#sameAgents(this.#choice?.ofConversation(...fixed) ?? []);
    const variations = chosen.filter(({ what }) => !this.#memory.refused.has(what));
    const ofId = variations.find(({ field }) => field === 'conversationId');
    const id = ofId ? idWith(plainId, ofId) : plainId;
    this.#held.set(id, { plainId, variations, accepted: [] });
    return id;
  }

  /** Agent 1 is the same person in all conversations of a scenario: the first of them says by what identity. */
  #sameAgents(chosen: Variation[]): Variation[] {
    const isIdentity = ({ field }: Variation) => field === 'identity';
    if (this.#held.size === 0) this.#identity = chosen.find(isIdentity);
    return [...chosen.filter((one) => !isIdentity(one)), ...(this.#identity ? [this.#identity] : [])];
  }

  variationsOf(conversationId: string): readonly Variation[] {
    return this.#held.get(conversationId)?.variations ?? [];
  }

  asKnown(body: HooksBody): HooksBody {
    return specialForm(body, this.#held.get(body.conversationId)?.variations ?? []).whole;
  }

  async send(request: OutgoingRequest, sending: Sending): Promise<Sent> {
    const { isOpen, label } = request;
    const conversationId = this.#renamed.get(request.body.conversationId) ?? request.body.conversationId;
    const body = { ...request.body, conversationId };
    const held = this.#held.get(conversationId);
    const ofMessage = [...(isOpen ? (this.#choice?.ofMessage() ?? []) : []), ...this.#formOf(request)];
    const { special, whole } = specialForm(body, [
      ...(held?.variations ?? []),
      ...ofMessage.filter(({ what }) => !this.#memory.refused.has(what)),
    ]);
    const sent =
      special.length === 0
        ? await sending.plainly(body, label)
        : await this.#specially({ body, label }, special, whole, sending);
    if (held && isAccepted(sent.raw.answer!)) held.accepted.push({ body, label });
    return sent;
  }

  /** What is said twice is written the same way: a tenant may take it for a duplicate. */
  #formOf({ isOpen, body: { author, query } }: OutgoingRequest): Variation[] {
    if (!author || !this.#choice) return [];
    const text = isOpen ? undefined : `${author.type} ${query}`;
    const form = (text && this.#forms.get(text)) || this.#choice.ofForm(author.type);
    if (text) this.#forms.set(text, form);
    return form;
  }

  async #specially(
    request: OutgoingRequest,
    special: Variation[],
    whole: HooksBody,
    sending: Sending,
  ): Promise<Sent> {
    const sent = await sending.inPlaceOf(request.body, whole, request.label);
    // What was taken after all cannot be tried again in its place.
    if (isAccepted(sent.raw.answer!) || sent.isTaken) return sent;
    const ofOne = special.filter(isOfOneRequest);
    const others = special.filter((one) => !isOfOneRequest(one));
    let last = sent;
    for (const suspects of [ofOne, others]) {
      if (suspects.length === 0 || (suspects === others && this.#memory.fruitless >= maxFruitless)) continue;
      const control =
        suspects === ofOne
          ? await this.#inItsPlace(request, others, sending)
          : await this.#anew(request, { id: 'plain' }, sending);
      if (!control) continue;
      if (!isAccepted(control.raw.answer!)) {
        // What is answered with an error and a 2xx may have been carried out: then it is refused as a repetition.
        const isDone = isSuccess(last.raw.answer!) && !isSuccess(control.raw.answer!);
        const [counts, other] = isDone ? [last, control] : [control, last];
        other.judged = true;
        last = counts;
        if (suspects === others) this.#memory.fruitless += 1;
        continue;
      }
      const isWorthIt = this.#memory.unconfirmed < maxFruitless;
      const guilty = isWorthIt ? await this.#guilty(suspects, request, sending) : [];
      if (guilty.length > 0) {
        last.judged = true;
        for (const one of guilty) this.#blame(one, request.body, sent, sending);
        if (suspects === others) this.#goOnAs(request.body.conversationId, control, sending);
        return control;
      }
      control.judged = true;
      const { accepted } = this.#held.get(request.body.conversationId)!;
      this.#memory.unconfirmed += 1 + Math.floor(accepted.length / fewRequests);
    }
    // Not for its values, as far as the controls show: the finding is about the plainest request that was refused.
    return last;
  }

  /** The same request with plain values. @param kept special values that cannot change in the middle of a conversation */
  async #inItsPlace(
    { body, label }: OutgoingRequest,
    kept: Variation[],
    sending: Sending,
  ): Promise<Sent | undefined> {
    const { whole } = specialForm(body, kept);
    return answered(await sending.asControl(body, whole, `${label}, with plain values`));
  }

  /**
   * The values that it is refused for again, while it is accepted again without, each time in a new conversation: a tenant that
   * accepts what it has just refused, or knows the agent or the conversation already, does not refuse the values. All of them,
   * when none of several is refused by itself.
   */
  async #guilty(suspects: Variation[], request: OutgoingRequest, sending: Sending): Promise<Variation[]> {
    const plain = await this.#anew(request, { id: 'plain-again' }, sending);
    if (!plain || !isAccepted(plain.raw.answer!)) return [];
    plain.judged = true;
    const guilty: Variation[] = [];
    for (const suspect of suspects.length > 1 ? suspects : [])
      if (await this.#isRefusedAgain([suspect], request, sending)) guilty.push(suspect);
    if (guilty.length > 0) return guilty;
    return (await this.#isRefusedAgain(suspects, request, sending)) ? suspects : [];
  }

  async #isRefusedAgain(suspects: Variation[], request: OutgoingRequest, sending: Sending): Promise<boolean> {
    const special = await this.#anew(request, { id: 'special-again', suspects }, sending);
    if (!special) return false;
    special.judged = true;
    return !isAccepted(special.raw.answer!);
  }

  /**
   * Repeats the conversation up to this request under another id. With suspects, the agents are others as well.
   * @returns undefined when it did not get that far
   */
  async #anew(
    { body, label }: OutgoingRequest,
    { id, suspects = [] }: { id: string; suspects?: Variation[] },
    sending: Sending,
  ): Promise<Sent | undefined> {
    const { accepted, plainId } = this.#held.get(body.conversationId)!;
    const ofId = suspects.find(({ field }) => field === 'conversationId');
    const count = (this.#repeats.get(plainId + id) ?? 0) + 1;
    this.#repeats.set(plainId + id, count);
    const next = `${plainId}-${id}${count > 1 ? count : ''}`;
    const conversationId = ofId ? idWith(next, ofId) : next;
    const lasting = suspects.filter((suspect) => !isOfOneRequest(suspect));
    const send = async (one: HooksBody, special: Variation[], name: string) => {
      const plain = { ...(suspects.length > 0 ? withOtherAgents(one) : one), conversationId };
      return answered(await sending.asControl(plain, specialForm(plain, special).whole, name));
    };
    for (const before of accepted) {
      const sent = await send(before.body, lasting, `${before.label}, again`);
      if (sent) sent.judged = true;
      if (sent && isAccepted(sent.raw.answer!)) continue;
      this.#memory.fruitless += 1;
      return undefined;
    }
    return send(body, suspects, `${label}, ${suspects.length > 0 ? 'again' : 'with plain values'}`);
  }

  /** The conversation goes on where the plain values were accepted. */
  #goOnAs(conversationId: string, { raw }: Sent, sending: Sending): void {
    const next = (JSON.parse(raw.request.body!) as HooksBody).conversationId;
    this.#renamed.set(conversationId, next);
    sending.goOnAs(conversationId, next);
  }

  #blame(variation: Variation, body: HooksBody, sent: Sent, sending: Sending): void {
    this.#memory.refused.add(variation.what);
    const held = this.#held.get(body.conversationId);
    if (held) held.variations = held.variations.filter((one) => one !== variation);
    sending.note(refusedFor(variation, body, sent), sent);
  }
}

/** The finding about a value, while the same request is accepted with a plain one. */
export function refusedFor(variation: Variation, body: HooksBody, { raw, shown }: Sent): Judgement {
  const message = notAccepted(raw.answer!, variation.what);
  const expected = 'HTTP 200, as to the same request with a plain value';
  return broken(finding(requirementOf(variation, body), message, expected, brief(shown.answer!)));
}

/** Agents who were in no conversation yet, with plain values otherwise. */
function withOtherAgents(body: HooksBody): HooksBody {
  const text = JSON.stringify(body).replace(
    /"agent-(\d+)"/g,
    (_, number) => `"agent-${Number(number) + 50}"`,
  );
  return JSON.parse(text) as HooksBody;
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
