// Which requirement a failure breaks, by what its smallest script cannot do without: a value, several conversations, several events
// in one request; or else by the controls that scenarios have.
import { isAccepted } from '../protocol/answers.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import { chargedWith, namedByTheAnswer, type Shown, shownInWords } from '../protocol/controls/charge.ts';
import { formControls } from '../protocol/controls/forms.ts';
import { orderRequirement, otherPlaces } from '../protocol/controls/place.ts';
import { type Sequence, withAgents } from '../protocol/controls/sequence.ts';
import { stepKind, stepsOf } from '../protocol/lifecycle/step.ts';
import { requirementOf } from '../protocol/values/variation.ts';
import { specialValuesOf } from './plainer.ts';
import type { Target } from './play.ts';
import { numberOf } from './script.ts';
import type { Shrunk } from './shrink.ts';

export interface Charge {
  requirement: RequirementId;
  /** What it depends on, for people; empty when that is the event itself. */
  why: string;
}

export async function chargeOf(
  { script, failure }: Shrunk,
  target: Target,
  mayGoOn: () => boolean,
): Promise<Charge> {
  if (failure.requirement) return { requirement: failure.requirement, why: '' };
  if (failure.kind === 'mistake accepted') return { requirement: 'HOOKS-ERR-02', why: '' };
  const last = failure.bodies.at(-1)!;
  const [special] = specialValuesOf(script);
  if (special) {
    const field = special.field === 'ending' ? 'conversationId' : special.field;
    const requirement = requirementOf({ field, what: '', value: special.value }, last);
    return { requirement, why: `accepted with a plain ${field}` };
  }
  if (script.together > 1)
    return { requirement: 'HOOKS-SEQ-15', why: `only when ${script.together} are sent at the same time` };
  if (script.conversations.length > 1)
    return { requirement: 'HOOKS-SEQ-15', why: 'only with another conversation' };
  const several = script.requests.findIndex(({ moves }) => moves.length > 1);
  if (several >= 0) {
    const isLast = several === script.requests.length - 1;
    const withMessage = script.requests[several]!.moves.some(({ type }) => type === 'message');
    const optional = withMessage ? 'HOOKS-MSG-10' : 'HOOKS-ENV-06';
    return {
      // To refuse several is allowed; to take them and lose one is not.
      requirement: isLast ? optional : 'HOOKS-ENV-05',
      why: 'accepted when each has a request of its own',
    };
  }
  const mistakes = script.requests.flatMap(({ isMistake }, at) => (isMistake ? [at] : []));
  if (mistakes.length > 0) {
    const bodies = failure.bodies.filter((_, at) => !mistakes.includes(at));
    return { requirement: orderOf({ bodies }), why: 'only after an event out of order was refused' };
  }
  return byControls({ script, failure }, target, mayGoOn);
}

/** A conversation that began as a call back and is taken up again later is one that was taken up again. */
function orderOf(sequence: Sequence): RequirementId {
  const redials = sequence.bodies.flatMap(stepsOf).filter((step) => stepKind(step) === 'redial entry');
  return redials.length > 1 ? 'HOOKS-RDL-01' : orderRequirement(sequence);
}

async function byControls({ failure }: Shrunk, target: Target, mayGoOn: () => boolean): Promise<Charge> {
  const sequence: Sequence = { bodies: failure.bodies };
  const claim = orderOf(sequence);
  const answer = failure.exchange.answer!;
  const named = namedByTheAnswer(answer, claim);
  const shown: Shown = named
    ? { by: 'answer', requirement: named }
    : await shownOf(sequence, claim, target, mayGoOn);
  const requirement = chargedWith(shown, { sequence, answer, claim, several: false });
  return { requirement, why: shownInWords(shown) };
}

async function shownOf(
  sequence: Sequence,
  claim: RequirementId,
  target: Target,
  mayGoOn: () => boolean,
): Promise<Shown> {
  // What is accepted in the same form elsewhere is not refused for its form; and these are the shorter ones.
  for (const place of otherPlaces(sequence, target.dialect))
    if (mayGoOn() && (await accepts(place, target))) return { by: 'place', requirement: claim };
  for (const { requirement, words, sequence: other } of formControls(sequence))
    if (mayGoOn() && (await accepts(other, target))) return { by: 'form', requirement, words };
  return { by: 'kind', others: true };
}

/** Whether the last event is accepted after the others, in a new conversation of new agents. */
async function accepts(sequence: Sequence, target: Target): Promise<boolean> {
  // Another token or content type is not sent here.
  if (sequence.token !== undefined || sequence.contentType !== undefined) return false;
  const { conversationId } = target.newEnvelope('');
  const base = target.newAgents(100) - 1;
  const fresh = withAgents(sequence, (identity) => {
    const number = base + (numberOf(identity) % 100);
    return { identity: `agent-${number}`, name: `Agent ${number}` };
  });
  for (const body of fresh.bodies) {
    const { answer } = await target.send({ ...body, conversationId });
    if (!answer || !isAccepted(answer)) return false;
  }
  return true;
}
