// GET /conversations and GET /conversations/:id: what the recorder knows, as JSON. These requests are not recorded.
import type { PlacedFinding } from '../../check/result.ts';
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
  const text = new URLSearchParams(query).get('limit') ?? String(defaultLimit);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(limit >= minLimit && limit <= maxLimit)) {
    return refusal(400, `limit is a number from ${minLimit} to ${maxLimit}, as in /conversations?limit=20`);
  }
  return uncachedJson({ conversations: check.newest(limit).map(summaryOf) });
}

function conversationAnswer(encoded: string, check: LiveCheck): Answer {
  const id = decodedPart(encoded);
  if (id === undefined) return refusal(400, 'The conversationId in the path cannot be decoded');
  const conversation = check.conversation(id);
  if (!conversation)
    return refusal(404, 'No conversation with this id is known; the oldest that have ended are forgotten');
  return uncachedJson({
    ...summaryOf(conversation),
    steps: conversation.checked.steps.map(({ file: _, ...step }) => step),
  });
}

function summaryOf({ checked, open, later, withdrawn }: LiveConversation): object {
  const { conversationId, verdict, findings, further } = checked;
  return {
    conversationId,
    verdict: open ? 'open' : verdict,
    findings: findings.map((found) => ({
      ...withoutFile(found),
      // The record of the request says only that its order is pending.
      ...(later.includes(found) ? { recorded: false } : {}),
    })),
    ...(further.length > 0 ? { further } : {}),
    ...(withdrawn.length > 0 ? { withdrawn: withdrawn.map(withoutFile) } : {}),
  };
}

/** Where the recorder keeps its file concerns nobody who asks over HTTP. */
function withoutFile({ file: _, ...found }: PlacedFinding): Omit<PlacedFinding, 'file'> {
  return found;
}

function uncachedJson(value: object): Answer {
  return jsonAnswer(200, value, { 'cache-control': 'no-store' });
}
