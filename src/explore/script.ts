// What an excursion sends: some conversations that agents share, as plain data that can be made smaller and sent again.
import type { Experience, Transfer, Transition } from '../protocol/events.ts';
import { advance } from '../protocol/lifecycle/lifecycle.ts';
import type { Step } from '../protocol/lifecycle/step.ts';
import { type Followed, followed, unbegun } from '../protocol/lifecycle/transitions.ts';

/** @param agent its number in the script */
export type ScriptedMove =
  | { type: 'transfer'; transfer: Transfer; transition: Transition; agent: number }
  | { type: 'summary' }
  | { type: 'end'; agent: number }
  | { type: 'message'; author: 'USER' | 'AGENT'; agent: number; query?: string; source?: string };

export interface ScriptedRequest {
  /** Index of its conversation. */
  conversation: number;
  /** At least one; a message comes with the entry before it, or alone. */
  moves: readonly ScriptedMove[];
  /** It breaks the order on purpose: the tenant has to refuse it. */
  isMistake?: true;
}

/** What an agent has in place of plain values. */
export interface AgentValues {
  name?: string;
  /** `#` stands for the number of the agent. */
  identity?: string;
  customFields?: Readonly<Record<string, string>>;
}

export interface ScriptedConversation {
  experience: Experience;
  /** What its conversationId ends in, after what makes it unique. */
  ending?: string;
  /** Of its end. */
  reason?: string;
}

export interface Script {
  conversations: readonly ScriptedConversation[];
  /** By the number of the agent; one who is not there is plain. */
  agents: Readonly<Record<number, AgentValues>>;
  /** In the order in which they are sent. */
  requests: readonly ScriptedRequest[];
  /** How often the whole is sent at the same time. */
  together: number;
}

export function stepOfMove(move: ScriptedMove): Step {
  if (move.type !== 'transfer') return { type: move.type };
  const { type, transfer, transition, agent } = move;
  return { type, transfer, transition, agent: { identity: `agent-${agent}`, name: '' } };
}

/** Whether each request is as the model allows it, and each mistake is one. */
export function isWellFormed({ conversations, requests }: Script): boolean {
  const now: Followed[] = conversations.map(() => unbegun);
  for (const { conversation, moves, isMistake } of requests) {
    const before = now[conversation];
    if (!before) return false;
    if (isMistake) {
      if (!isOutOfOrder(before, moves[0]!)) return false;
      continue;
    }
    const after = afterMoves(before, moves);
    if (!after) return false;
    now[conversation] = after;
  }
  return requests.length > 0;
}

/** @returns undefined when one of them breaks a rule */
export function afterMoves(before: Followed, moves: readonly ScriptedMove[]): Followed | undefined {
  let now: Followed | undefined = before;
  for (const move of moves)
    now = now && isSaidByPresent(now, move) ? followed(now, stepOfMove(move)) : undefined;
  return now;
}

/** A message names an agent who is there, one of the customer the last who joined; an end names the one who was there last. */
function isSaidByPresent({ state }: Followed, move: ScriptedMove): boolean {
  if (move.type === 'message') {
    const those = move.author === 'USER' ? state.present.slice(-1) : state.present;
    return those.some(({ identity }) => identity === `agent-${move.agent}`);
  }
  if (move.type === 'end') return state.latest?.agent.identity === `agent-${move.agent}`;
  return true;
}

/** Whether the move breaks a must about the order. */
export function isOutOfOrder({ state }: Followed, move: ScriptedMove): boolean {
  return advance(state, { step: stepOfMove(move) }).breaches.some(({ finding }) => finding.level === 'must');
}

/** How a conversation comes to its documented end from where it stands. */
export function movesToEnd({ state }: Followed): ScriptedMove[] {
  const { begun, ended, present, latest, lastExit, redialled, summarised } = state;
  if (!begun || ended) return [];
  const numbers = present.map(({ identity }) => numberOf(identity));
  const gone = latest ? numberOf(latest.agent.identity) : 1;
  const next = gone + 1;
  const last = numbers.at(-1) ?? (lastExit === 'cold' ? next : gone);
  const leave = (transfer: Transfer, agent: number): ScriptedMove => {
    return { type: 'transfer', transfer, transition: 'exit', agent };
  };
  const isHere = numbers.length > 0 || lastExit === 'cold';
  return [
    ...(numbers.length === 0 && lastExit === 'cold'
      ? [{ type: 'transfer', transfer: 'cold', transition: 'entry', agent: next } as const]
      : []),
    ...numbers.filter((one) => one !== last).map((one) => leave('warm', one)),
    ...(isHere ? [leave('NA', last)] : []),
    ...(redialled && (isHere || !summarised) ? [{ type: 'summary' } as const] : []),
    { type: 'end', agent: last },
  ];
}

export function numberOf(identity: string): number {
  return Number(/\d+$/.exec(identity)?.[0] ?? 1);
}

/** The numbers of all agents in a script, ascending. */
export function agentsIn({ requests }: Pick<Script, 'requests'>): number[] {
  const numbers = requests.flatMap(({ moves }) =>
    moves.flatMap((move) => ('agent' in move ? move.agent : [])),
  );
  return [...new Set(numbers)].sort((a, b) => a - b);
}
