// A tenant that accepts an event with a defect, and refuses the same event put right, expects it that way: then the requirement
// about the field is broken, and says all. Only of a kind of event of which nothing well-formed was accepted yet, so a tenant
// that accepts everything gets no such request.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { lastOf, type Sequence } from '../src/protocol/controls/sequence.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import type { Session } from '../src/run/session.ts';
import { acceptedRequests } from './accepted-requests.ts';
import type { Attempt } from './attempts.ts';
import { acceptsAnew, Unanswered } from './control-requests.ts';
import { kindOf } from './explanations.ts';
import { sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

/** Whether the tenant accepts a well-formed event, by its kind. */
const acceptedKinds = new WeakMap<Session, Map<string, boolean>>();

/**
 * @param attempt with a defect that was accepted
 * @returns what is broken in place of the requirement to refuse it, and why; undefined when it is that one
 */
export async function expectedWrong(
  world: ConformanceWorld,
  { sent, inPlaceOf }: Attempt,
): Promise<{ requirement: RequirementId; why: string } | undefined> {
  if (inPlaceOf.to !== 'hooks' || !isAccepted(sent.raw.answer!)) return undefined;
  const requirements = hooksBodyProblems(parseJson(sent.raw.request.body ?? '')).flatMap(
    (problem) => problem.requirements,
  );
  const [requirement, ...others] = new Set(requirements);
  const sequence = sequenceTo(sent, world.scenario.sent);
  if (!requirement || others.length > 0 || !sequence) return undefined;
  const right = { bodies: [...sequence.bodies.slice(0, -1), inPlaceOf.body as HooksBody] };
  return (await acceptsKindOf(world, right))
    ? undefined
    : { requirement, why: 'the same request put right is refused' };
}

async function acceptsKindOf(world: ConformanceWorld, right: Sequence): Promise<boolean> {
  const known = acceptedKinds.get(world.session) ?? new Map<string, boolean>();
  acceptedKinds.set(world.session, known);
  const kind = kindOf(right);
  const before = known.get(kind);
  if (before !== undefined) return before;
  // A control may have left something out.
  const isAlike = (request: Sequence) =>
    kindOf(request) === kind && hooksBodyProblems(lastOf(request)).length === 0;
  const accepts = acceptedRequests(world.session).some(isAlike) || (await acceptsRight(world, right));
  known.set(kind, accepts);
  return accepts;
}

async function acceptsRight(world: ConformanceWorld, right: Sequence): Promise<boolean> {
  try {
    return await acceptsAnew(world, right, { words: 'put right', hasPlainId: true });
  } catch (error) {
    // Nothing is known of it then.
    if (error instanceof Unanswered) return true;
    throw error;
  }
}
