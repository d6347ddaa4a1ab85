// A tenant may let a bot session be transferred only once: no document says whether it can be transferred again.
import { brief, isAccepted } from '../src/protocol/answers.ts';
import { saysTransferredAlready } from '../src/protocol/assignment.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { ConformanceWorld } from './world.ts';

/** @throws Inconclusive when a well-formed transfer was refused since the session was transferred before */
export function requireTransferable({ session, scenario }: ConformanceWorld, sent: Sent): void {
  const { raw, shown, label } = sent;
  if (session.hasTransferred && !isAccepted(raw.answer!) && saysTransferredAlready(raw.answer!)) {
    const reason = `the tenant has accepted a transfer before, and refuses the ${label} with ${brief(shown.answer!)}: to be judged, it needs a bot session that can be transferred again (TENANT_BOT_SESSION_ID)`;
    scenario.giveUp('the answer shows nothing', reason);
  }
}
