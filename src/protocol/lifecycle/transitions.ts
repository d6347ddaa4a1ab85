// The transitions of the model: the ways in which a conversation that breaks no rule can go on. How many of them, and of the pairs
// that can follow each other, a run or an exploration has taken.
import { ConversationMemory } from './conversation-memory.ts';
import { advance } from './lifecycle.ts';
import { type Standing, standingOf } from './standing.ts';
import { type ConversationState, maxAgents, newConversation } from './state.ts';
import { type Participant, placedStepsOf, type Step, stepKind } from './step.ts';

/** A conversation that has broken no rule so far. */
export interface Followed {
  readonly state: ConversationState;
  /** The identities of all agents who were ever in it. */
  readonly met: ReadonlySet<string>;
  /** The transition that was taken last. */
  readonly last?: string;
}

export const unbegun: Followed = { state: newConversation, met: new Set() };

/** @returns the conversation after the step; undefined when the step breaks a rule, be it only a should */
export function followed({ state, met }: Followed, step: Step): Followed | undefined {
  if (step.type === 'unclear' || isOwnSuccessor(state, step)) return undefined;
  const next = advance(state, { step });
  if (next.breaches.length > 0) return undefined;
  const way = wayOf(state, met, step);
  const last = `${way}: ${placesInWords(standingOf(state), standingOf(next.state))}`;
  const now =
    step.type !== 'transfer' || met.has(step.agent.identity) ? met : new Set([...met, step.agent.identity]);
  return { state: next.state, met: now, last };
}

/** No rule forbids it, but the documents have a next agent. */
function isOwnSuccessor({ latest }: ConversationState, step: Step): boolean {
  return (
    stepKind(step) === 'cold entry' &&
    step.type === 'transfer' &&
    latest?.agent.identity === step.agent.identity
  );
}

function placesInWords(from: Standing, to: Standing): string {
  return from === to ? from : `${from} → ${to}`;
}

/** What is sent, and by whom as far as that makes a difference. */
function wayOf({ begun, latest }: ConversationState, met: ReadonlySet<string>, step: Step): string {
  const kind = stepKind(step);
  if (step.type !== 'transfer' || step.transition === 'exit' || step.transfer === 'NA') return kind;
  if (!begun) return 'call back';
  if (kind === 'redial entry')
    return `redial of ${step.agent.identity === latest?.agent.identity ? 'the same' : 'another'} agent`;
  return `${kind} of ${met.has(step.agent.identity) ? 'an agent who was there before' : 'a new agent'}`;
}

/** A step that breaks no rule, and where it leads. */
export interface Way {
  step: Step;
  after: Followed;
}

/** All that some agents can do next without breaking a rule. */
export function waysOn(conversation: Followed, agents: readonly Participant[]): Way[] {
  return [...agents.flatMap(transfersOf), ...plain].flatMap((step) => {
    if (isHopeless(conversation.state, step)) return [];
    const after = followed(conversation, step);
    return after ? [{ step, after }] : [];
  });
}

/** Whether the rules need not be asked, since the step breaks one: to word a breach takes longer than all the rest. */
export function isHopeless({ begun, present }: ConversationState, step: Step): boolean {
  if (step.type === 'message') return present.length === 0;
  if (step.type !== 'transfer') return !begun || present.length > 0;
  const isThere = present.some(({ identity }) => identity === step.agent.identity);
  if (step.transition === 'exit') return !isThere || present.length > 1 !== (step.transfer === 'warm');
  if (!begun) return step.transfer === 'cold' || step.transfer === 'warm';
  return isThere || present.length > 0 !== (step.transfer === 'warm');
}

/** Of some agents, one for each part that an agent can have there: for the model, the others are like them. */
export function oneOfEachKind(
  { state: { present, latest }, met }: Followed,
  agents: readonly Participant[],
): Participant[] {
  const isThere = ({ identity }: Participant) => present.some((one) => one.identity === identity);
  const kindOf = (agent: Participant) => {
    if (agent.identity === latest?.agent.identity) return `latest ${isThere(agent)}`;
    return isThere(agent) ? 'there' : met.has(agent.identity) ? 'met' : 'new';
  };
  return [...new Map(agents.map((agent) => [kindOf(agent), agent])).values()];
}

const plain: readonly Step[] = [{ type: 'message' }, { type: 'summary' }, { type: 'end' }];

const transferSteps = new Map<string, readonly Step[]>();

function transfersOf(agent: Participant): readonly Step[] {
  const known = transferSteps.get(agent.identity);
  if (known) return known;
  const entries = (['NA', 'cold', 'warm', 'redial'] as const).map((transfer) => ({
    type: 'transfer' as const,
    transfer,
    transition: 'entry' as const,
    agent,
  }));
  const exits = (['NA', 'cold', 'warm'] as const).map((transfer) => ({
    type: 'transfer' as const,
    transfer,
    transition: 'exit' as const,
    agent,
  }));
  const all = [...entries, ...exits];
  // Explorations number their agents for each excursion from 1, so there are few.
  if (transferSteps.size < maxAgents) transferSteps.set(agent.identity, all);
  return all;
}

interface Possible {
  transitions: ReadonlySet<string>;
  pairs: ReadonlySet<string>;
}

let known: Possible | undefined;

export function pairOf(first: string, second: string): string {
  return `${first}, then ${second}`;
}

/** All transitions and pairs of the model, found by walking it: four agents are enough for each of them. */
export function possible(): Possible {
  known ??= walked();
  return known;
}

function walked(): Possible {
  const agents = [1, 2, 3, 4].map((number) => ({ identity: `agent-${number}`, name: '' }));
  const transitions = new Set<string>();
  const pairs = new Set<string>();
  const seen = new Set<string>();
  const waiting: Followed[] = [unbegun];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    for (const { after: next } of waysOn(one, oneOfEachKind(one, agents))) {
      transitions.add(next.last!);
      if (one.last !== undefined) pairs.add(pairOf(one.last, next.last!));
      const key = placeInModel(next);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return { transitions, pairs };
}

/** A conversation as far as what can follow depends on it: the same for all that can go on in the same ways. */
export function placeInModel({ state, met, last }: Followed): string {
  const { present, latest, redialled, summarised } = state;
  const isLatestGone = latest !== undefined && !present.includes(latest.agent);
  return JSON.stringify([present.length, met.size, isLatestGone, redialled, summarised, last]);
}

/** Conversations that are followed at a time: far more than are open at the same time. */
const maxFollowed = 10_000;

/** How much of the model was gone through. */
export interface TransitionCoverage {
  transitions: { taken: number; possible: number };
  pairs: { taken: number; possible: number };
  /** Transitions that were never taken, then pairs of others that were not. */
  neverTaken: string[];
}

/** Counts the transitions of conversations whose requests are accepted; keeps no more conversations than it can. */
export class TransitionCount {
  readonly #conversations = new ConversationMemory<Followed | 'not followed'>(maxFollowed);
  readonly #taken = new Map<string, number>();

  /** Takes a body that was accepted. What breaks a rule ends the following of its conversation. */
  take(conversationId: string, body: object): void {
    let now = this.#conversations.get(conversationId) ?? unbegun;
    for (const { step } of placedStepsOf(body)) {
      if (now === 'not followed') return;
      const next = followed(now, step);
      if (next) this.count(now.last, next.last!);
      now = next ?? 'not followed';
    }
    this.#conversations.set(conversationId, now);
  }

  count(before: string | undefined, taken: string): void {
    for (const one of [taken, ...(before === undefined ? [] : [pairOf(before, taken)])])
      this.#taken.set(one, this.times(one) + 1);
  }

  times(transitionOrPair: string): number {
    return this.#taken.get(transitionOrPair) ?? 0;
  }

  get coverage(): TransitionCoverage {
    const { transitions, pairs } = possible();
    const isMissing = (one: string) => this.times(one) === 0;
    const missing = [...transitions].filter(isMissing);
    const apart = [...pairs].filter(
      (pair) => isMissing(pair) && !pair.split(', then ').some((one) => missing.includes(one)),
    );
    const counted = (all: ReadonlySet<string>) => ({
      taken: [...all].filter((one) => !isMissing(one)).length,
      possible: all.size,
    });
    return {
      transitions: counted(transitions),
      pairs: counted(pairs),
      neverTaken: [...missing, ...apart],
    };
  }
}
