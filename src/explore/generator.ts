// Makes excursions: well-formed conversations, walked step by step through what the model allows. Which step comes next is left
// to chance, but pairs of transitions that no excursion has yet come first. Unaware of any answer: so an exploration can be repeated.
import type { Step } from '../protocol/lifecycle/step.ts';
import {
  type Followed,
  followed,
  possible,
  TransitionCount,
  unbegun,
  type Way,
  waysOn,
} from '../protocol/lifecycle/transitions.ts';
import { type Draw, drawn } from './draw.ts';
import {
  type AgentValues,
  afterMoves,
  isOutOfOrder,
  movesToEnd,
  numberOf,
  type Script,
  type ScriptedConversation,
  type ScriptedMove,
  type ScriptedRequest,
  stepOfMove,
} from './script.ts';
import { ValueTurns } from './values.ts';
import { wayToNewPair } from './way-to-new.ts';

export interface GeneratorOptions {
  seed: number;
  plainValues: boolean;
  /** Whether an excursion may hold a mistake that the tenant has to refuse. */
  mistakes: boolean;
  /** Whether end and redial have to be alone in their request. */
  ownPaths: boolean;
  /** Whether the profile says what the agents have as customFields. */
  givenCustomFields: boolean;
}

/** How many events a conversation has until it goes to its end; a few are long. */
const lengths = [2, 4, 6, 6, 9, 9, 14, 14, 20, 32];
const mostEvents = 36;
const crowds = [2, 3, 3, 4, 6, 8];
/** So many agents that there is always a new one, and one who has left. */
const enoughForAnyPair = 6;
const enoughToReachAnyPair = 20;
const conversationsAtATime = [1, 1, 2, 2, 3, 4];
/** How often pairs that no excursion has yet come first, as long as there are any. */
const eager = 0.85;

interface Walk {
  now: Followed;
  /** Events until it goes to its end. */
  left: number;
  /** Steps that are chosen already. */
  ahead: Step[];
  isOver: boolean;
}

/** What an excursion likes to do: so that some do the same thing again and again, and others never do it. */
type Taste = (way: string) => number;

export class Generator {
  readonly #options: GeneratorOptions;
  readonly #planned = new TransitionCount();
  readonly #values = new ValueTurns();
  #number = 0;
  #isComplete = false;

  constructor(options: GeneratorOptions) {
    this.#options = options;
  }

  next(): Script {
    this.#number += 1;
    return drawn(this.#options.seed + this.#number * 7919, (draw) => this.#excursion(draw));
  }

  #excursion(draw: Draw): Script {
    const { plainValues } = this.#options;
    const conversations = Array.from({ length: draw.of(conversationsAtATime) }, (): ScriptedConversation => {
      const experience = draw.chance(0.5) ? 'voice' : 'chat';
      return { experience, ...(plainValues ? {} : this.#values.ofConversation(draw)) };
    });
    const size = Math.max(draw.of(crowds), this.isComplete ? 0 : enoughForAnyPair);
    const crowd = Array.from({ length: size }, (_, index) => index + 1);
    const taste = this.isComplete ? tasteOf(draw) : () => 1;
    // One conversation may be long; several are short enough to be followed by a person.
    const walks = conversations.map((): Walk => {
      const most = Math.ceil(mostEvents / conversations.length);
      const left = this.isComplete ? Math.min(draw.of(lengths), most) : enoughToReachAnyPair;
      return { now: unbegun, left, ahead: [], isOver: false };
    });
    const requests: ScriptedRequest[] = [];
    for (let open = walks; open.length > 0; open = walks.filter(({ isOver }) => !isOver)) {
      const walk = draw.of(open);
      const conversation = walks.indexOf(walk);
      // Now and then one of them goes on for a while.
      for (let several = draw.chance(0.3) ? 4 : 1; several > 0 && !walk.isOver; several -= 1)
        requests.push({ conversation, moves: this.#request(walk, { draw, crowd, taste }) });
    }
    const script: Script = { conversations, agents: this.#agents(draw, crowd), requests, together: 1 };
    return this.#options.mistakes ? withMistake(script, draw, crowd) : script;
  }

  #agents(draw: Draw, crowd: readonly number[]): Record<number, AgentValues> {
    if (this.#options.plainValues) return {};
    const identity = this.#values.identities(draw);
    return Object.fromEntries(
      crowd.map((number) => {
        const { customFields, ...values } = this.#values.ofAgent(draw, identity);
        const isGiven = this.#options.givenCustomFields || customFields === undefined;
        return [number, isGiven ? values : { ...values, customFields }];
      }),
    );
  }

  #request(walk: Walk, by: { draw: Draw; crowd: number[]; taste: Taste }): ScriptedMove[] {
    const { draw } = by;
    const isFirst = !walk.now.state.begun;
    const first = this.#step(walk, by);
    if (isFirst && isEntryByNA(first) && draw.chance(0.15)) {
      const message: ScriptedMove = { type: 'message', author: 'USER', agent: first.agent };
      this.#take(walk, message);
      walk.ahead = [];
      return [first, message];
    }
    const moves = [first];
    for (let more = draw.chance(0.2) ? 1 + draw.below(3) : 0; more > 0 && !walk.isOver; more -= 1) {
      if (![first, moves.at(-1)!].every((move) => this.#goesWithOthers(move))) break;
      const next = this.#chosen(walk, by);
      if (!this.#goesWithOthers(next)) {
        walk.ahead = [];
        break;
      }
      this.#take(walk, next);
      moves.push(next);
    }
    return moves;
  }

  #goesWithOthers(move: ScriptedMove): boolean {
    if (move.type === 'message') return false;
    return (
      !this.#options.ownPaths ||
      !(move.type === 'end' || (move.type === 'transfer' && move.transfer === 'redial'))
    );
  }

  #step(walk: Walk, by: { draw: Draw; crowd: number[]; taste: Taste }): ScriptedMove {
    const move = this.#chosen(walk, by);
    this.#take(walk, move);
    return move;
  }

  #chosen(walk: Walk, { draw, crowd, taste }: { draw: Draw; crowd: number[]; taste: Taste }): ScriptedMove {
    const { now } = walk;
    if (walk.left <= 0) return movesToEnd(now)[0]!;
    const agents = crowd.map((number) => ({ identity: `agent-${number}`, name: '' }));
    if (walk.ahead.length === 0 && !this.isComplete && draw.chance(eager))
      walk.ahead = [...wayToNewPair(now, agents, (pair) => this.#planned.times(pair) > 0)];
    const step = walk.ahead.shift() ?? anyOf(waysOn(now, agents), { draw, taste });
    if (step.type === 'transfer') return { ...step, agent: numberOf(step.agent.identity) };
    if (step.type === 'message') {
      const author = draw.chance(0.5) ? 'USER' : 'AGENT';
      // As in the sentences: the customer speaks with the agent who joined last.
      const { present } = now.state;
      const speaker = author === 'USER' ? present.at(-1)! : draw.of(present);
      const special = this.#options.plainValues ? {} : this.#values.ofMessage(draw);
      return { type: 'message', author, agent: numberOf(speaker.identity), ...special };
    }
    return step.type === 'summary' ? { type: 'summary' } : { type: 'end', agent: latestOf(now) };
  }

  #take(walk: Walk, move: ScriptedMove): void {
    const next = followed(walk.now, stepOfMove(move))!;
    this.#planned.count(walk.now.last, next.last!);
    walk.now = next;
    walk.left -= 1;
    walk.isOver = next.state.ended;
  }

  /** Whether every pair of the model is in some excursion that was made. */
  get isComplete(): boolean {
    this.#isComplete ||= [...possible().pairs].every((pair) => this.#planned.times(pair) > 0);
    return this.#isComplete;
  }
}

/** Not its end, which comes when it is long enough. */
function anyOf(ways: readonly Way[], { draw, taste }: { draw: Draw; taste: Taste }): Step {
  const going = ways.filter(({ step }) => step.type !== 'end');
  const names = [...new Set(going.map(({ after }) => after.last!))];
  const name = draw.weighted(names, (one) => taste(one.split(':')[0]!));
  return draw.of(going.filter(({ after }) => after.last === name)).step;
}

function isEntryByNA(move: ScriptedMove): move is Extract<ScriptedMove, { type: 'transfer' }> {
  return move.type === 'transfer' && move.transfer === 'NA' && move.transition === 'entry';
}

function latestOf({ state }: Followed): number {
  return numberOf(state.latest?.agent.identity ?? '1');
}

/** What some excursions do again and again. */
const favourites: readonly (readonly string[])[] = [
  ['cold exit', 'cold entry'],
  ['warm entry'],
  ['warm entry', 'warm exit'],
  ['NA exit', 'redial'],
  ['NA exit', 'summary'],
  ['message'],
];

function tasteOf(draw: Draw): Taste {
  const weights = new Map<string, number>();
  const favourite = draw.chance(0.5) ? draw.of(favourites) : [];
  return (way) => {
    const kind = way.replace(/ of .*/, '');
    const known = weights.get(kind) ?? (favourite.includes(kind) ? 20 : draw.of([0.2, 1, 1, 4]));
    weights.set(kind, known);
    return known;
  };
}

/** One event out of order, somewhere in the excursion. */
function withMistake(script: Script, draw: Draw, crowd: readonly number[]): Script {
  const at = draw.below(script.requests.length + 1);
  const conversation = draw.below(script.conversations.length);
  let now: Followed = unbegun;
  for (const request of script.requests.slice(0, at))
    if (request.conversation === conversation) now = afterMoves(now, request.moves)!;
  const agent = draw.of(crowd);
  const all: ScriptedMove[] = [
    ...(['NA', 'cold', 'warm'] as const).flatMap((transfer) =>
      (['entry', 'exit'] as const).map((transition) => ({
        type: 'transfer' as const,
        transfer,
        transition,
        agent,
      })),
    ),
    { type: 'transfer', transfer: 'redial', transition: 'entry', agent },
    { type: 'summary' },
    { type: 'end', agent },
  ];
  const wrong = all.filter((move) => isOutOfOrder(now, move));
  if (wrong.length === 0) return script;
  const mistake: ScriptedRequest = { conversation, moves: [draw.of(wrong)], isMistake: true };
  return { ...script, requests: [...script.requests.slice(0, at), mistake, ...script.requests.slice(at)] };
}
