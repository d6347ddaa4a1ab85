// A tenant that lets a plainer defect pass, as a token whose signature does not verify, lets finer ones pass for that alone: then
// the requirement about the plainer one is broken, and says all. So is one that answers both with the same wrong status. Only
// after a wrong answer to a defect, so a healthy tenant gets no such request.
import { isAccepted } from '../src/protocol/answers.ts';
import type { RequirementId } from '../src/protocol/catalogue.ts';
import { unknownLike } from '../src/protocol/endpoints.ts';
import type { Session } from '../src/run/session.ts';
import type { Settings } from '../src/tenant/settings.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import type { TokenKind } from '../src/tenant/tokens.ts';
import type { Attempt } from './attempts.ts';
import { isListed } from './known-deviations.ts';
import { ownCallback } from './own-callback.ts';
import { sequenceTo } from './refused-request.ts';
import type { ConformanceWorld } from './world.ts';

interface Plainer {
  requirement: RequirementId;
  /** What is wrong with the request then, for a finding. */
  wrong: string;
  change: (settings: Settings) => Partial<TenantRequest>;
}

const unverifiable: TokenKind = 'a token signed with another secret';
const withoutCheck = { wrong: `it is sent with ${unverifiable}`, change: () => ({ token: unverifiable }) };

const plainer: Partial<Record<RequirementId, Plainer>> = {
  'HOOKS-AUTH-03': { requirement: 'HOOKS-AUTH-01', ...withoutCheck },
  'ASSIGN-AUTH-02': { requirement: 'ASSIGN-AUTH-01', ...withoutCheck },
  'HOOKS-ERR-04': {
    requirement: 'HOOKS-ERR-01',
    wrong: 'the botId in the path and the body is unknown',
    change: ({ botId }) => ({ botId: unknownLike(botId) }),
  },
};

/**
 * @param attempt with a defect that was accepted, or refused in a wrong way
 * @param claim the requirement about that defect
 * @returns what is broken in place of the claim, and why; undefined when it is the claim
 */
export async function plainerBreach(
  world: ConformanceWorld,
  { sent, inPlaceOf }: Attempt,
  claim: RequirementId,
): Promise<{ requirement: RequirementId; why: string } | undefined> {
  const known = plainer[claim];
  if (!known) return undefined;
  const { requirement, wrong, change } = known;
  // Of a tenant that is known to break it, the finer requirement is still to be decided.
  if (isListed(world, requirement)) return undefined;
  const label = `${sent.label}, and ${wrong}`;
  const accepts = async (request: TenantRequest) => {
    const { raw } = await world.transmit(request, label, { isControl: true });
    return raw.answer !== undefined && !raw.failure && isAccepted(raw.answer);
  };
  const sequence = inPlaceOf.to === 'hooks' ? sequenceTo(sent, world.scenario.sent) : undefined;
  // Where it was sent, its twin has come by now.
  const anew = sequence ? { conversationId: world.newConversationId() } : {};
  for (const body of sequence?.bodies.slice(0, -1) ?? [])
    if (!(await accepts({ to: 'hooks', body: { ...body, ...anew } }))) return undefined;
  const text = sent.raw.request.body;
  const { query } = inPlaceOf;
  const callback = inPlaceOf.to === 'hooks' ? {} : await callbackOfControl(world.session);
  const withCallback = <Parameters extends object>(all: Parameters): Parameters =>
    'callbackUrl' in all ? { ...all, ...callback } : all;
  const request: TenantRequest = {
    ...inPlaceOf,
    ...(text === undefined ? {} : { body: withCallback({ ...(JSON.parse(text) as object), ...anew }) }),
    ...(query ? { query: withCallback(query) } : {}),
    ...change(world.session.settings),
  };
  const { raw } = await world.transmit(request, label, { isControl: true });
  const [answer, own] = [raw.answer, sent.raw.answer!];
  const isAlike = answer?.status === own.status && isAccepted(answer) === isAccepted(own);
  return isAlike && !raw.failure
    ? { requirement, why: `the same request is answered so when ${wrong}` }
    : undefined;
}

/** A second outcome at the address of the attempt would be taken for one too many. */
async function callbackOfControl(session: Session): Promise<{ callbackUrl: string }> {
  const { key, callbackUrl } = await ownCallback(session);
  session.inbox.ignore(key);
  return { callbackUrl };
}
