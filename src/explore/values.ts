// Which special values an excursion has: those of the corpora and longer ones made of them, each in its turn.
import {
  customFields,
  idEndings,
  identities,
  names,
  reasons,
  sources,
  texts,
} from '../protocol/values/corpus.ts';
import type { Draw } from './draw.ts';
import type { AgentValues, ScriptedConversation, ScriptedMove } from './script.ts';

/** Of characters, for names: more than a column for names has in many databases. */
const longName = 80;

function values<Value>(corpus: readonly { value: Value }[]): readonly Value[] {
  return corpus.map(({ value }) => value);
}

function repeated(text: string): string {
  return `${text} `.repeat(Math.ceil(longName / (text.length + 1))).trim();
}

const lists = {
  name: values(names).flatMap((name) => (name.length < longName ? [name, repeated(name)] : [name])),
  identity: values(identities),
  customFields: values(customFields),
  ending: values(idEndings),
  reason: values(reasons),
  query: values(texts),
  source: values(sources),
};

type Lists = typeof lists;

/** Each list in turn, from a place that the seed chooses: so all values have their turn. */
export class ValueTurns {
  readonly #turns = new Map<keyof Lists, number>();

  #next<Name extends keyof Lists>(name: Name, draw: Draw): Lists[Name][number] {
    const all = lists[name];
    const turn = this.#turns.get(name) ?? draw.below(all.length);
    // A step that has no divisor in common with the length: neighbours in the list are not neighbours here.
    this.#turns.set(name, (turn + coprime(all.length)) % all.length);
    return all[turn]!;
  }

  /** Of a contact centre that names its agents in one way: the identity of each, by their number. */
  identities(draw: Draw): string | undefined {
    return draw.chance(0.6) ? this.#next('identity', draw) : undefined;
  }

  /** @param identity of all agents; without it, of each its own */
  ofAgent(draw: Draw, identity: string | undefined): AgentValues {
    const own = identity ?? (draw.chance(0.3) ? this.#next('identity', draw) : undefined);
    return {
      ...(draw.chance(0.6) ? { name: this.#next('name', draw) } : {}),
      ...(own === undefined ? {} : { identity: own }),
      ...(draw.chance(0.25) ? { customFields: this.#next('customFields', draw) } : {}),
    };
  }

  ofConversation(draw: Draw): Omit<ScriptedConversation, 'experience'> {
    return {
      ...(draw.chance(0.3) ? { ending: this.#next('ending', draw) } : {}),
      ...(draw.chance(0.3) ? { reason: this.#next('reason', draw) } : {}),
    };
  }

  ofMessage(draw: Draw): Partial<Extract<ScriptedMove, { type: 'message' }>> {
    return {
      ...(draw.chance(0.8) ? { query: this.#next('query', draw) } : {}),
      ...(draw.chance(0.2) ? { source: this.#next('source', draw) } : {}),
    };
  }
}

function coprime(length: number): number {
  let step = Math.max(1, Math.round(length * 0.38));
  while (divisor(step, length) > 1) step += 1;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
