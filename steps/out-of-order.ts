// Events that break the order, sent to a tenant whose profile says that it refuses them.
import { brief, isRefusal } from '../src/protocol/answers.ts';
import { Conversation } from '../src/protocol/conversation.ts';
import { broken, finding, holds } from '../src/protocol/finding.ts';
import type { Settings } from '../src/tenant/settings.ts';
import { eventOf } from './event-tables.ts';
import { requireAccepted } from './verdicts.ts';
import type { ConformanceWorld } from './world.ts';

export function openOrder({ wrongOrder }: Settings): string[] {
  return wrongOrder === 'refused' ? [] : ['TENANT_WRONG_ORDER=refused'];
}

/** The conversation stays where it is: what is refused has not happened. */
export async function beRefusedOutOfOrder(
  world: ConformanceWorld,
  row: Record<string, string>,
): Promise<void> {
  requireAccepted(
    world.scenario,
    world.scenario.sent.filter(({ judged }) => !judged),
  );
  const { envelope, experience, dialect, externalDirectory } = world.conversation;
  // A conversation of its own builds it, so that the real one does not go on.
  const apart = new Conversation(envelope, experience, dialect, externalDirectory);
  const { body, label } = apart.events([eventOf(apart, row)]);
  const wrong = `${label.split(',', 1)[0]} comes out of order`;
  const sent = await world.transmit({ to: 'hooks', body: world.values.asKnown(body) }, wrong, {
    due: 'refusal',
    wrong,
    plain: body,
  });
  sent.judged = true;
  if (!world.scenario.claims.includes('HOOKS-ERR-02')) return;
  const answer = sent.raw.answer!;
  const judgement = isRefusal(answer)
    ? holds('HOOKS-ERR-02')
    : broken(
        finding(
          'HOOKS-ERR-02',
          `the tenant answered ${answer.status} although ${wrong}, which it refuses by its profile`,
          'HTTP 4xx',
          brief(answer),
        ),
      );
  world.scenario.decide([{ sent, judgement }]);
}
