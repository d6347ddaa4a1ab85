// GET /conversations and GET /conversations/:id: what the recorder knows, as JSON. These requests are not recorded.
import type { LogPosition } from '../../logs/log-entry.ts';
import type { Answer } from '../../protocol/answers.ts';
import { decodedPart } from '../../protocol/endpoints.ts';
import { jsonAnswer, refusal } from '../../sandbox/refusal.ts';
import type { LiveCheck, LiveConversation } from './live-check.ts';

const [minLimit, defaultLimit, maxLimit] = [1, 100, 1000];
/** How many conversations are looked at for one page. */
const maxSearched = 10_000;
/** Characters that are looked for. */
const maxFind = 200;

/** Makes the answer to a request for conversations; undefined for any other request. */
export function conversationsAnswer(
  method: string,
  target: string,
  check: LiveCheck,
): (() => Answer) | undefined {
  const [path = '', query = ''] = target.split('?', 2);
  const match = /^\/conversations(?:\/([^/]+))?\/?$/.exec(path);
  if (!match || (method !== 'GET' && method !== 'HEAD')) return undefined;
  const id = match[1];
  return () => (id === undefined ? newestAnswer(query, check) : conversationAnswer(id, check));
}

function newestAnswer(query: string, check: LiveCheck): Answer {
  const parameters = new URLSearchParams(query);
  const text = parameters.get('limit') ?? String(defaultLimit);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(limit >= minLimit && limit <= maxLimit)) {
    return refusal(400, `limit is a number from ${minLimit} to ${maxLimit}, as in /conversations?limit=20`);
  }
  const before = turnOf(parameters.get('before'));
  if (before === undefined) return refusal(400, 'before is the number that the page before ends with');
  const [show, find] = [parameters.get('show') ?? 'all', parameters.get('find') ?? ''];
  if (!isShown(show)) return refusal(400, `show is one of ${shows.join(', ')}`);
  if (find.length > maxFind) return refusal(400, `find has at most ${maxFind} characters`);
  return page(check, { limit, before, show, find: find.toLowerCase() });
}

interface Wanted {
  limit: number;
  before: number;
  show: Show;
  /** In lower case. */
  find: string;
}

function page(check: LiveCheck, { limit, before, show, find }: Wanted): Answer {
  const conversations: Summary[] = [];
  let [searched, last] = [0, undefined as string | undefined];
  for (const conversation of check.newest(before)) {
    const summary = summaryOf(conversation);
    searched += 1;
    last = summary.conversationId;
    const isWanted = (show === 'all' || kindsOf(summary).includes(show)) && says(summary, find);
    if (isWanted) conversations.push(summary);
    if (conversations.length === limit || searched === maxSearched) break;
  }
  const isFull = conversations.length === limit || searched === maxSearched;
  const turn = isFull && last !== undefined ? check.turnOf(last) : undefined;
  const same = `${show === 'all' ? '' : `&show=${show}`}${find === '' ? '' : `&find=${encodeURIComponent(find)}`}`;
  return uncachedJson({
    conversations,
    ...(turn === undefined ? {} : { next: `/conversations?limit=${limit}&before=${turn}${same}` }),
  });
}

export const shows = ['all', 'findings', 'open', 'pass'] as const;

export type Show = (typeof shows)[number];

function isShown(text: string): text is Show {
  return (shows as readonly string[]).includes(text);
}

/** Which lists a conversation is in. */
export function kindsOf({ verdict, findings }: Summary): Show[] {
  return [
    'all',
    ...(findings.length > 0 ? (['findings'] as const) : []),
    ...(verdict === 'open' || verdict === 'pass' ? ([verdict] as const) : []),
  ];
}

/** The page looks for the same in what comes while it is open. */
function says(summary: Summary, find: string): boolean {
  return find === '' || JSON.stringify(summary).toLowerCase().includes(find);
}

function turnOf(text: string | null): number | undefined {
  if (text === null) return Number.POSITIVE_INFINITY;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function conversationAnswer(encoded: string, check: LiveCheck): Answer {
  const id = decodedPart(encoded);
  if (id === undefined) return refusal(400, 'The conversationId in the path cannot be decoded');
  const conversation = check.conversation(id);
  if (!conversation)
    return refusal(404, 'No conversation with this id is known; the oldest that have ended are forgotten');
  return uncachedJson({
    ...summaryOf(conversation),
    steps: conversation.checked.steps.map(withoutFolder),
  });
}

/** A conversation in a list. */
export interface Summary {
  conversationId: string;
  verdict: 'open' | 'pass' | 'warning' | 'fail';
  /** When its latest request was sent, in epoch milliseconds. */
  latest?: number;
  /** How many events and messages there are. */
  stepCount: number;
  agents: string[];
  findings: readonly object[];
}

/** Agents of a conversation that are named in a list. */
const maxAgents = 5;

export function summaryOf({ checked, open, later, withdrawn }: LiveConversation): Summary {
  const { conversationId, verdict, findings, further, steps } = checked;
  const names = steps.flatMap(({ step }) =>
    step.type === 'transfer' ? [step.agent.name || step.agent.identity] : [],
  );
  const latest = steps.at(-1)?.time;
  return {
    conversationId,
    verdict: open ? 'open' : verdict,
    ...(latest === undefined ? {} : { latest }),
    stepCount: steps.length,
    agents: [...new Set(names)].slice(0, maxAgents),
    findings: findings.map((found) => ({
      ...withoutFolder(found),
      // The record of the request says only that its order is pending.
      ...(later.includes(found) ? { recorded: false } : {}),
    })),
    ...(further.length > 0 ? { further } : {}),
    ...(withdrawn.length > 0 ? { withdrawn: withdrawn.map(withoutFolder) } : {}),
  };
}

/** Where the recorder keeps its files concerns nobody who asks over HTTP; which of several it is does. */
function withoutFolder<Placed extends LogPosition>({ file, ...found }: Placed): object {
  const name = file.replace(/^.*[/\\]/, '');
  return name === 'evidence.ndjson' ? found : { ...found, file: name };
}

function uncachedJson(value: object): Answer {
  return jsonAnswer(200, value, { 'cache-control': 'no-store' });
}
