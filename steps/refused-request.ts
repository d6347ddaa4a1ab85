// What was sent before a refused request, as far as it matters for its controls.
import { isAccepted, parseJson } from '../src/protocol/answers.ts';
import type { Sequence } from '../src/protocol/controls/sequence.ts';
import type { HooksBody } from '../src/protocol/events.ts';
import { stepsOf } from '../src/protocol/lifecycle/step.ts';
import { isObject } from '../src/protocol/requests.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';

/** The conversation up to the refused event, as far as the tenant has accepted it. */
export function sequenceTo(refused: Sent, all: readonly Sent[]): Sequence | undefined {
  const body = bodyOf(refused);
  if (!body) return undefined;
  const before = all.slice(0, all.indexOf(refused)).flatMap((sent) => {
    const other = sent.due === 'acceptance' && isAccepted(sent.raw.answer!) ? bodyOf(sent) : undefined;
    return other?.conversationId === body.conversationId ? [other] : [];
  });
  const type = refused.raw.request.headers['content-type'];
  return {
    bodies: [...before, body],
    ...(refused.token ? { token: refused.token } : {}),
    ...(type && type !== 'application/json' ? { contentType: type } : {}),
  };
}

/** Whether another one of these conversations was open when it was refused. */
export function isAmongOthers(refused: Sent, all: readonly Sent[], ids: readonly string[]): boolean {
  const open = new Set<string>();
  for (const sent of all.slice(0, all.indexOf(refused))) {
    const body =
      sent.isControl || !sent.raw.answer || !isAccepted(sent.raw.answer) ? undefined : bodyOf(sent);
    if (!body || !ids.includes(body.conversationId)) continue;
    const isEnd = stepsOf(body).some(({ type }) => type === 'end');
    if (isEnd) open.delete(body.conversationId);
    else open.add(body.conversationId);
  }
  const own = bodyOf(refused)?.conversationId ?? '';
  open.delete(own);
  // A control in a conversation of its own repeats one of them.
  return open.size > (refused.isControl && !ids.includes(own) ? 1 : 0);
}

function bodyOf({ raw }: Sent): HooksBody | undefined {
  const body = parseJson(raw.request.body ?? '');
  return isObject(body) && typeof body.conversationId === 'string'
    ? (body as unknown as HooksBody)
    : undefined;
}
