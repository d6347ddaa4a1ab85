// A well-formed request that is refused after one with a defect, and accepted where none came before it: what the tenant has
// refused has had an effect. Only after such a refusal, so a healthy tenant gets no such request.
import { brief, isAccepted, notAccepted } from '../src/protocol/answers.ts';
import { orderRequirement } from '../src/protocol/controls/place.ts';
import { broken, finding, type Judgement } from '../src/protocol/finding.ts';
import type { Session } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { Attempt } from './attempts.ts';
import { acceptsAnew, Unanswered } from './control-requests.ts';
import { isChangeable } from './once-more.ts';
import { plainAgents } from './other-agents.ts';
import { inWords, sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

/** Of a tenant that refuses the request anyway, no more is asked. */
const maxFruitless = 5;

const fruitless = new WeakMap<Session, number>();

/** @returns the finding; undefined when the twin is refused anyway, or after wrong tokens, where that may be a protection */
export async function spoiltTwin(
  world: ConformanceWorld,
  { twin, fault, wrong }: Attempt,
): Promise<{ sent: Sent; judgement: Judgement } | undefined> {
  const { sent } = twin;
  if (!sent?.raw.answer || isAccepted(sent.raw.answer) || fault.token || isChangeable(world))
    return undefined;
  const sequence = sequenceTo(sent, world.scenario.sent);
  const tries = fruitless.get(world.session) ?? 0;
  if (!sequence || tries >= maxFruitless) return undefined;
  const words = 'where nothing wrong was sent before it';
  for (const base of [20_000, 20_010]) {
    const anew = plainAgents(sequence, base + 20 * tries);
    const isTaken = await acceptsAnew(world, anew, { words }).catch((error) => {
      if (error instanceof Unanswered) return false;
      throw error;
    });
    if (isTaken) continue;
    fruitless.set(world.session, tries + 1);
    return undefined;
  }
  const why = `accepted when no refused request comes before it; here one did: ${wrong}`;
  const message = notAccepted(sent.raw.answer, `${inWords(sent)}; ${why}`);
  const requirement = orderRequirement(sequence);
  const found = finding(requirement, message, 'HTTP 200', brief(sent.shown.answer!));
  return { sent, judgement: broken(found) };
}
