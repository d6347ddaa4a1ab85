// Makes a failing script as small and plain as it can: sends smaller ones, and goes on with the first that fails as well.
import { stepKind, stepsOf } from '../protocol/lifecycle/step.ts';
import type { Failure, Played } from './play.ts';
import type { Script } from './script.ts';
import { smallerThan } from './smaller.ts';

export interface Shrunk {
  script: Script;
  failure: Failure;
}

export interface ShrinkOptions {
  play(script: Script): Promise<Played>;
  /** Whether another script may be sent. */
  mayGoOn(): boolean;
  /** How many copies are sent at the same time where one by itself does not fail. */
  together: readonly number[];
}

/**
 * @param failed what was seen first
 * @returns the smallest that fails in the same way; undefined when nothing did when it was sent again
 */
export async function shrink(failed: Shrunk, options: ShrinkOptions): Promise<Shrunk | undefined> {
  const again = await repeated(failed, options);
  if (!again) return undefined;
  const tried = new Set<string>();
  let smallest = again;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const script of smallerThan(smallest.script)) {
      const key = JSON.stringify(script);
      if (tried.has(key)) continue;
      if (!options.mayGoOn()) return renumbered(smallest);
      tried.add(key);
      const failure = await sameFailure(script, smallest.failure, options);
      if (!failure) continue;
      smallest = { script: upTo(script, failure), failure };
      isSmaller = true;
      break;
    }
  }
  return renumbered(smallest);
}

/** The script up to its failure, once it has failed again: alone, or when several are sent at the same time. */
async function repeated({ script, failure }: Shrunk, options: ShrinkOptions): Promise<Shrunk | undefined> {
  const shortened = upTo(script, failure);
  for (const together of [1, ...options.together]) {
    if (!options.mayGoOn()) return undefined;
    const one = { ...shortened, together };
    const again = await sameFailure(one, failure, options);
    // Where it is a matter of time, once may be chance.
    if (again && (together === 1 || (await sameFailure(one, failure, options))))
      return { script: upTo(one, again), failure: again };
  }
  return undefined;
}

export function upTo(script: Script, { at }: Failure): Script {
  return { ...script, requests: script.requests.slice(0, at + 1) };
}

async function sameFailure(
  script: Script,
  like: Failure,
  options: ShrinkOptions,
): Promise<Failure | undefined> {
  const { failure, flawed } = await options.play(script);
  if (like.kind === 'answer')
    return flawed.find((one) => one.requirement === like.requirement && statusOf(one) === statusOf(like));
  return failure && isAlike(failure, like) ? failure : undefined;
}

/** An event of the same kind, answered with the same status: another defect is another failure. */
export function isAlike(one: Failure, other: Failure): boolean {
  const kinds = kindsIn(other);
  return (
    one.kind === other.kind &&
    statusOf(one) === statusOf(other) &&
    kindsIn(one).some((kind) => kinds.includes(kind))
  );
}

function statusOf({ exchange }: Failure): number | undefined {
  return exchange.answer?.status;
}

function kindsIn({ bodies }: Failure): string[] {
  const last = bodies.at(-1)!;
  const isFirst = bodies.filter(({ conversationId }) => conversationId === last.conversationId).length === 1;
  const kinds = stepsOf(last).map(stepKind);
  // Both begin a conversation.
  return kinds.map((kind) => (isFirst && kind === 'redial entry' ? 'NA entry' : kind));
}

/** Its agents are Agent 1, 2, 3 in the order in which they come, and so are its conversations. */
function renumbered({ script, failure }: Shrunk): Shrunk {
  const numbers = new Map<number, number>();
  const numberFor = (agent: number) => {
    const known = numbers.get(agent) ?? numbers.size + 1;
    numbers.set(agent, known);
    return known;
  };
  const order = [...new Set(script.requests.map(({ conversation }) => conversation))];
  const conversations = order.map((conversation) => script.conversations[conversation]!);
  const requests = script.requests.map((request) => ({
    ...request,
    conversation: order.indexOf(request.conversation),
    moves: request.moves.map((move) => ('agent' in move ? { ...move, agent: numberFor(move.agent) } : move)),
  }));
  const agents = Object.fromEntries(
    [...numbers].flatMap(([before, now]) => {
      const values = script.agents[before];
      return values && Object.keys(values).length > 0 ? [[now, values]] : [];
    }),
  );
  return { script: { ...script, conversations, requests, agents }, failure };
}
