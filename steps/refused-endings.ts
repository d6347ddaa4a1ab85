// What the tenant refuses while a scenario is tidied up: the documents end a conversation so, whatever the scenario is about. The
// conversation is sent again in a new one and ended event by event, so that what is refused then is judged like any other event.
// First with plain values: where these are accepted, each special one is tried alone.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import { requirement } from '../src/protocol/catalogue.ts';
import { orderRequirement } from '../src/protocol/controls/place.ts';
import { eventLabel } from '../src/protocol/conversation.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { isOfOneRequest, varied } from '../src/protocol/values/variation.ts';
import { whyUnanswered } from '../src/verdict/scenario.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { isChangeable } from './once-more.ts';
import { sequenceTo } from './refused-request.ts';
import type { Open, Unfinished } from './tidying-up.ts';
import { refusedFor } from './varied-values.ts';
import { judged } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

/** @param unfinished after the tidying up @throws AssertionError when the tenant refuses a documented ending again */
export async function judgeEndings(
  world: ConformanceWorld,
  unfinished: readonly Unfinished[],
): Promise<void> {
  const { claims, breaks } = world.tags;
  // What a tenant makes of an event that it need not accept may be why it refuses the ending.
  const areMusts = claims.every((claim) => requirement(claim).level === 'must');
  if (claims.length === 0 || !areMusts || breaks.length > 0 || isChangeable(world)) return;
  const refused = unfinished.filter(({ isRefused }) => isRefused);
  for (const open of refused) {
    const bodies = documentedBodies(world, open);
    if (!bodies) continue;
    const sent = await refusedAgain(world, open, bodies);
    if (sent === 'accepted') await judgeValues(world, open, bodies);
    else if (sent) {
      const claim = orderRequirement(sequenceTo(sent, world.scenario.sent)!);
      world.scenario.decide([{ sent, judgement: await judged(world, sent, claim) }]);
    }
  }
}

/** A conversation of more requests is not sent again for each of its values. */
const maxRequests = 12;

/** @param open whose ending is accepted with plain values */
async function judgeValues(world: ConformanceWorld, open: Open, bodies: readonly HooksBody[]): Promise<void> {
  const { conversation, events } = open;
  const { refused } = world.session.values;
  const suspects = world.values
    .variationsOf(conversation.envelope.conversationId)
    .filter((one) => isOfOneRequest(one) && !refused.has(one.what))
    .filter((one) => events.some((event) => varied(conversation.events([event]).body, one)));
  for (const suspect of bodies.length > maxRequests ? [] : suspects) {
    const sent = await refusedAgain(world, open, bodies, (body) => varied(body, suspect) ?? body);
    if (!sent || sent === 'accepted') continue;
    refused.add(suspect.what);
    const body = parseJson(sent.raw.request.body!) as HooksBody;
    world.scenario.decide([{ sent, judgement: refusedFor(suspect, body, sent) }]);
  }
}

/** What the tenant has accepted of a conversation, in plain values; undefined when something else than documented events was in it. */
function documentedBodies({ scenario }: ConformanceWorld, { conversation }: Open): HooksBody[] | undefined {
  const { conversationId } = conversation.envelope;
  const bodies: HooksBody[] = [];
  for (const { raw, due, isControl, plain } of scenario.sent) {
    const body = parseJson(raw.request.body ?? '') as HooksBody | undefined;
    if (body?.conversationId !== conversationId) continue;
    const isTaken = raw.answer !== undefined && isAccepted(raw.answer);
    if (isTaken !== (due === 'acceptance') && !isControl) return undefined;
    if (isTaken) bodies.push((plain ?? body) as HooksBody);
  }
  return bodies.length > 0 ? bodies : undefined;
}

/**
 * @param change of the events of the ending
 * @returns the first event of the ending that is refused again; undefined when it does not come to that
 */
async function refusedAgain(
  world: ConformanceWorld,
  { conversation, events }: Open,
  bodies: readonly HooksBody[],
  change = (body: HooksBody) => body,
): Promise<Sent | 'accepted' | undefined> {
  const conversationId = world.newConversationId();
  const send = async (body: HooksBody, label: string) => {
    const request = { to: 'hooks' as const, body: { ...body, conversationId } };
    const sent = await world.transmit(request, label, { due: 'acceptance', isControl: true });
    return whyUnanswered(sent) ? undefined : sent;
  };
  for (const [index, body] of bodies.entries()) {
    const sent = await send(body, `request ${index + 1} of ${bodies.length} of the conversation, again`);
    if (!sent || !isAccepted(sent.raw.answer!)) return undefined;
  }
  for (const event of events) {
    const { body } = conversation.events([event]);
    const sent = await send(change(body), `${eventLabel(event)}, to end conversation ${conversationId}`);
    if (!sent || !isAccepted(sent.raw.answer!)) return sent;
  }
  return 'accepted';
}
