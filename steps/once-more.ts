// Sends a refused event once more as it was, before its form, its values or its place are blamed, and a moment later where it
// came too soon for the tenant. A refused event was not taken, so sending it again does no harm. Only after a refusal, so a
// healthy tenant gets no such request. A wrong request that was answered with 5xx is sent once more, too: it should not be taken
// either time.
import { setTimeout as pause } from 'node:timers/promises';
import { brief, isAccepted, notAccepted } from '../src/protocol/answers.ts';
import { type RequirementId, requirement } from '../src/protocol/catalogue.ts';
import type { Sequence } from '../src/protocol/controls/sequence.ts';
import { Conversation } from '../src/protocol/conversation.ts';
import { broken, finding } from '../src/protocol/finding.ts';
import type { Session } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { acceptsAnew, countOf, unlessUnanswered } from './control-requests.ts';
import { plainAgents } from './other-agents.ts';
import { inWords, isAmongOthers, sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

/** A tenant of which so many have shown nothing is not asked more. */
const maxFruitless = 40;
/** Of a tenant that refuses the same request now and then. */
const maxTries = 3;
/** So many messages in a row are accepted by a tenant that does not refuse one now and then. */
const probes = 60;

/** How long to wait for an event to take effect, with a tenant that answers before it carries it out. */
const settledMs = 250;
/** So many refusals are tried with pauses, of conversations with so many requests at most. */
const [maxSlowTries, maxSlowRequests] = [3, 8];

/** What a worker knows of the tenant. */
interface Known {
  /** Whether it refuses an event that comes soon after the answer to the one before it, and accepts it later. */
  isSlow: boolean;
  slowTries: number;
  /** Whether it refuses the same request now and then. */
  isFickle: boolean;
  isProbed: boolean;
  /** The number of the last agent of a control. */
  agents: number;
  /** Whether it accepts what it has refused while other conversations went on. */
  isDisturbed: boolean;
  /** How often a refused request was sent once more, and nothing was shown by that. */
  fruitless: number;
}

const knownOf = new WeakMap<Session, Known>();

function knowledgeOf(session: Session): Known {
  const known = knownOf.get(session) ?? {
    isSlow: false,
    slowTries: 0,
    isFickle: false,
    isProbed: false,
    agents: 10_000,
    isDisturbed: false,
    fruitless: 0,
  };
  knownOf.set(session, known);
  return known;
}

export function isFickle({ session }: ConformanceWorld): boolean {
  return knowledgeOf(session).isFickle;
}

/** Whether what the tenant refuses may be accepted the next time: then a refusal by itself shows nothing. */
export function isChangeable({ session }: ConformanceWorld): boolean {
  const { isFickle, isSlow } = knowledgeOf(session);
  return isFickle || isSlow;
}

/**
 * @param again sends it again as a control, while no other request of the scenario is on its way
 * @returns the same request, accepted and to be judged in place of the refused one; undefined when the refusal has to be explained
 */
export async function acceptedOnceMore(
  world: ConformanceWorld,
  refused: Sent,
  again: () => Promise<Sent>,
): Promise<Sent | undefined> {
  // A scenario that only finds something out blames nothing.
  if (world.tags.claims.length === 0) return undefined;
  const known = knowledgeOf(world.session);
  if (!known.isFickle && known.fruitless >= maxFruitless) return undefined;
  // Of an event that only should be accepted, it may be the event that comes too soon.
  const isMust = world.tags.claims.every((claim) => requirement(claim).level === 'must');
  known.isSlow ||= isMust && (await isRefusedTooSoon(world, refused, known));
  if (known.isSlow) await pause(settledMs);
  const second = await accepted(again, known.isFickle ? maxTries : 1);
  if (!second) {
    known.fruitless += 1;
    return undefined;
  }
  const isOneOfSeveral = isAmongOthers(world, refused);
  // Of several, another one may be the reason: then it is refused in a new conversation as well, however late it comes.
  if (known.isSlow && (!isOneOfSeveral || (await isAcceptedLater(world, refused, known)))) {
    const why = 'accepted a moment later: an event takes effect only some time after its answer';
    note(world, refused, 'HOOKS-RESP-01', why);
    second.judged = false;
    return second;
  }
  const isKnown = known.isFickle || (isOneOfSeveral && known.isDisturbed);
  if (!isKnown && !(await isAcceptedAnew(world, refused, known))) {
    known.fruitless += 1;
    refused.isTaken = true;
    return undefined;
  }
  // Of several, another one may have been the reason.
  known.isFickle ||= !isOneOfSeveral || (await isFoundFickle(world, known));
  if (known.isFickle) {
    const why = 'accepted when sent once more: the tenant refuses the same request now and then';
    note(world, refused, 'HOOKS-RESP-01', why);
  } else {
    known.isDisturbed = true;
    note(world, refused, 'HOOKS-SEQ-15', 'accepted when sent once more, with no other request on its way');
  }
  second.judged = false;
  return second;
}

/**
 * A tenant that fails now and then has not looked at the defect of the request that it answers with 5xx.
 * @param again sends it once more
 * @returns the answer that says something about the defect: the second one, from such a tenant
 */
export async function pastAFailure(
  world: ConformanceWorld,
  first: Sent,
  again: () => Promise<Sent>,
): Promise<Sent> {
  if (!hasFailed(first)) return first;
  const second = await again();
  const known = knowledgeOf(world.session);
  const isOnlyNowAndThen = second.raw.answer !== undefined && !second.raw.failure && !hasFailed(second);
  if (isOnlyNowAndThen) known.isFickle ||= await isFoundFickle(world, known);
  const [counts, other] = isOnlyNowAndThen && known.isFickle ? [second, first] : [first, second];
  other.judged = true;
  if (counts === second)
    note(world, first, 'HOOKS-RESP-01', 'sent once more, it is not: the tenant fails now and then');
  return counts;
}

function hasFailed({ raw: { answer } }: Sent): boolean {
  return answer !== undefined && answer.status >= 500;
}

/** undefined when it is not accepted in so many tries. */
async function accepted(again: () => Promise<Sent>, tries: number): Promise<Sent | undefined> {
  for (let left = tries; left > 0; left -= 1) {
    const sent = await again();
    sent.judged = true;
    if (sent.raw.answer && !sent.raw.failure && isAccepted(sent.raw.answer)) return sent;
  }
  return undefined;
}

function note(world: ConformanceWorld, refused: Sent, broke: RequirementId, why: string): void {
  const message = notAccepted(refused.raw.answer!, `${inWords(refused)}; ${why}`);
  const found = finding(broke, message, 'HTTP 200', brief(refused.shown.answer!));
  world.scenario.note(broken(found), refused);
}

/**
 * Whether it is accepted at once where the same conversation comes to it again, of other agents and of the same ones: a rule about
 * its place would refuse it there, and so would one about an agent.
 */
async function isAcceptedAnew(world: ConformanceWorld, refused: Sent, known: Known): Promise<boolean> {
  const sequence = sequenceTo(refused, world.scenario.sent);
  if (!sequence) return false;
  for (const words of ['in a new conversation', 'in a new conversation, again']) {
    // Those of its own may be in a conversation already, which can be a reason to refuse them.
    known.agents += 10;
    const anew = plainAgents(sequence, known.agents);
    if (!(await unlessUnanswered(acceptsAnew(world, anew, { words, insists: true }), false))) continue;
    const same = { words: `${words} of the same agents`, insists: true };
    if (await unlessUnanswered(acceptsAnew(world, sequence, same), false)) return true;
  }
  return false;
}

/** Whether it is refused wherever it comes at once after the event before it, and accepted when it comes later. */
async function isRefusedTooSoon(world: ConformanceWorld, refused: Sent, known: Known): Promise<boolean> {
  const sequence = sequenceTo(refused, world.scenario.sent);
  const requests = sequence?.bodies.length ?? 0;
  if (known.isFickle || !sequence || requests < 2 || requests > maxSlowRequests) return false;
  if (known.slowTries >= maxSlowTries || hasFailed(refused)) return false;
  known.slowTries += 1;
  // More often than a tenant that refuses now and then would come to the same answers.
  for (const pauseMs of [settledMs, 0, settledMs, 0, settledMs, 0]) {
    const isAccepted = await isAcceptedAfter(pauseMs, world, sequence, known);
    if (isAccepted !== pauseMs > 0) return false;
  }
  return true;
}

/** In a new conversation of other agents. @param pauseMs before each event but the first */
function isAcceptedAfter(
  pauseMs: number,
  world: ConformanceWorld,
  sequence: Sequence,
  known: Known,
): Promise<boolean> {
  known.agents += 10;
  const words = pauseMs > 0 ? 'after a pause' : 'at once';
  return unlessUnanswered(acceptsAnew(world, plainAgents(sequence, known.agents), { words, pauseMs }), false);
}

async function isAcceptedLater(world: ConformanceWorld, refused: Sent, known: Known): Promise<boolean> {
  const sequence = sequenceTo(refused, world.scenario.sent);
  return sequence !== undefined && isAcceptedAfter(settledMs, world, sequence, known);
}

/** Whether a plain message is refused and then accepted, with nothing at the same time: no other conversation is the reason. */
async function isFoundFickle(world: ConformanceWorld, known: Known): Promise<boolean> {
  if (known.isProbed) return false;
  known.isProbed = true;
  const envelope = { conversationId: world.newConversationId(), botId: world.session.settings.botId };
  const talk = new Conversation(envelope, 'voice', { ...world.dialect });
  const agent = { number: 990 };
  const messages = Array.from({ length: probes }, () => talk.message({ text: 'Hello', author: 'USER' }));
  for (const { body, label } of [talk.transfer('NA', 'entry', agent), ...messages]) {
    const isTaken = async () => {
      countOf(world.session).requests += 1;
      const control = await world.transmit({ to: 'hooks', body }, `control: ${label}`, { isControl: true });
      return control.raw.answer !== undefined && isAccepted(control.raw.answer);
    };
    if (await isTaken()) continue;
    return isTaken();
  }
  return false;
}
