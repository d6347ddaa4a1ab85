// Leaves the tenant clean: what a scenario has begun there and not ended is ended as documented. Nothing of it is judged here:
// what the tenant refuses of it is tried again, and judged, in steps/refused-endings.ts.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import type { Conversation } from '../src/protocol/conversation.ts';
import { endOf, eventsToEnd } from '../src/protocol/ending.ts';
import type { Event, HooksBody } from '../src/protocol/events.ts';
import type { ConversationState } from '../src/protocol/lifecycle/state.ts';
import { isEntry, placedStepsOf } from '../src/protocol/lifecycle/step.ts';
import { ConversationTracker } from '../src/protocol/lifecycle/tracker.ts';
import { isObject } from '../src/protocol/requests.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { ConformanceWorld } from './world.ts';

/** A tenant that loses so many in a row, each of which may take as long as a time-out, or refuses so many, is asked no more. */
const [maxLostInARow, maxRefusedInARow] = [3, 12];

/** What a worker has learnt about the tenant, from one scenario to the next. */
export class TidyingUp {
  /** Whether several events may come in one request (HOOKS-ENV-06 is a may). */
  #together = true;
  #lostInARow = 0;
  #refusedInARow = 0;

  /**
   * Ends what a scenario has left open, one conversation after the other. It never throws.
   * @returns what it could not end as documented
   */
  after(world: ConformanceWorld): Promise<Unfinished[]> {
    return this.#endAll(world, [...openConversations(world), ...openControls(world)]);
  }

  /** Ends what controls have left open: it could be why the next one is refused. It never throws. */
  async afterControls(world: ConformanceWorld): Promise<void> {
    await this.#endAll(world, openControls(world));
  }

  async #endAll(world: ConformanceWorld, all: readonly Open[]): Promise<Unfinished[]> {
    const unfinished: Unfinished[] = [];
    for (const open of all) {
      const id = open.conversation.envelope.conversationId;
      if (world.ended.has(id)) continue;
      world.scenario.leftOpen.add(id);
      const isAsked = this.#lostInARow < maxLostInARow && this.#refusedInARow < maxRefusedInARow;
      const answers = isAsked ? await this.#end(world, open).catch(() => ['lost' as const]) : [];
      const isEnded = answers.at(-1) === 'accepted';
      if (isAsked) this.#count(isEnded, answers.includes('lost'));
      if (isEnded) {
        world.scenario.leftOpen.delete(id);
        world.ended.add(id);
      }
      const isRefused = answers.includes('refused');
      if (!isEnded || isRefused) unfinished.push({ ...open, isEnded, isRefused });
    }
    return unfinished;
  }

  #count(isEnded: boolean, isLost: boolean): void {
    this.#lostInARow = isLost ? this.#lostInARow + 1 : 0;
    this.#refusedInARow = isEnded ? 0 : this.#refusedInARow + (isLost ? 0 : 1);
  }

  /** @returns the answers to the events, in their order; the last one is that to the end, unless an answer was lost */
  async #end(world: ConformanceWorld, { conversation, events }: Open): Promise<Outcome[]> {
    // The end may have a path of its own, where nothing else is in the body.
    const isSplit = events.length > 1 && world.session.settings.ownPaths.end !== undefined;
    if (this.#together && !isSplit) {
      const answer = await send(world, conversation, events);
      if (answer !== 'refused' || events.length === 1) return [answer];
    }
    const answers: Outcome[] = [];
    for (const event of events) {
      answers.push(await send(world, conversation, [event]));
      if (answers.includes('lost')) return answers;
    }
    if (!answers.includes('refused') && !isSplit) this.#together = false;
    return answers;
  }
}

/** A conversation, and the events that end it. */
export interface Open {
  conversation: Conversation;
  events: Event[];
}

/** What the tenant has not ended as documented. */
export interface Unfinished extends Open {
  isEnded: boolean;
  /** Whether it has refused one of the events, not only lost one. */
  isRefused: boolean;
}

/** Of the hooks, with an id that a conversation can be found by. */
type Body = Record<string, unknown> & { conversationId: string };

type Outcome = 'accepted' | 'refused' | 'lost';

async function send(world: ConformanceWorld, conversation: Conversation, events: Event[]): Promise<Outcome> {
  const { body, label } = conversation.events(events);
  const { answer, failure } = await world.tidy({ to: 'hooks', body }, label);
  if (failure || !answer) return 'lost';
  return isAccepted(answer) ? 'accepted' : 'refused';
}

/** The conversations that are open at the tenant, as far as the exchanges of the scenario show. */
function openConversations(world: ConformanceWorld): Open[] {
  const bodies = new Map<string, Body[]>();
  for (const sent of world.scenario.sent) {
    const body = takenBody(world, sent);
    if (body) bodies.set(body.conversationId, [...(bodies.get(body.conversationId) ?? []), body]);
  }
  return world.conversations
    .map((one) => [one, stateAfter(bodies.get(one.envelope.conversationId) ?? [])] as const)
    .filter(([, { begun, ended }]) => begun && !ended)
    .map(([conversation, state]) => ({ conversation, events: eventsToEnd(conversation, state) }));
}

/** The conversations of controls that are open: an event was accepted there, and the scenario has not gone on with them. */
function openControls({ scenario, conversations, session }: ConformanceWorld): Open[] {
  const own = new Set(conversations.map(({ envelope }) => envelope.conversationId));
  const bodies = scenario.sent
    .filter(({ isControl, raw }) => isControl && raw.answer && isAccepted(raw.answer))
    .map(({ raw }) => parseJson(raw.request.body ?? '') as Body)
    .filter(({ conversationId }) => !own.has(conversationId));
  return [...Map.groupBy(bodies, ({ conversationId }) => conversationId).values()]
    .map((some) => endOf(some as unknown as HooksBody[], session.settings.dialect))
    .filter(({ events }) => events.length > 0);
}

/**
 * The body that the tenant has taken, or may have. A faulty request that was accepted has begun or ended what its twin would
 * have; where it has no twin, only a body that can be read counts.
 */
function takenBody({ attempts }: ConformanceWorld, sent: Sent): Body | undefined {
  const { raw } = sent;
  const isLost = raw.failure !== undefined && ['reset', 'time-out'].includes(raw.failure.kind);
  if (!isLost && (raw.failure || !raw.answer || !isAccepted(raw.answer))) return undefined;
  const attempt = attempts.find((one) => one.sent === sent);
  const body = attempt ? attempt.inPlaceOf.body : (sent.plain ?? parseJson(raw.request.body ?? ''));
  return isObject(body) && typeof body.conversationId === 'string' ? (body as Body) : undefined;
}

/** A tenant that accepts an entry after the end has the conversation open again, whatever the documents say. */
function stateAfter(bodies: readonly Body[]): ConversationState {
  let tracker = new ConversationTracker();
  for (const body of bodies) {
    const steps = placedStepsOf(body);
    if (tracker.state.ended && steps.some(({ step }) => isEntry(step))) tracker = new ConversationTracker();
    tracker.take({ steps });
  }
  return tracker.state;
}
