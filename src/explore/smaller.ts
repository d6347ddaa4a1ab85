// Scripts that are smaller or plainer than another one, and still well-formed: the boldest first.
import { allPlain, plainerValues, withoutValues } from './plainer.ts';
import { agentsIn, isWellFormed, type Script, type ScriptedMove, type ScriptedRequest } from './script.ts';
import { shortcuts } from './shortcut.ts';

/** Removals of one size take about so many requests, before smaller ones are tried. */
const maxRequestsOfSize = 40;

/** All of them are well-formed, and none is like the script itself. */
export function* smallerThan(script: Script): Generator<Script> {
  const seen = new Set([JSON.stringify(script)]);
  for (const one of candidates(script)) {
    const key = JSON.stringify(one);
    if (seen.has(key) || !isWellFormed(one)) continue;
    seen.add(key);
    yield one;
  }
}

function* candidates(script: Script): Generator<Script> {
  yield allPlain(script);
  for (let together = 1; together < script.together; together *= 2) yield { ...script, together };
  yield* fewerConversations(script);
  const { requests } = script;
  yield { ...script, requests: requests.filter(({ isMistake }) => !isMistake) };
  yield { ...script, requests: requests.flatMap(apart) };
  yield withoutMessages(script);
  yield* plainerMoves(script);
  yield* shortcuts(script).filter((one) => movesIn(one) < movesIn(script));
  yield* withoutValues(script);
  yield* fewerMoves(script);
  for (const at of requests.keys())
    yield { ...script, requests: requests.flatMap((one, i) => (i === at ? apart(one) : [one])) };
  yield* fewerAgents(script);
  yield* plainerValues(script);
}

/** All but one in the request that fails. */
function withoutMessages(script: Script): Script {
  const last = script.requests.length - 1;
  const requests = script.requests
    .map((one, at) =>
      at === last ? one : { ...one, moves: one.moves.filter(({ type }) => type !== 'message') },
    )
    .filter(({ moves }) => moves.length > 0);
  return { ...script, requests };
}

function movesIn({ requests }: Script): number {
  return requests.reduce((sum, { moves }) => sum + moves.length, 0);
}

/** Each of its parts in a request of its own. */
export function apart(request: ScriptedRequest): ScriptedRequest[] {
  return request.moves.map((move) => ({ ...request, moves: [move] }));
}

function* fewerConversations(script: Script): Generator<Script> {
  const { conversations, requests } = script;
  const last = requests.at(-1)!.conversation;
  const all = [...conversations.keys()];
  if (all.length > 2) yield onlyConversations(script, [last]);
  for (const left of all)
    if (left !== last)
      yield onlyConversations(
        script,
        all.filter((one) => one !== left),
      );
}

export function onlyConversations(script: Script, kept: readonly number[]): Script {
  return {
    ...script,
    conversations: kept.map((one) => script.conversations[one]!),
    requests: script.requests
      .filter(({ conversation }) => kept.includes(conversation))
      .map((request) => ({ ...request, conversation: kept.indexOf(request.conversation) })),
  };
}

/** The place of a move: index of its request, and in it. */
type Place = readonly [request: number, move: number];

function* fewerMoves(script: Script): Generator<Script> {
  const { requests } = script;
  const inTurn = [...new Set(requests.map(({ conversation }) => conversation))];
  for (const conversation of inTurn) {
    const places = placesOf(requests, conversation);
    const removals = wellFormedRemovals(script, places);
    const sizes = inUsefulOrder([...new Set(removals.map(({ size }) => size))], places.length);
    for (const size of sizes) {
      const ofSize = removals.filter((one) => one.size === size);
      // What leaves little costs little to try.
      const most =
        size <= detour ? ofSize.length : Math.max(3, Math.ceil(maxRequestsOfSize / movesIn(ofSize[0]!.left)));
      const every = Math.ceil(ofSize.length / most);
      yield* ofSize.filter((_, index) => index % every === 0).map(({ left }) => left);
    }
  }
}

/** Few events may be enough; where it takes many, what is left over is mostly a detour here and there. */
function inUsefulOrder(sizes: readonly number[], whole: number): number[] {
  const rank = (size: number) => (whole - size <= few ? 0 : size <= detour ? 1 : 2);
  return sizes.toSorted((a, b) => rank(a) - rank(b) || b - a);
}

const few = 5;
const detour = 4;

interface Removal {
  size: number;
  left: Script;
}

/** Stretches, and pairs of moves such as the entry and the exit of an agent; who follows may have to take over another's part. */
function wellFormedRemovals(script: Script, places: readonly Place[]): Removal[] {
  const removals: Removal[] = [];
  const add = (removed: readonly Place[]) => {
    if (removed.length === 0) return;
    const left = without(script, removed);
    const size = removed.length;
    if (isWellFormed(left)) removals.push({ size, left });
    else removals.push(...takingOver(left, removed[0]!).map((one) => ({ size, left: one })));
  };
  const count = places.length;
  for (const size of sizesUpTo(count))
    for (let from = 0; from + size <= count; from += 1) add(places.slice(from, from + size));
  for (let first = 0; first < count; first += 1)
    for (let second = first + 2; second < count; second += 1) add([places[first]!, places[second]!]);
  return removals;
}

/** Of a long conversation not every length is tried. */
function sizesUpTo(count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return count <= 12 ? all : all.filter((size) => size <= 4 || size % Math.ceil(count / 10) === 0);
}

function placesOf(requests: readonly ScriptedRequest[], conversation: number): Place[] {
  return requests.flatMap((request, at) =>
    request.conversation === conversation ? request.moves.map((_, move): Place => [at, move]) : [],
  );
}

function without(script: Script, removed: readonly Place[]): Script {
  const gone = new Set(removed.map(([request, move]) => `${request} ${move}`));
  const requests = script.requests
    .map((request, at) => ({
      ...request,
      moves: request.moves.filter((_, move) => !gone.has(`${at} ${move}`)),
    }))
    .filter(({ moves }) => moves.length > 0);
  return { ...script, requests };
}

/** The same with one agent in the place of another from some request on, where that is well-formed. */
function takingOver(script: Script, [from]: Place): Script[] {
  const agents = agentsIn(script);
  const changed = agents.flatMap((one) =>
    agents.flatMap((other) => {
      if (one === other) return [];
      const requests = script.requests.map((request, at) =>
        at < from ? request : withMoves(request, (move) => renamed(move, one, other)),
      );
      return [{ ...script, requests }];
    }),
  );
  return changed.filter(isWellFormed).slice(0, 1);
}

function renamed(move: ScriptedMove, one: number, other: number): ScriptedMove {
  return 'agent' in move && move.agent === one ? { ...move, agent: other } : move;
}

function withMoves(
  request: ScriptedRequest,
  change: (move: ScriptedMove, place: number) => ScriptedMove,
): ScriptedRequest {
  return { ...request, moves: request.moves.map(change) };
}

function* fewerAgents(script: Script): Generator<Script> {
  const agents = agentsIn(script);
  for (const one of agents.toReversed())
    for (const other of agents)
      if (other < one)
        yield {
          ...script,
          requests: script.requests.map((request) => withMoves(request, (move) => renamed(move, one, other))),
        };
}

function* plainerMoves(script: Script): Generator<Script> {
  const { conversations, requests } = script;
  const voice = conversations.map((one) => ({ ...one, experience: 'voice' as const }));
  yield { ...script, conversations: voice };
  for (const at of conversations.keys())
    yield { ...script, conversations: conversations.map((one, i) => (i === at ? voice[i]! : one)) };
  for (const [conversation] of conversations.entries()) {
    const first = requests.findIndex(
      (request) => request.conversation === conversation && !request.isMistake,
    );
    yield {
      ...script,
      requests: requests.map((request, at) => (at === first ? withMoves(request, beginning) : request)),
    };
  }
  yield {
    ...script,
    requests: requests.map((request) =>
      withMoves(request, (move) => (move.type === 'message' ? { ...move, author: 'USER' } : move)),
    ),
  };
}

/** A conversation begins with NA entry, unless that it is a call back matters. */
function beginning(move: ScriptedMove, place: number): ScriptedMove {
  const isCallBack = place === 0 && move.type === 'transfer' && move.transfer === 'redial';
  return isCallBack ? { ...move, transfer: 'NA' } : move;
}
