// GET /conversations and GET /conversations/:id: what the recorder knows, as JSON. These requests are not recorded.
import type { LogPosition } from '../../logs/log-entry.ts';
import type { Answer } from '../../protocol/answers.ts';
import { decodedPart } from '../../protocol/endpoints.ts';
import { jsonAnswer, refusal } from '../../sandbox/refusal.ts';
import type { LiveCheck, LiveConversation } from './live-check.ts';

const [minLimit, defaultLimit, maxLimit] = [1, 100, 1000];

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
  const found = check.newest(limit, before);
  const last = found.length === limit ? check.turnOf(found.at(-1)!.checked.conversationId) : undefined;
  return uncachedJson({
    conversations: found.map(summaryOf),
    ...(last === undefined ? {} : { next: `/conversations?limit=${limit}&before=${last}` }),
  });
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

function summaryOf({ checked, open, later, withdrawn }: LiveConversation): object {
  const { conversationId, verdict, findings, further } = checked;
  return {
    conversationId,
    verdict: open ? 'open' : verdict,
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
