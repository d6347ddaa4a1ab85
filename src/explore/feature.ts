// Writes a failure as a scenario in the sentences of docs/steps.md, so that anybody can repeat it: npm test -- FILE.
import type { Redact } from '../evidence/redaction.ts';
import { requirement } from '../protocol/catalogue.ts';
import { stepKind } from '../protocol/lifecycle/step.ts';
import { oneLine } from '../text/one-line.ts';
import type { Found } from './explore.ts';
import { specialValuesOf } from './plainer.ts';
import { type Script, type ScriptedMove, type ScriptedRequest, stepOfMove } from './script.ts';

export interface Origin {
  seed: number;
  /** What repeats the exploration. */
  command: string;
  redact: Redact;
}

/** hooks-seq-14-warm-exit-seed-1-excursion-4.feature */
export function featureName(
  { requirement: id, script, excursion }: Found,
  { seed }: Pick<Origin, 'seed'>,
): string {
  const kind = stepKind(stepOfMove(script.requests.at(-1)!.moves.at(-1)!));
  return `${[id, kind, 'seed', seed, 'excursion', excursion].join('-').toLowerCase().replaceAll(' ', '-')}.feature`;
}

/** @returns undefined when no sentence says what is sent */
export function featureOf(found: Found, { seed, command, redact }: Origin): string | undefined {
  const { requirement: id, script, message, why, excursion } = found;
  const steps = script.together > 1 ? together(script) : sentences(found);
  if (!steps) return undefined;
  const { level, title } = requirement(id);
  const reason = why === '' ? [] : [`  Shown by this: ${oneLine(redact(why), 300)}.`];
  const lines = [
    `# Found by an exploration with seed ${seed}, in excursion ${excursion}. To repeat that: ${command}`,
    `@${id}`,
    `Feature: Explored: ${id} (${level})`,
    `  ${oneLine(redact(message), 300)}.`,
    ...reason,
    `  Source: an exploration with seed ${seed}; the requirement is in spec/requirements.yaml.`,
    '',
    `  Rule: ${title}`,
    '',
    `    Example: ${nameOf(script)}, seed ${seed}, excursion ${excursion}`,
    ...steps.map((line) => `      ${line}`),
  ];
  return redact(`${lines.join('\n')}\n`);
}

function nameOf({ requests, together: copies }: Script): string {
  const { moves, isMistake } = requests.at(-1)!;
  const kinds = moves.map((move) => stepKind(stepOfMove(move))).join(' and ');
  const order = isMistake ? ' out of order' : '';
  return `A ${kinds}${order}${copies > 1 ? ' in several conversations at the same time' : ''}`;
}

type Line = string;

/** At least so many conversations at the same time: two requests need not meet at the tenant. */
const leastTogether = 12;

/** Of one conversation without messages, since a table of events holds none. */
function together({ conversations, requests, together: copies }: Script): Line[] | undefined {
  const isPlain = requests.every(
    ({ moves, isMistake }) => moves.length === 1 && moves[0]!.type !== 'message' && !isMistake,
  );
  if (conversations.length > 1 || !isPlain) return undefined;
  return [
    'Given all values are plain',
    `When these events are sent in ${Math.max(leastTogether, 2 * copies)} conversations at the same time:`,
    ...table(requests.map(({ moves }) => rowOf(moves[0]!))),
    'Then the tenant has accepted every event',
  ];
}

function sentences({ script, failure }: Found): Line[] {
  const special = valueRows(script);
  const hasMistake = script.requests.some(({ isMistake }) => isMistake);
  const lines: Line[] =
    special.length === 0
      ? ['Given all values are plain']
      : ['Given all values are plain but these:', ...table([['of', 'field', 'value'], ...special])];
  if (hasMistake) lines.push('And the tenant refuses what comes out of order');
  const begun: number[] = [];
  let current = -1;
  const { requests } = script;
  for (let at = 0; at < requests.length; at += 1) {
    const request = requests[at]!;
    const { conversation } = request;
    const isNew = !begun.includes(conversation);
    if (isNew) {
      begun.push(conversation);
      lines.push(`And a ${script.conversations[conversation]!.experience} conversation`);
    } else if (current !== conversation) {
      lines.push(`And it goes on in conversation ${begun.indexOf(conversation) + 1}`);
    }
    current = conversation;
    const both = handover(request, requests[at + 1]);
    if (both !== undefined) {
      lines.push(`And ${both}`);
      at += 1;
    } else
      lines.push(...sentencesOf(request, isNew).map((line, index) => (index === 0 ? `And ${line}` : line)));
  }
  if (failure.kind !== 'mistake accepted') return [...lines, 'Then the tenant has accepted every event'];
  const last = lines.lastIndexOf(`And ${mistake}`);
  return lines.map((line, index) => (index === last ? `Then ${mistake}` : line));
}

/** Cold exit and cold entry in a row have a sentence together. */
function handover(request: ScriptedRequest, next: ScriptedRequest | undefined): string | undefined {
  const [from] = request.moves;
  const [to] = next?.moves ?? [];
  const isOne = [request, next].every((one) => one?.moves.length === 1 && !one.isMistake);
  if (!isOne || next!.conversation !== request.conversation) return undefined;
  if (from?.type !== 'transfer' || to?.type !== 'transfer') return undefined;
  if (from.transfer !== 'cold' || from.transition !== 'exit' || to.transfer !== 'cold') return undefined;
  return `Agent ${from.agent} hands the conversation over to Agent ${to.agent}`;
}

function sentencesOf({ moves, isMistake }: ScriptedRequest, isFirst: boolean): Line[] {
  const [move] = moves;
  if (isMistake) return [mistake, ...table([header, ...moves.map(rowOf)])];
  const message = moves.find((one) => one.type === 'message');
  if (message && moves.length > 1)
    return [`Agent ${message.agent} answers in the request in which the customer says "Hello"`];
  if (moves.length > 1)
    return ['these events are sent in one request:', ...table([header, ...moves.map(rowOf)])];
  return [sentenceOf(move!, isFirst)];
}

function sentenceOf(move: ScriptedMove, isFirst: boolean): string {
  if (move.type === 'summary') return 'a summary is requested';
  if (move.type === 'end') return 'the conversation ends';
  const agent = `Agent ${move.agent}`;
  if (move.type === 'message')
    return move.author === 'USER' ? 'the customer says "Hello"' : `${agent} says "Hello"`;
  const { transfer, transition } = move;
  const said: Partial<Record<string, string>> = {
    'NA entry': 'answers the call',
    'NA exit': 'leaves as the last one',
    'warm entry': 'joins as a consultant',
    'warm exit': 'leaves while others stay',
    'redial entry': isFirst ? 'calls the customer back' : 'redials',
  };
  return `${agent} ${said[`${transfer} ${transition}`] ?? `sends ${transfer} ${transition}`}`;
}

const mistake = 'these events come out of order, and are refused:';
const header = ['event', 'transfer', 'transition', 'agent'];

function rowOf(move: ScriptedMove): string[] {
  if (move.type === 'transfer') return ['transfer', move.transfer, move.transition, `Agent ${move.agent}`];
  return [move.type, '', '', move.type === 'end' ? `Agent ${move.agent}` : ''];
}

function table(rows: readonly string[][]): Line[] {
  const all = rows[0]?.includes('event') || rows[0]?.includes('of') ? rows : [header, ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => `  | ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`);
}

/** Conversations and messages are counted in the order in which they come. */
function valueRows(script: Script): string[][] {
  const { requests } = script;
  const inOrder = [...new Set(requests.map(({ conversation }) => conversation))];
  const messages = requests.flatMap(({ moves }) => moves.filter(({ type }) => type === 'message'));
  const ofMessages = messages.flatMap((move, index) =>
    move.type === 'message'
      ? [
          ...(move.query === undefined ? [] : [[`message ${index + 1}`, 'query', cellOf(move.query)]]),
          ...(move.source === undefined ? [] : [[`message ${index + 1}`, 'source', cellOf(move.source)]]),
        ]
      : [],
  );
  const others = specialValuesOf(script).flatMap(({ of, field, value }) => {
    if (of === 'message') return [];
    const number = Number(/\d+$/.exec(of)?.[0]);
    const whose = of.startsWith('Agent') ? of : `conversation ${inOrder.indexOf(number - 1) + 1}`;
    return [[whose, field === 'ending' ? 'conversationId' : field, cellOf(value)]];
  });
  return [...others, ...ofMessages];
}

/** JSON, with what a table of Gherkin would read otherwise escaped; invisible characters by their number. */
function cellOf(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[^\S ]|\p{Cf}/gu, (character) =>
      [...character].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    )
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|');
}
