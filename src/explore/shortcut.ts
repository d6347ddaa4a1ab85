// The shortest way to where a conversation stands: what has failed often depends on no more than that.
import { type Followed, followed, unbegun } from '../protocol/lifecycle/transitions.ts';
import { isWellFormed, numberOf, type Script, type ScriptedMove, stepOfMove } from './script.ts';

/** With each conversation, and then with all of them, brought by the shortest way to where it stands. */
export function shortcuts(script: Script): Script[] {
  const last = script.requests.length - 1;
  const each = script.conversations.map((_, conversation) => shortened(script, conversation, last));
  const all = script.conversations.reduce(
    (now, _, conversation) => shortened(now, conversation, now.requests.length - 1),
    script,
  );
  return [all, ...each].filter(isWellFormed);
}

/** @param last index of the request that fails, which stays as it is */
function shortened(script: Script, conversation: number, last: number): Script {
  let now: Followed = unbegun;
  let begins = -1;
  for (const [at, request] of script.requests.slice(0, last).entries()) {
    if (request.conversation !== conversation || request.isMistake) continue;
    if (begins < 0) begins = at;
    for (const move of request.moves) now = followed(now, stepOfMove(move)) ?? now;
  }
  if (begins < 0) return script;
  const way = wayTo(now).map((move) => ({ conversation, moves: [move] }));
  const others = script.requests.filter(
    (request, at) => at === last || request.conversation !== conversation,
  );
  const before = script.requests.slice(0, begins).filter((request) => request.conversation !== conversation);
  return { ...script, requests: [...before, ...way, ...others.slice(before.length)] };
}

function wayTo({ state }: Followed): ScriptedMove[] {
  const { present, latest, lastExit, redialled, summarised, ended } = state;
  const move = (transfer: 'NA' | 'cold' | 'warm' | 'redial', transition: 'entry' | 'exit', agent: number) => {
    return { type: 'transfer', transfer, transition, agent } as const;
  };
  const numbers = present.map(({ identity }) => numberOf(identity));
  const first = numbers[0] ?? (latest ? numberOf(latest.agent.identity) : 1);
  const [, ...others] = numbers;
  const isLeft = numbers.length === 0 && lastExit !== 'cold';
  return [
    move('NA', 'entry', first),
    ...(redialled ? [move('NA', 'exit', first), move('redial', 'entry', first)] : []),
    ...others.map((agent) => move('warm', 'entry', agent)),
    ...(lastExit === 'cold' ? [move('cold', 'exit', first)] : []),
    ...(isLeft ? [move('NA', 'exit', first)] : []),
    ...(isLeft && summarised ? [{ type: 'summary' } as const] : []),
    ...(ended ? [{ type: 'end', agent: first } as const] : []),
  ];
}
