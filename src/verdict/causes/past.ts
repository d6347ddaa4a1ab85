// What came before a request: in its own conversation, and in the others of its scenario.
import { isAccepted, parseJson } from '../../protocol/answers.ts';
import { type Step, stepsOf } from '../../protocol/lifecycle/step.ts';
import { conversationIdOf, isObject } from '../../protocol/requests.ts';
import type { SentExchange } from '../scenario-record.ts';

export interface Past {
  /** The steps that the tenant has accepted, in their order. */
  steps: readonly Step[];
  /** The texts of the messages among them. */
  texts: readonly string[];
  /** Of the conversation, by what it was last said to be. */
  experience: unknown;
  /** Whether the request before it was of another conversation, though this one had begun. */
  isInterleaved: boolean;
  /** The identities of the agents in other conversations of the scenario, and of those who have left one while in this. */
  presentElsewhere: ReadonlySet<string>;
  goneElsewhere: ReadonlySet<string>;
  /** Whether another conversation of the scenario is open. */
  othersOpen: boolean;
  /** Whether other requests of the scenario were on their way at the same time. */
  simultaneous: boolean;
  /** Whether a request that had to be accepted was not: what follows may be refused for that alone. */
  isBroken: boolean;
}

/** Each exchange with what came before it. */
export function withPast(exchanges: readonly SentExchange[]): { exchange: SentExchange; past: Past }[] {
  const steps = new Map<string, Step[]>();
  const texts = new Map<string, string[]>();
  const experiences = new Map<string, unknown>();
  const broken = new Set<string>();
  const all: Taken[] = [];
  let previous = '';
  return exchanges.map((exchange) => {
    const body = parseJson(exchange.request.body ?? '');
    const id = conversationIdOf(body) ?? '';
    const said = experienceIn(body);
    if (said !== undefined) experiences.set(id, said);
    const past: Past = {
      experience: experiences.get(id),
      steps: [...(steps.get(id) ?? [])],
      texts: [...(texts.get(id) ?? [])],
      ...elsewhere(all, id),
      isInterleaved: steps.has(id) && previous !== id,
      othersOpen: [...steps].some(([other, taken]) => other !== id && taken.at(-1)?.type !== 'end'),
      simultaneous: exchanges.some((other) => other !== exchange && overlap(other, exchange)),
      isBroken: broken.has(id),
    };
    previous = id;
    const accepted = exchange.answer !== undefined && !exchange.failure && isAccepted(exchange.answer);
    if (isObject(body) && accepted && exchange.due !== 'refusal') {
      const taken = stepsOf(body);
      steps.set(id, [...past.steps, ...taken]);
      all.push(...taken.map((step) => ({ id, step })));
      if (typeof body.query === 'string') texts.set(id, [...past.texts, body.query]);
    }
    if (exchange.due === 'acceptance' && !accepted) broken.add(id);
    return { exchange, past };
  });
}

interface Taken {
  id: string;
  step: Step;
}

/** @param all the steps of all conversations, in their order */
function elsewhere(all: readonly Taken[], here: string): Pick<Past, 'presentElsewhere' | 'goneElsewhere'> {
  const presentHere = new Set<string>();
  const presentElsewhere = new Set<string>();
  const goneElsewhere = new Set<string>();
  for (const { id, step } of all) {
    if (step.type !== 'transfer') continue;
    const { identity } = step.agent;
    const present = id === here ? presentHere : presentElsewhere;
    if (step.transition === 'entry') {
      present.add(identity);
      goneElsewhere.delete(identity);
    } else if (present.delete(identity) && id !== here && presentHere.has(identity)) {
      goneElsewhere.add(identity);
    }
  }
  return { presentElsewhere, goneElsewhere };
}

function overlap(one: SentExchange, other: SentExchange): boolean {
  return (
    one.startedAt < other.startedAt + other.durationMs && other.startedAt < one.startedAt + one.durationMs
  );
}

function experienceIn(body: unknown): unknown {
  if (!isObject(body)) return undefined;
  const events: unknown[] = Array.isArray(body.events) ? body.events : [];
  return [body, ...events].map((one) => (isObject(one) ? one.experience : undefined)).find(Boolean);
}
