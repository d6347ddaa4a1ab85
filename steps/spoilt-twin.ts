// A well-formed request that is refused after one with a defect, and accepted where none came before it: what the tenant has
// refused has had an effect. Only after such a refusal, so a healthy tenant gets no such request.
import { brief, isAccepted, notAccepted } from '../src/protocol/answers.ts';
import { orderRequirement } from '../src/protocol/controls/place.ts';
import { broken, finding, type Judgement } from '../src/protocol/finding.ts';
import { isObject } from '../src/protocol/requests.ts';
import type { Session } from '../src/run/session.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { Attempt } from './attempts.ts';
import { isChangeable } from './once-more.ts';
import { inWords, sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

/** Of a tenant that refuses the request anyway, no more is asked. */
const maxFruitless = 5;

const fruitless = new WeakMap<Session, number>();

/** @returns the finding; undefined when the twin is refused anyway, or for who sends it, which may be a protection */
export async function spoiltTwin(
  world: ConformanceWorld,
  { twin, fault, wrong, request }: Attempt,
): Promise<{ sent: Sent; judgement: Judgement } | undefined> {
  const { sent } = twin;
  const { answer } = sent?.raw ?? {};
  if (!sent || !answer || isAccepted(answer) || isChangeable(world)) return undefined;
  const sequence = sequenceTo(sent, world.scenario.sent);
  const tries = fruitless.get(world.session) ?? 0;
  if (!sequence || !isObject(request.body) || isOfSender(answer.status) || tries >= maxFruitless)
    return undefined;
  const before = sequence.bodies.slice(0, -1).map(wellFormed);
  const last = wellFormed(sequence.bodies.at(-1)!);
  for (const isWrong of [false, true, false, true]) {
    const requests = [...before, ...(isWrong ? [request] : []), last];
    if ((await isLastAccepted(world, requests)) === !isWrong) continue;
    fruitless.set(world.session, tries + 1);
    return undefined;
  }
  const why = `accepted when no refused request comes before it; here one did: ${wrong}`;
  const message = notAccepted(answer, `${inWords(sent)}; ${why}`);
  const unverifiable = { ...request, token: 'a token signed with another secret' as const };
  const isForItsToken =
    fault.token === 'unverifiable' ||
    (fault.token && (await isLastAccepted(world, [...before, unverifiable, last])) === false);
  const requirement = isForItsToken ? 'HOOKS-AUTH-01' : orderRequirement(sequence);
  const found = finding(requirement, message, 'HTTP 200', brief(sent.shown.answer!));
  return { sent, judgement: broken(found) };
}

/** Of too many wrong requests, too. */
function isOfSender(status: number): boolean {
  return [401, 403, 423, 429].includes(status);
}

function wellFormed(body: object): TenantRequest {
  return { to: 'hooks', body };
}

/** In a new conversation. @returns undefined when something got no answer */
async function isLastAccepted(
  world: ConformanceWorld,
  requests: readonly TenantRequest[],
): Promise<boolean | undefined> {
  const conversationId = world.newConversationId();
  for (const [index, request] of requests.entries()) {
    const body = { ...(request.body as object), conversationId };
    const label = `control, request ${index + 1} of ${requests.length}: the request put right`;
    const { raw } = await world.transmit({ ...request, body }, label, { isControl: true });
    if (!raw.answer || raw.failure) return undefined;
    if (index === requests.length - 1) return isAccepted(raw.answer);
  }
  return undefined;
}
