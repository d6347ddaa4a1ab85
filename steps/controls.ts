// The controls of a refused event: sends it again in other forms and at other places, each time in a new conversation that
// is built up to the same point, until something is accepted. Only after a refusal, so a healthy tenant gets no such request.
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { ofTheBot, type Shown } from '../src/protocol/controls/charge.ts';
import type { Control } from '../src/protocol/controls/control.ts';
import { earlierControls } from '../src/protocol/controls/earlier-forms.ts';
import { early, messagesOnly } from '../src/protocol/controls/early.ts';
import { beforeTheExit } from '../src/protocol/controls/ending-forms.ts';
import { botControls, firstAndLast, formControls, isOfContent } from '../src/protocol/controls/forms.ts';
import {
  afterADrop,
  isPlainest,
  orderRequirement,
  otherPlaces,
  plainestExit,
} from '../src/protocol/controls/place.ts';
import { apart, lastEventOf, lastOf, plain, type Sequence } from '../src/protocol/controls/sequence.ts';
import { requirementOf } from '../src/protocol/values/variation.ts';
import type { Session } from '../src/run/session.ts';
import { acceptsAnew, countOf, inTheFormOf } from './control-requests.ts';
import { Explanations, keyOf } from './explanations.ts';
import { FixedValues } from './fixed-values.ts';
import { isListed } from './known-deviations.ts';
import { lettersOnly, likeAgents, plainAgents } from './other-agents.ts';
import { TidyingUp } from './tidying-up.ts';
import type { ConformanceWorld } from './world.ts';

/** Most bodies of a conversation that is sent again for each control. */
const maxBodies = 12;

/** What a worker knows already. */
export interface Known {
  explanations: Explanations;
  /** Whether plain events at plain places are accepted. */
  places: Map<string, boolean>;
  agents: number;
  /** The requirements that a control has shown to be broken. */
  forms: Set<RequirementId>;
  /** What explains an answer that the bot is unknown, by the event. */
  bots: Map<string, Shown>;
  /** Whether an event that was refused beside other conversations is accepted when none is open. */
  alone: Map<string, boolean>;
  readonly tidyingUp: TidyingUp;
}

const knownOf = new WeakMap<Session, Known>();

export function knownBy(session: Session): Known {
  const known = knownOf.get(session) ?? {
    explanations: new Explanations(session),
    places: new Map(),
    agents: 100,
    forms: new Set(),
    alone: new Map(),
    bots: new Map(),
    tidyingUp: new TidyingUp(),
  };
  knownOf.set(session, known);
  return known;
}

export class Controls {
  readonly #world: ConformanceWorld;
  readonly #known: Known;

  constructor(world: ConformanceWorld, known: Known) {
    this.#world = world;
    this.#known = known;
  }

  /** Whether the same event is accepted once all other conversations have ended. */
  async acceptsAlone(sequence: Sequence): Promise<boolean> {
    const { alone, tidyingUp } = this.#known;
    const key = keyOf(lastEventOf(sequence));
    const before = alone.get(key);
    if (before !== undefined) return before;
    const accepted =
      (await tidyingUp.after(this.#world)).every(({ isEnded }) => isEnded) &&
      (await this.#accepts(sequence, 'with no other conversation open'));
    alone.set(key, accepted);
    return accepted;
  }

  /** The conversation up to the part of a request that is refused by itself; undefined when no part of several is. */
  async refusedPartOf(sequence: Sequence): Promise<Sequence | undefined> {
    const parts = apart(sequence);
    if (!parts) return sequence;
    for (let count = sequence.bodies.length; count <= parts.bodies.length; count += 1) {
      const part = { ...parts, bodies: parts.bodies.slice(0, count) };
      if (!(await this.#accepts(part, 'in parts'))) return part;
    }
    return undefined;
  }

  /** Of an event whose bot the tenant says it does not know: it may want another botId in the body than in the path. */
  async shownOfTheBot(sequence: Sequence): Promise<Shown> {
    const { bots, explanations } = this.#known;
    const { dialect } = this.#world.session.settings;
    const short = sequence.bodies.length > maxBodies ? (early(sequence, dialect) ?? sequence) : sequence;
    const key = keyOf(lastEventOf(plain(sequence, dialect)));
    const before = explanations.traits.explanationOf(sequence) ?? bots.get(key);
    if (before) return before;
    const shown = (await this.#explained(botControls(short), short)) ?? ofTheBot;
    bots.set(key, shown);
    return shown;
  }

  async shownOf(sequence: Sequence): Promise<Shown> {
    const { explanations } = this.#known;
    const before = explanations.of(sequence);
    if (before) return before;
    const isLong = sequence.bodies.length > maxBodies;
    const shown = (isLong && (await this.#shownOfALongOne(sequence))) || (await this.#look(sequence));
    explanations.note(sequence, shown);
    return shown;
  }

  /** What is refused late in a long conversation costs fewer requests where it comes early. */
  async #shownOfALongOne(sequence: Sequence): Promise<Shown | undefined> {
    const short = early(sequence, this.#world.session.settings.dialect);
    if (!short) return undefined;
    if (!(await this.#accepts(short, 'early in a conversation'))) return this.shownOf(short);
    if (await this.#accepts(this.#withNewAgents(sequence), 'with other agents'))
      return { by: (await this.#accepts(sequence, 'again')) ? 'repetition' : 'agents' };
    const { dialect } = this.#world.session.settings;
    const controls = [...formControls(sequence), ...earlierControls(sequence, dialect)];
    const few = firstAndLast([...this.#likelyOf(controls), ...controls.filter(isOfContent)]);
    return (await this.#explained(few, sequence)) ?? (await this.#shownByPlace(sequence));
  }

  /** Those that explained another refusal; before a known deviation, what the scenario is about: it may be broken anew. */
  #likelyOf(controls: readonly Control[]): Control[] {
    const shown = controls.filter(({ requirement }) => this.#known.forms.has(requirement));
    const listed = shown.filter(({ requirement }) => isListed(this.#world, requirement));
    if (listed.length === 0) return shown;
    const { claims } = this.#world.scenario;
    const own = controls.filter(({ requirement }) => claims.includes(requirement));
    return [...new Set([...shown, ...own])].filter((one) => !listed.includes(one)).concat(listed);
  }

  async #look(sequence: Sequence): Promise<Shown> {
    const controls = formControls(sequence);
    // What explained another refusal most likely explains this one.
    const likely = this.#likelyOf(controls);
    const others = controls.filter((control) => !likely.includes(control));
    const asBefore = await this.#explained(likely, sequence);
    if (asBefore) return asBefore;
    if (await this.#accepts(this.#withNewAgents(sequence), 'with other agents'))
      return { by: (await this.#accepts(sequence, 'again')) ? 'repetition' : 'agents' };
    const byItsId = await this.#withAPlainId(sequence);
    if (byItsId) return byItsId;
    const plainly = plainAgents(sequence, this.#known.agents);
    const areSpecial = this.#areFixed && keyOf(plainly) !== keyOf(likeAgents(sequence, this.#known.agents));
    if (areSpecial && (await this.#accepts(plainly, 'of agents with plain values'))) {
      const requirement = requirementOf({ field: 'identity', what: '', value: '' }, lastOf(sequence));
      return { by: 'form', requirement, words: 'of agents with plain values' };
    }
    const { dialect } = this.#world.session.settings;
    const inPlainForm = plain(sequence, dialect);
    if (keyOf(inPlainForm) !== keyOf(sequence)) {
      if (!(await this.#accepts(inPlainForm, 'in the plain form'))) return this.shownOf(inPlainForm);
      const forms = [...others, ...earlierControls(sequence, dialect)];
      return (await this.#explained(forms, sequence)) ?? { by: 'plain form' };
    }
    const byContent = await this.#explained(others.filter(isOfContent), sequence);
    if (byContent) return byContent;
    // What is accepted in the same form elsewhere is not refused for its form.
    const place = await this.#refusedPlace(sequence);
    return place ? this.#shownByPlace(place) : this.#everywhere(sequence, others);
  }

  /** @param sequence with an event that is accepted elsewhere */
  async #shownByPlace(sequence: Sequence): Promise<Shown> {
    const usual = afterADrop(sequence);
    const isUsual = usual && !(await this.#accepts(usual, 'after a drop that was reported'));
    const requirement = isUsual ? 'HOOKS-RDL-01' : orderRequirement(sequence);
    const messages = 'query' in lastOf(sequence) && requirement !== 'HOOKS-MSG-04' && messagesOnly(sequence);
    const isForThem = messages && !(await this.#accepts(messages, 'after messages only'));
    return { by: 'place', requirement: isForThem ? 'HOOKS-MSG-04' : requirement };
  }

  /** Whether it is accepted with an id of the suite's own form, where the scenario has given it another one. */
  async #withAPlainId(sequence: Sequence): Promise<Shown | undefined> {
    const plainId = this.#world.newConversationId();
    if (inTheFormOf(lastOf(sequence).conversationId, plainId) === plainId) return undefined;
    // With other agents: those of its own may be in another conversation by now.
    const others = this.#withNewAgents(sequence);
    if (!(await this.#accepts(others, 'with a conversationId of another form', true))) return undefined;
    return { by: 'form', requirement: 'HOOKS-ENV-01', words: 'with a conversationId of another form' };
  }

  /** The plainest place where the event is refused, when it is accepted at another; undefined when it is refused at all. */
  async #refusedPlace(sequence: Sequence): Promise<Sequence | undefined> {
    const places = otherPlaces(sequence, this.#world.session.settings.dialect);
    for (const [index, place] of places.entries()) {
      if (!(await this.#acceptsPlace(place))) continue;
      return index === 0 || isPlainest(sequence) ? sequence : places[0]!;
    }
    return undefined;
  }

  /** Of an event that is refused at every place, wherever it was refused this time. */
  async #everywhere(sequence: Sequence, controls: readonly Control[]): Promise<Shown> {
    this.#known.agents += 10;
    const forms = [
      ...controls.filter((one) => !isOfContent(one)),
      lettersOnly(sequence, this.#known.agents),
      ...beforeTheExit(sequence),
    ];
    const plainest = plainestExit(sequence, this.#world.session.settings.dialect);
    const shown = (await this.#explained(forms, sequence)) ?? {
      by: 'kind' as const,
      others: countOf(this.#world.session).anyAccepted,
      anyExit: !plainest || (await this.#acceptsPlace(plainest)),
    };
    this.#known.explanations.noteEverywhere(sequence, shown);
    return shown;
  }

  async #acceptsPlace(place: Sequence): Promise<boolean> {
    const key = keyOf(place);
    const before = this.#known.places.get(key);
    if (before !== undefined) return before;
    const accepted = await this.#accepts(place, 'at another place');
    this.#known.places.set(key, accepted);
    return accepted;
  }

  /** What is refused no more as it was is not refused for its form. */
  async #explained(controls: readonly Control[], sequence: Sequence): Promise<Shown | undefined> {
    const control = await this.#firstAccepted(controls);
    if (!control) return undefined;
    if (await this.#accepts(sequence, 'again')) return { by: 'repetition' };
    const { requirement, words } = control;
    this.#known.forms.add(requirement);
    this.#known.explanations.traits.note(control, sequence);
    return { by: 'form', requirement, words };
  }

  async #firstAccepted(controls: readonly Control[]): Promise<Control | undefined> {
    for (const control of controls) {
      if (!(await this.#accepts(control.sequence, control.words))) continue;
      return (await this.#firstAccepted(control.narrower ?? [])) ?? control;
    }
    return undefined;
  }

  async #accepts(sequence: Sequence, words: string, hasPlainId = false): Promise<boolean> {
    await this.#known.tidyingUp.afterControls(this.#world);
    return acceptsAnew(this.#world, sequence, { words, hasPlainId });
  }

  /** Whether the scenario says itself which values it has. */
  get #areFixed(): boolean {
    return this.#world.values instanceof FixedValues;
  }

  /** Agents whom no other conversation has, named like the others. */
  #withNewAgents(sequence: Sequence): Sequence {
    this.#known.agents += 10;
    return this.#areFixed
      ? likeAgents(sequence, this.#known.agents)
      : plainAgents(sequence, this.#known.agents);
  }
}
