// What the controls of a worker have shown so far, so that the same refusal is looked into once.
import type { RequirementId } from '../src/protocol/catalogue.ts';
import type { Shown } from '../src/protocol/controls/charge.ts';
import { orderRequirement } from '../src/protocol/controls/place.ts';
import { lastEventOf, lastOf, plain, type Sequence } from '../src/protocol/controls/sequence.ts';
import { stepKind, stepsOf } from '../src/protocol/lifecycle/step.ts';
import type { Session } from '../src/run/session.ts';
import { ShownTraits } from './shown-traits.ts';

export class Explanations {
  /** What explains a refusal without a control. */
  readonly traits: ShownTraits;
  readonly #session: Session;
  readonly #shown = new Map<string, Shown>();
  /** By the last event alone. */
  readonly #everywhere = new Map<string, Shown>();
  /** By the kind of the last event. */
  readonly #ofKinds = new Map<string, Shown[]>();

  constructor(session: Session) {
    this.#session = session;
    this.traits = new ShownTraits(session);
  }

  /** What was shown of the same event, where it was refused before or where that does not matter. */
  of(sequence: Sequence): Shown | undefined {
    const event = this.#keyOfEvent(sequence);
    return (
      this.#shown.get(keyOf(sequence)) ??
      this.#everywhere.get(event) ??
      this.#shown.get(event + orderRequirement(sequence))
    );
  }

  note(sequence: Sequence, shown: Shown): void {
    this.#shown.set(keyOf(sequence), shown);
    // The same event at a like place.
    if (shown.by === 'place') this.#shown.set(this.#keyOfEvent(sequence) + orderRequirement(sequence), shown);
    const kind = kindOf(sequence);
    this.#ofKinds.set(kind, [...(this.#ofKinds.get(kind) ?? []), shown]);
  }

  /** Of an event that is refused wherever it is sent. */
  noteEverywhere(sequence: Sequence, shown: Shown): void {
    this.#everywhere.set(this.#keyOfEvent(sequence), shown);
  }

  /**
   * What most of the controls of such an event have shown, where nothing more can be looked into.
   * @param except requirements that explain nothing else
   */
  ofItsKind(sequence: Sequence, except: (requirement: RequirementId) => boolean): Shown | undefined {
    const all = (this.#ofKinds.get(kindOf(sequence)) ?? []).filter(
      (shown) => (shown.by === 'form' || shown.by === 'place') && !except(shown.requirement),
    );
    const counts = Map.groupBy(all, (shown) => JSON.stringify(shown));
    const [most] = [...counts.values()].sort((one, next) => next.length - one.length)[0] ?? [];
    return most?.by === 'form' ? { ...most, words: `${most.words} elsewhere` } : most;
  }

  #keyOfEvent(sequence: Sequence): string {
    return keyOf(lastEventOf(plain(sequence, this.#session.settings.dialect)));
  }
}

/** The same text for the same conversation under another id. */
export function keyOf(sequence: Sequence): string {
  const { conversationId } = lastOf(sequence);
  return JSON.stringify(sequence).replaceAll(JSON.stringify(conversationId), '""');
}

/** The types of steps in the last request, with the author of a message. */
export function kindOf(sequence: Sequence): string {
  const { author } = lastOf(sequence);
  return [...stepsOf(lastOf(sequence)).map(stepKind), author?.type].join(' ');
}
