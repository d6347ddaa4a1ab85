// A tenant that accepts an event with this defect, refuses one with another, and refuses the same event put right, expects it
// that way: then the requirement about the field is broken, and says all. Only of a kind of event of which nothing well-formed was
// accepted before.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import { bindsSenderOnly, type RequirementId } from '../src/protocol/catalogue.ts';
import { lastOf, type Sequence } from '../src/protocol/controls/sequence.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import type { Session } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { acceptedRequests } from './accepted-requests.ts';
import { type Attempt, isRefused } from './attempts.ts';
import { acceptsAnew, unlessUnanswered } from './control-requests.ts';
import { kindOf } from './explanations.ts';
import { isListed } from './known-deviations.ts';
import { sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

const putRight = { words: 'without a defect', hasPlainId: true };

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
  const sequence = sequenceTo(sent, world.scenario.sent);
  const requirement = brokenBy(sent);
  if (!sequence || !requirement || isListed(world, requirement)) return undefined;
  const right = { bodies: [...sequence.bodies.slice(0, -1), inPlaceOf.body as HooksBody] };
  if (kindOf(sequence) !== kindOf(right) || !refusesAnother(world, right)) return undefined;
  return (await acceptsKindOf(world, right))
    ? undefined
    : { requirement, why: 'the same request put right is refused' };
}

/** The one requirement about the defect, if it binds the tenant, too. */
function brokenBy({ raw }: Sent): RequirementId | undefined {
  const problems = hooksBodyProblems(parseJson(raw.request.body ?? ''));
  const [id, ...others] = new Set(problems.flatMap(({ requirements }) => requirements));
  return id && others.length === 0 && !bindsSenderOnly({ id }) ? id : undefined;
}

/** A tenant that takes any defect is lenient: nothing shows that it expects this one. */
function refusesAnother({ attempts }: ConformanceWorld, right: Sequence): boolean {
  return attempts.some(
    (other) =>
      isRefused(other) &&
      other.inPlaceOf.to === 'hooks' &&
      kindOf({ bodies: [other.inPlaceOf.body as HooksBody] }) === kindOf(right),
  );
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
  const hasAccepted = acceptedRequests(world.session).some(isAlike);
  const accepts = hasAccepted || !(await refuses(world, right));
  known.set(kind, accepts);
  return accepts;
}

/** Whether the last event is refused, after all before it were accepted. */
async function refuses(world: ConformanceWorld, right: Sequence): Promise<boolean> {
  const before = right.bodies.slice(0, -1);
  const isAccepted = (bodies: readonly HooksBody[]) =>
    unlessUnanswered(acceptsAnew(world, { bodies }, putRight), true);
  return (before.length === 0 || (await isAccepted(before))) && !(await isAccepted(right.bodies));
}
