// Which requirement a refusal breaks: what its answer says, what controls have shown of others like it, or what its own show.
import { isUnknownBot } from '../src/protocol/answers.ts';
import { type RequirementId, requirement } from '../src/protocol/catalogue.ts';
import {
  chargedWith,
  namedByTheAnswer,
  ofTheBot,
  type Shown,
  shownInWords,
} from '../src/protocol/controls/charge.ts';
import { lastOf, type Sequence } from '../src/protocol/controls/sequence.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { acceptedRequests } from './accepted-requests.ts';
import { countOf, Unanswered } from './control-requests.ts';
import { Controls, knownBy } from './controls.ts';
import { isListed } from './known-deviations.ts';
import { isFickle } from './once-more.ts';
import { isAmongOthers, sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

export interface Charge {
  requirement: RequirementId;
  /** What the controls have shown, for people. */
  why: string;
  /** In which form it is accepted: "without experience". */
  form?: string;
}

/** Most requests that the controls of a worker send: a tenant that refuses a lot is not asked for ever. */
const maxRequests = 600;

/** What was charged in a scenario where a refusal could not be repeated. */
const unexplained = new WeakMap<ConformanceWorld['scenario'], RequirementId>();

/** The requirement that a refusal breaks. @param claim what the event is about, which is charged when nothing shows more */
export async function chargeOf(world: ConformanceWorld, sent: Sent, claim: RequirementId): Promise<Charge> {
  const sequence = sequenceTo(sent, world.scenario.sent);
  if (!sequence) return { requirement: claim, why: '' };
  const several = isAmongOthers(world, sent);
  const found = await shownOf(world, { sent, sequence, several });
  if (!found) return { requirement: claim, why: '' };
  const { shown } = found;
  const own = shown.by === 'repetition' ? unexplainedIn(world, claim) : claim;
  if (shown.by === 'repetition' && isFickle(world))
    return { requirement: 'HOOKS-RESP-01', why: shownInWords(shown) };
  const requirement = chargedWith(shown, {
    sequence: found.sequence,
    answer: sent.raw.answer!,
    claim: own,
    several,
  });
  const form = shown.by === 'form' ? { form: shown.words.replace(/ elsewhere$/, '') } : {};
  return { requirement, why: shownInWords(shown), ...form };
}

/** What nothing explains has one cause in a scenario, wherever in it the tenant refuses something of this level. */
function unexplainedIn({ scenario }: ConformanceWorld, claim: RequirementId): RequirementId {
  const before = unexplained.get(scenario);
  const own = before && requirement(before).level === requirement(claim).level ? before : claim;
  unexplained.set(scenario, own);
  return own;
}

/** undefined when a control got no answer, or none is left and nothing explains it. */
async function shownOf(
  world: ConformanceWorld,
  { sent, sequence, several }: { sent: Sent; sequence: Sequence; several: boolean },
): Promise<{ shown: Shown; sequence: Sequence } | undefined> {
  const others = acceptedRequests(world.session).length > 0;
  const answer = sent.raw.answer!;
  const named = namedByTheAnswer(answer, others);
  const known = knownBy(world.session);
  const { explanations } = known;
  if (named) return { sequence, shown: { by: 'answer', requirement: named } };
  if (countOf(world.session).requests >= maxRequests) {
    const shown =
      explanations.traits.explanationOf(sequence) ??
      explanations.of(sequence) ??
      (isUnknownBot(answer)
        ? ofTheBot
        : explanations.ofItsKind(sequence, (requirement) => isListed(world, requirement)));
    return shown && { sequence, shown };
  }
  try {
    const controls = new Controls(world, known);
    if (isUnknownBot(answer)) return { sequence, shown: await controls.shownOfTheBot(sequence) };
    const before = explanations.traits.explanationOf(sequence);
    if (before) return { sequence, shown: before };
    if (several && (await controls.acceptsAlone(sequence))) return { sequence, shown: { by: 'alone' } };
    const part = await controls.refusedPartOf(sequence);
    if (part) return { sequence: part, shown: await controls.shownOf(part) };
    const requirement = 'query' in lastOf(sequence) ? 'HOOKS-MSG-10' : 'HOOKS-ENV-06';
    return { sequence, shown: { by: 'form', requirement, words: 'when each part has a request of its own' } };
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}
