// What several refusals have had in common explains others: an event that has it as well, when none that has it was ever accepted.
import type { RequirementId } from '../src/protocol/catalogue.ts';
import type { Shown } from '../src/protocol/controls/charge.ts';
import type { Control } from '../src/protocol/controls/control.ts';
import type { Sequence } from '../src/protocol/controls/sequence.ts';
import { hasTrait, type Trait, traitKey, traitsOf } from '../src/protocol/controls/trait.ts';
import type { Session } from '../src/run/session.ts';
import { acceptedRequests } from './accepted-requests.ts';

/** So many controls of different conversations have to have shown it. */
const enough = 3;

interface ShownTrait {
  trait: Trait;
  requirement: RequirementId;
  words: string;
  times: number;
}

export class ShownTraits {
  readonly #session: Session;
  readonly #traits = new Map<string, ShownTrait>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** @param control that was accepted, in place of what was refused */
  note({ requirement, words, sequence }: Control, refused: Sequence): void {
    for (const trait of traitsOf(sequence, refused)) {
      const key = `${requirement} ${traitKey(trait)}`;
      const times = (this.#traits.get(key)?.times ?? 0) + 1;
      this.#traits.set(key, { trait, requirement, words, times });
    }
  }

  /** undefined when it has to be looked into. */
  explanationOf(refused: Sequence): Shown | undefined {
    const isEnough = ({ trait, times }: ShownTrait) =>
      times >= enough && hasTrait(refused, trait) && !this.#isAccepted(trait);
    const known = [...this.#traits.values()].find(isEnough);
    return known && { by: 'form', requirement: known.requirement, words: `${known.words} elsewhere` };
  }

  #isAccepted(trait: Trait): boolean {
    return acceptedRequests(this.#session).some((request) => hasTrait(request, trait));
  }
}
