// Questions that the documents leave open: sends what shows the tenant's answer, and records it. Judges nothing.
import { isAccepted } from '../src/protocol/answers.ts';
import type { OutgoingRequest } from '../src/protocol/conversation.ts';
import type { Agent } from '../src/protocol/events.ts';
import { answerInBrief } from '../src/protocol/observations.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { requireAccepted } from './verdicts.ts';
import { type ConformanceWorld, othersDependOn, type Probe } from './world.ts';

/** Asks a question with a request of a conversation. @param overrides what differs from the usual form of that request */
export function ask(
  world: ConformanceWorld,
  question: string,
  { body, label }: OutgoingRequest,
  overrides: Partial<TenantRequest> = {},
): Promise<Sent> {
  world.ownFlows.checkForm(body, label);
  world.ownFlows.stopFollowing(body);
  return askWith(world, question, { to: 'hooks', body, ...overrides }, label);
}

/**
 * Asks a question with any request. The tenant must have accepted every earlier request: otherwise the answer would show
 * nothing. @throws Inconclusive
 */
export async function askWith(
  world: ConformanceWorld,
  question: string,
  request: TenantRequest,
  label: string,
): Promise<Sent> {
  requireAccepted(
    world.scenario,
    world.scenario.sent.filter(({ judged }) => !judged),
  );
  const sent = await world.transmit(request, `${question}: ${label}`);
  sent.judged = true;
  world.probes.push({ question, sent });
  return sent;
}

/** Asks one question of several of a conversation, unless a refusal before it has made it pointless. */
export async function askInTurn(
  world: ConformanceWorld,
  question: string,
  request: OutgoingRequest,
): Promise<void> {
  const isRefused = ({ sent: { raw } }: Probe) =>
    !isAccepted(raw.answer!) && othersDependOn(JSON.parse(raw.request.body!));
  if (!world.probes.some(isRefused)) await ask(world, question, request);
}

/** the next agent joins first, as in the examples. The exit of the previous one shows something only after that. */
export async function askAboutOverlap(world: ConformanceWorld, next: Agent, previous: Agent): Promise<void> {
  const { conversation } = world;
  const entry = conversation.transfer('cold', 'entry', next);
  const { raw } = await ask(world, 'a cold entry while the previous agent is still there', entry);
  if (!isAccepted(raw.answer!)) return;
  await ask(world, 'a cold exit after that entry', conversation.transfer('cold', 'exit', previous));
}

/** Records each answer under the ambiguity that the scenario is tagged with. */
export function recordAnswers(world: ConformanceWorld): void {
  const { probes, tags, scenario } = world;
  if (probes.length === 0) throw new Error('No request was sent whose answer could be recorded');
  for (const { question, sent } of probes) {
    // The redacted answer: in a shortened text a token that is cut off would not be recognised.
    const answer = answerInBrief(sent.shown.answer!);
    for (const ambiguity of tags.ambiguities) scenario.observe({ ambiguity, question, answer });
  }
}
