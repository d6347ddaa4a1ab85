// Requests with one defect, sent to see them refused, each with its twin: the same request with the defect corrected.
import { isAccepted } from '../src/protocol/answers.ts';
import type { Conversation, OutgoingRequest } from '../src/protocol/conversation.ts';
import type { Experience, HooksBody } from '../src/protocol/events.ts';
import type { Fault } from '../src/protocol/refusals.ts';
import type { TenantRequest } from '../src/tenant/tenant.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import { type Kind, kinds } from './requests.ts';
import type { ConformanceWorld } from './world.ts';

/** The well-formed request. Several requests with a defect each may share it. */
export interface Twin {
  /** Its name, for a finding. */
  label: string;
  request: TenantRequest;
  /** Its exchange, once it was sent. */
  sent?: Sent;
  /** How often it was accepted, and how often not, in a conversation with one defect before it. */
  alone?: { accepted: number; refused: number };
}

export interface Attempt {
  /** What is wrong, for a finding. */
  wrong: string;
  request: TenantRequest;
  sent: Sent;
  fault: Fault;
  /** The well-formed request in the place of which it was sent. */
  inPlaceOf: TenantRequest;
  twin: Twin;
  /** Sends it again in a conversation of its own, with a twin of its own. */
  again?: () => Promise<Attempt>;
}

/** A request with a defect. */
export interface Defective {
  /** What is wrong, for a finding. */
  wrong: string;
  request: TenantRequest;
}

/** Whether the tenant has refused the request, so that the same place of the conversation can be tried again. */
export function isRefused({ sent: { raw } }: Attempt): boolean {
  return raw.answer !== undefined && !isAccepted(raw.answer) && raw.answer.status < 500;
}

/**
 * Sends requests with a defect each, one after the other, to one place of a conversation: the twin at the end is that of all.
 * When the tenant takes one of them, or its answer does not say, the rest goes to the same place of another conversation.
 * @param wrongsOf what the request, which is well-formed, is made wrong with
 */
export async function tryInTurn(
  world: ConformanceWorld,
  kind: Kind,
  wrongsOf: (body: HooksBody) => readonly Wrong[],
): Promise<void> {
  const { experience } = world.conversation;
  const request = kinds[kind].make(world.conversation);
  const wrongs = wrongsOf(request.body);
  let twin = twinOf(request);
  const attempts: Attempt[] = [];
  for (const wrong of wrongs) {
    if (attempts.length > 0 && !isRefused(attempts.at(-1)!))
      twin = await anotherPlace(world, kind, experience);
    attempts.push(await world.tryFaulty(wrong(twin), twin));
  }
  if (attempts.some(isRefused) && !isRefused(attempts.at(-1)!))
    twin = await anotherPlace(world, kind, experience);
  attempts.forEach((attempt, index) => {
    attempt.twin = twin;
    attempt.again = async () => {
      const own = await anotherPlace(world, kind, experience);
      return world.tryFaulty(wrongs[index]!(own), own);
    };
  });
}

export function twinOf({ body, label }: OutgoingRequest): Twin {
  return { label, request: { to: 'hooks', body } };
}

/** A new conversation that is ready for the request. @returns the request in it */
async function anotherPlace(world: ConformanceWorld, kind: Kind, experience: Experience): Promise<Twin> {
  const conversation = world.startConversation(experience);
  await world.send(...kinds[kind].before(conversation));
  return twinOf(kinds[kind].make(conversation));
}

/** Makes a well-formed request wrong, in the same way wherever it stands. */
export type Wrong = (twin: Twin) => Defective;

/**
 * Sends each request of a conversation with defects first, and then as it should be, since the next one builds on it. A defect
 * that the tenant has let pass once gets a conversation of its own, so that what it spoils is charged to it alone.
 * @param requestsOf a whole conversation
 * @param defectsAt the defects of the request at this place of so many
 */
export async function tryThroughout(
  world: ConformanceWorld,
  requestsOf: (conversation: Conversation) => OutgoingRequest[],
  defectsAt: (place: number, places: number) => readonly Wrong[],
): Promise<void> {
  const { experience } = world.conversation;
  const passed = new Set<Wrong>();
  let requests = requestsOf(world.conversation);
  for (let place = 0; place < requests.length; place++) {
    const attempts: Attempt[] = [];
    for (const wrong of defectsAt(place, requests.length)) {
      if (passed.has(wrong)) continue;
      const twin = twinOf(requests[place]!);
      attempts.push(await world.tryFaulty(wrong(twin), twin));
      if (isRefused(attempts.at(-1)!)) continue;
      passed.add(wrong);
      requests = requestsOf(world.startConversation(experience));
      await world.send(...requests.slice(0, place));
    }
    const twin = twinOf(requests[place]!);
    for (const attempt of attempts) attempt.twin = twin;
    await world.sendTwin(twin);
  }
  for (const wrong of passed) {
    for (const request of requestsOf(world.startConversation(experience))) {
      const twin = twinOf(request);
      await world.tryFaulty(wrong(twin), twin);
      await world.sendTwin(twin);
    }
  }
}
