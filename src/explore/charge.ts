// Which requirement a failure breaks, by what its smallest script cannot do without: a value, several conversations, several events
// in one request; or else by the controls that scenarios have.
import { isAccepted, isUnknownBot } from '../protocol/answers.ts';
import type { RequirementId } from '../protocol/catalogue.ts';
import {
  chargedWith,
  namedByTheAnswer,
  ofTheBot,
  type Shown,
  shownInWords,
} from '../protocol/controls/charge.ts';
import type { Control } from '../protocol/controls/control.ts';
import { botControls, formControls } from '../protocol/controls/forms.ts';
import { orderRequirement, otherPlaces, plainestExit } from '../protocol/controls/place.ts';
import { type Sequence, withAgents } from '../protocol/controls/sequence.ts';
import { plainAgent } from '../protocol/events.ts';
import { stepKind, stepsOf } from '../protocol/lifecycle/step.ts';
import { requirementOf } from '../protocol/values/variation.ts';
import { specialValuesOf, withoutField } from './plainer.ts';
import { play, type Target } from './play.ts';
import { isWellFormed, numberOf, type Script } from './script.ts';
import { isAlike, type Shrunk } from './shrink.ts';
import { apart, onlyConversations } from './smaller.ts';

export interface Charge {
  requirement: RequirementId;
  /** What it depends on, for people; empty when that is the event itself. */
  why: string;
}

/** How a script came to be charged: what may still be sent, and whether its failure can be trusted to come again. */
export interface Charging {
  target: Target;
  mayGoOn(): boolean;
  /** Whether it failed again when it was sent again, and nothing else was. */
  isRepeatable: boolean;
}

const withoutControl = 'no control: it was not seen a second time';
const nowAndThen = 'no control: it is refused now and then';
const cutShort =
  'no control: the exploration ended, or its requests were used up, before one had shown anything';

export async function chargeOf({ script, failure }: Shrunk, charging: Charging): Promise<Charge> {
  if (failure.requirement) return { requirement: failure.requirement, why: '' };
  if (charging.isRepeatable && script.together > 1)
    return { requirement: 'HOOKS-SEQ-15', why: `only when ${script.together} are sent at the same time` };
  if (charging.isRepeatable)
    for (const claim of claimsOf({ script, failure })) {
      if (await isShown(claim, { script, failure }, charging))
        return { requirement: claim.requirement, why: claim.why };
    }
  return byControls({ script, failure }, charging);
}

/** What a failure may depend on. */
export interface Claim extends Charge {
  /** The same script without it: accepted, if the claim is right. */
  without: Script;
}

/** The likeliest first. */
export function claimsOf({ script, failure }: Shrunk): Claim[] {
  const { requests, conversations } = script;
  const last = failure.bodies.at(-1)!;
  const values = new Map(specialValuesOf(script).map((one) => [one.field, one.value]));
  const claims: Claim[] = [...values].map(([special, value]) => {
    const field = special === 'ending' ? 'conversationId' : special;
    return {
      requirement: requirementOf({ field, what: '', value }, last),
      why: `accepted with a plain ${field}`,
      without: withoutField(script, special),
    };
  });
  if (conversations.length > 1)
    claims.push({
      requirement: 'HOOKS-SEQ-15',
      why: 'only with another conversation',
      without: onlyConversations(script, [requests.at(-1)!.conversation]),
    });
  const several = requests.findIndex(({ moves }) => moves.length > 1);
  if (several >= 0) {
    const isLast = several === requests.length - 1;
    const withMessage = requests[several]!.moves.some(({ type }) => type === 'message');
    const optional = withMessage ? 'HOOKS-MSG-10' : 'HOOKS-ENV-06';
    claims.push({
      // To refuse several is allowed; to take them and lose one is not.
      requirement: isLast ? optional : 'HOOKS-ENV-05',
      why: 'accepted when each has a request of its own',
      without: { ...script, requests: requests.flatMap(apart) },
    });
  }
  if (requests.some(({ isMistake }) => isMistake))
    claims.push({
      requirement: orderOf(ofLastConversation({ script, failure })),
      why: 'only after an event out of order was refused',
      without: { ...script, requests: requests.filter(({ isMistake }) => !isMistake) },
    });
  return claims.filter(({ without }) => isWellFormed(without));
}

/** Whether the script is accepted without it, and refused with it right after that, while nothing else is sent. */
export async function isShown(
  { without }: Claim,
  { script, failure }: Shrunk,
  { target, mayGoOn }: Omit<Charging, 'isRepeatable'>,
): Promise<boolean> {
  if (script.together > 1 || !mayGoOn()) return false;
  const plain = await play(without, target);
  if (plain.failure || plain.lost !== undefined || !mayGoOn()) return false;
  const again = await play(script, target);
  return again.failure !== undefined && isAlike(again.failure, failure);
}

/** What was sent in the conversation that failed, except what was refused as it has to be. */
function ofLastConversation({ script, failure: { bodies } }: Shrunk): Sequence {
  const { conversationId } = bodies.at(-1)!;
  return {
    bodies: bodies.filter(
      (body, at) => body.conversationId === conversationId && !script.requests[at]?.isMistake,
    ),
  };
}

/** A conversation that began as a call back and is taken up again later is one that was taken up again. */
function orderOf(sequence: Sequence): RequirementId {
  const redials = sequence.bodies.flatMap(stepsOf).filter((step) => stepKind(step) === 'redial entry');
  return redials.length > 1 ? 'HOOKS-RDL-01' : orderRequirement(sequence);
}

/** With the order, or the kind of event, when no control shows more. */
async function byControls({ script, failure }: Shrunk, charging: Charging): Promise<Charge> {
  const sequence = ofLastConversation({ script, failure });
  const answer = failure.exchange.answer!;
  const claim = isUnknownBot(answer) ? ofTheBot.requirement : orderOf(sequence);
  const named = namedByTheAnswer(answer, sequence.bodies.length > 1);
  if (!named && !charging.isRepeatable) return { requirement: claim, why: withoutControl };
  const shown: Shown | undefined = named
    ? { by: 'answer', requirement: named }
    : await (isUnknownBot(answer) ? shownOfTheBot(sequence, charging) : shownOf(sequence, claim, charging));
  if (!shown || !charging.mayGoOn()) return { requirement: claim, why: cutShort };
  if (shown.by === 'form' || shown.by === 'place') {
    const { failure: again } = await play(script, charging.target);
    if (!again || !isAlike(again, failure)) return { requirement: claim, why: nowAndThen };
  }
  const requirement = chargedWith(shown, { sequence, answer, claim, several: false });
  return { requirement, why: shownInWords(shown) };
}

async function shownOfTheBot(sequence: Sequence, charging: Charging): Promise<Shown> {
  const form = await firstAccepted(botControls(sequence), charging);
  return form ? shownBy(form) : ofTheBot;
}

/** @returns undefined when not all controls could be sent, and none of the others was accepted */
async function shownOf(
  sequence: Sequence,
  claim: RequirementId,
  { target, mayGoOn }: Charging,
): Promise<Shown | undefined> {
  // What is accepted in the same form elsewhere is not refused for its form; and these are the shorter ones.
  for (const place of otherPlaces(sequence, target.dialect)) {
    if (!mayGoOn()) return undefined;
    if (await accepts(place, target)) return { by: 'place', requirement: claim };
  }
  const form = await firstAccepted(formControls(sequence), { target, mayGoOn });
  if (form) return shownBy(form);
  if (!mayGoOn()) return undefined;
  const plainest = plainestExit(sequence, target.dialect);
  return { by: 'kind', others: true, anyExit: !plainest || (await accepts(plainest, target)) };
}

function shownBy({ requirement, words }: Control): Shown {
  return { by: 'form', requirement, words };
}

/** The first that is accepted, or a narrower one; undefined when none is, or no request may be sent any more. */
async function firstAccepted(
  controls: readonly Control[],
  { target, mayGoOn }: Pick<Charging, 'target' | 'mayGoOn'>,
): Promise<Control | undefined> {
  for (const control of controls) {
    if (!mayGoOn()) return undefined;
    if (!(await accepts(control.sequence, target))) continue;
    return (await firstAccepted(control.narrower ?? [], { target, mayGoOn })) ?? control;
  }
  return undefined;
}

/** Whether the last event is accepted after the others, in a new conversation of new agents. */
async function accepts(sequence: Sequence, target: Target): Promise<boolean> {
  // Another token or content type is not sent here.
  if (sequence.token !== undefined || sequence.contentType !== undefined) return false;
  const { conversationId } = target.newEnvelope('');
  const base = target.newAgents(100) - 1;
  const fresh = withAgents(sequence, (identity) => plainAgent(base + (numberOf(identity) % 100)));
  for (const body of fresh.bodies) {
    const { answer } = await target.send({ ...body, conversationId });
    if (!answer || !isAccepted(answer)) return false;
  }
  return true;
}
