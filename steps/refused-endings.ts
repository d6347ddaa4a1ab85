// What the tenant refuses while a scenario is tidied up: the documents end a conversation so, whatever the scenario is about. The
// conversation is sent again in a new one and ended event by event, so that what is refused then is judged like any other event.
// All values are plain ones: what is refused for a value is for the scenarios about values.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import { requirement } from '../src/protocol/catalogue.ts';
import { orderRequirement } from '../src/protocol/controls/place.ts';
import { eventLabel } from '../src/protocol/conversation.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { whyUnanswered } from '../src/verdict/scenario.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { isChangeable } from './once-more.ts';
import { sequenceTo } from './refused-request.ts';
import type { Open, Unfinished } from './tidying-up.ts';
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
    const sent = bodies && (await refusedAgain(world, open, bodies));
    if (!sent) continue;
    const claim = orderRequirement(sequenceTo(sent, world.scenario.sent)!);
    world.scenario.decide([{ sent, judgement: await judged(world, sent, claim) }]);
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

/** @returns the first event of the ending that is refused again; undefined when none is, or when it does not come to that */
async function refusedAgain(
  world: ConformanceWorld,
  { conversation, events }: Open,
  bodies: readonly HooksBody[],
): Promise<Sent | undefined> {
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
    const sent = await send(body, `${eventLabel(event)}, to end conversation ${conversationId}`);
    if (!sent || !isAccepted(sent.raw.answer!)) return sent;
  }
  return undefined;
}
