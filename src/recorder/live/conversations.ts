// GET /conversations and GET /conversations/:id: what the recorder knows, as JSON. Nothing of it is recorded.
import type { PlacedFinding } from '../../check/result.ts';
import type { Answer } from '../../protocol/answers.ts';
import { decodedPart } from '../../protocol/endpoints.ts';
import { jsonAnswer, refusal } from '../../sandbox/refusal.ts';
import type { LiveCheck, LiveConversation } from './live-check.ts';

const [fewest, usual, most] = [1, 100, 1000];

/** The answer to a request for conversations; undefined for any other request. */
export function conversationsAnswer(method: string, target: string, check: LiveCheck): Answer | undefined {
  const [path = '', query = ''] = target.split('?', 2);
  const asked = /^\/conversations(?:\/([^/]+))?\/?$/.exec(path);
  if (!asked || (method !== 'GET' && method !== 'HEAD')) return undefined;
  return asked[1] === undefined ? newest(query, check) : one(asked[1], check);
}

function newest(query: string, check: LiveCheck): Answer {
  const asked = new URLSearchParams(query).get('limit');
  if (asked !== null && !(/^\d{1,4}$/.test(asked) && Number(asked) >= fewest && Number(asked) <= most)) {
    return refusal(400, `limit is a number from ${fewest} to ${most}, as in /conversations?limit=20`);
  }
  const limit = asked === null ? usual : Number(asked);
  return told({ conversations: check.newest(limit).map(inBrief) });
}

function one(encoded: string, check: LiveCheck): Answer {
  const id = decodedPart(encoded);
  if (id === undefined) return refusal(400, 'The conversationId in the path cannot be decoded');
  const conversation = check.conversation(id);
  if (!conversation)
    return refusal(404, 'No conversation of this id is known; one that was long over is let go of');
  return told({
    ...inBrief(conversation),
    steps: conversation.checked.steps.map(({ file: _, ...step }) => step),
  });
}

function inBrief({ checked, open, later, withdrawn }: LiveConversation): object {
  const { conversationId, verdict, findings } = checked;
  return {
    conversationId,
    verdict: open ? 'open' : verdict,
    findings: findings.map((found) => ({
      ...withoutFile(found),
      // Its record says that the order is pending.
      ...(later.includes(found) ? { recorded: false } : {}),
    })),
    ...(withdrawn.length > 0 ? { withdrawn: withdrawn.map(withoutFile) } : {}),
  };
}

/** The file is that of the recorder, which is no business of whoever asks. */
function withoutFile({ file: _, ...found }: PlacedFinding): Omit<PlacedFinding, 'file'> {
  return found;
}

function told(value: object): Answer {
  return jsonAnswer(200, value, { 'cache-control': 'no-store' });
}
