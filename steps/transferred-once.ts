// What earlier transfers have shown. A tenant may let a bot session be transferred only once: no document says whether it can be
// transferred again.
import { brief, isAccepted, parseJson } from '../src/protocol/answers.ts';
import { saysTransferredAlready } from '../src/protocol/assignment.ts';
import { isObject } from '../src/protocol/requests.ts';
import type { Session } from '../src/run/session.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { ConformanceWorld } from './world.ts';

const takenCallbackUrls = new WeakMap<Session, string>();

/** The callbackUrl of the first transfer that a worker has seen accepted. */
export function takenCallbackUrl(session: Session): string | undefined {
  return takenCallbackUrls.get(session);
}

/** @throws Inconclusive when a well-formed transfer was refused since the session was transferred before */
export function requireTransferable({ session, scenario }: ConformanceWorld, sent: Sent): void {
  const { raw, shown, label } = sent;
  if (isAccepted(raw.answer!)) {
    noteCallbackUrl(session, sent);
    return;
  }
  if (session.hasTransferred && saysTransferredAlready(raw.answer!)) {
    const reason = `the tenant has accepted a transfer before, and refuses the ${label} with ${brief(shown.answer!)}: to be judged, it needs a bot session that can be transferred again (TENANT_BOT_SESSION_ID)`;
    scenario.giveUp('the answer shows nothing', reason);
  }
}

function noteCallbackUrl(session: Session, { raw: { request } }: Sent): void {
  const inQuery = new URL(request.url).searchParams.get('callbackUrl');
  const json = parseJson(request.body ?? '');
  const url = (isObject(json) ? json.callbackUrl : undefined) ?? inQuery;
  if (typeof url === 'string' && !takenCallbackUrls.has(session)) takenCallbackUrls.set(session, url);
}
