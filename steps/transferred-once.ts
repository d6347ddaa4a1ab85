// A tenant may let a bot session be transferred only once: no document says whether it can be transferred again.
import { brief, isAccepted } from '../src/protocol/answers.ts';
import { saysTransferredAlready } from '../src/protocol/assignment.ts';
import type { Sent } from '../src/verdict/scenario-record.ts';
import type { ConformanceWorld } from './world.ts';

/** Notes that a well-formed transfer was accepted. @throws Inconclusive when one is refused since the session was transferred before */
export function noteTransfer({ session, scenario }: ConformanceWorld, { raw, shown, label }: Sent): void {
  if (isAccepted(raw.answer!)) session.hasTransferred = true;
  else if (session.hasTransferred && saysTransferredAlready(raw.answer!)) {
    const reason = `the tenant has accepted a transfer before, and refuses the ${label} with ${brief(shown.answer!)}: to be judged, it needs a bot session that can be transferred again (TENANT_BOT_SESSION_ID)`;
    scenario.giveUp('the answer shows nothing', reason);
  }
}
