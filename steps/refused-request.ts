// What is known of a refused request: what was in it, what was sent before it, and what went on at the same time.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import type { Sequence } from '../src/protocol/controls/sequence.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { stepsOf } from '../src/protocol/lifecycle/step.ts';
import { bodyInWords } from '../src/protocol/request-in-words.ts';
import { isObject } from '../src/protocol/requests.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { ConformanceWorld } from './world.ts';

/** What was in a well-formed request, with what is unusual about its headers. */
export function inWords({ raw, token }: Sent): string {
  const { headers, body } = raw.request;
  const type = headers['content-type'];
  return [
    bodyInWords(parseJson(body ?? '')),
    ...(token ? [`sent with ${token}`] : []),
    ...(type && type !== 'application/json' ? [`sent as ${type}`] : []),
  ].join(', ');
}

/** The conversation up to the refused event, as far as the tenant has accepted it. */
export function sequenceTo(refused: Sent, all: readonly Sent[]): Sequence | undefined {
  const body = bodyOf(refused);
  if (!body) return undefined;
  const before = all.slice(0, all.indexOf(refused)).flatMap((sent) => {
    const other =
      sent.due === 'acceptance' && sent.raw.answer && isAccepted(sent.raw.answer) ? bodyOf(sent) : undefined;
    return other?.conversationId === body.conversationId ? [other] : [];
  });
  const type = refused.raw.request.headers['content-type'];
  return {
    bodies: [...before, body],
    ...(refused.token ? { token: refused.token } : {}),
    ...(type && type !== 'application/json' ? { contentType: type } : {}),
  };
}

/** Whether another conversation of the scenario was open when it was refused, or had a request on its way. */
export function isAmongOthers({ scenario, conversations, together }: ConformanceWorld, sent: Sent): boolean {
  const refused = originalOf(sent, scenario.sent);
  if (together.has(refused)) return true;
  const ids = new Set(conversations.map(({ envelope }) => envelope.conversationId));
  const open = new Set<string>();
  for (const { raw } of scenario.sent.slice(0, scenario.sent.indexOf(refused))) {
    const body = raw.answer && isAccepted(raw.answer) ? bodyOf({ raw }) : undefined;
    if (!body || !ids.has(body.conversationId)) continue;
    const isEnd = stepsOf(body).some(({ type }) => type === 'end');
    if (isEnd) open.delete(body.conversationId);
    else open.add(body.conversationId);
  }
  open.delete(bodyOf(refused)?.conversationId ?? '');
  return open.size > 0;
}

/** The request that a control repeats, perhaps in a conversation of its own; any other request itself. */
function originalOf(sent: Sent, all: readonly Sent[]): Sent {
  if (!sent.isControl) return sent;
  const repeated = ({ isControl, label }: Sent) => !isControl && sent.label.startsWith(`${label}, `);
  return all.slice(0, all.indexOf(sent)).findLast(repeated) ?? sent;
}

function bodyOf({ raw }: Pick<Sent, 'raw'>): HooksBody | undefined {
  const body = parseJson(raw.request.body ?? '');
  return isObject(body) && typeof body.conversationId === 'string'
    ? (body as unknown as HooksBody)
    : undefined;
}
