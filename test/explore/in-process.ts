// The sandbox without its server: an exploration asks its functions, so that thousands of requests take a second.

import type { Reached } from '../../src/explore/explore.ts';
import { defaultDialect, type HooksBody } from '../../src/protocol/events.ts';
import { ConversationMemory } from '../../src/protocol/lifecycle/conversation-memory.ts';
import type { ConversationTracker } from '../../src/protocol/lifecycle/tracker.ts';
import { type Behaviour, documentedBehaviour } from '../../src/sandbox/behaviour.ts';
import { answerHooks } from '../../src/sandbox/hooks.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import type { Exchange } from '../../src/tenant/exchange.ts';

export interface InProcess extends Reached {
  readonly sent: HooksBody[];
  /** Whether anything of a conversation was taken. */
  accepted(conversationId: string): boolean;
}

export function tenantInProcess(behaviour: Partial<Behaviour> = {}): InProcess {
  const { token: _, ...hooksChecks } = { ...documentedBehaviour, ...behaviour }.hooksChecks;
  const whole = { ...documentedBehaviour, ...behaviour, hooksChecks };
  const conversations = new ConversationMemory<ConversationTracker>();
  const sent: HooksBody[] = [];
  let begun = 0;
  return {
    dialect: defaultDialect,
    ownPaths: false,
    sent,
    accepted: (conversationId) => conversations.get(conversationId) !== undefined,
    newEnvelope(ending) {
      begun += 1;
      return { conversationId: `test-${begun}${ending}`, botId: demoIdentity.botId };
    },
    async send(body): Promise<Exchange> {
      sent.push(body);
      const text = JSON.stringify(body);
      const headers = { 'content-type': 'application/json' };
      const request = {
        headers,
        path: '',
        botId: demoIdentity.botId,
        body: { kind: 'JSON', value: JSON.parse(text) },
      } as const;
      const answer = await answerHooks(request, demoIdentity, conversations, whole);
      const wire = { method: 'POST', url: 'http://sandbox.example/hooks', headers, body: text };
      return { request: wire, startedAt: Date.now(), durationMs: 0, attempts: 1, answer };
    },
  };
}
