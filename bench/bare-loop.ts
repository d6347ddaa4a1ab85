// Both bare loops without their sending: the cold transfer flow over three agents, ajv on every body and answer.
import { Conversation } from '../src/protocol/conversation.ts';
import { defaultDialect } from '../src/protocol/events.ts';
import { flows } from '../src/protocol/flows.ts';
import { problems } from '../src/protocol/problems.ts';
import { hooksBodyProblems } from '../src/protocol/requests.ts';
import { Signer } from '../src/tenant/signer.ts';

/** Sends a body and resolves with status and text of the answer. */
export type Send = (url: string, headers: Record<string, string>, body: string) => Promise<[number, string]>;

/** Sends one conversation to warm up, then times the others; of the harness, a run of one scenario is subtracted. */
export async function bareLoop(send: Send): Promise<void> {
  const { TENANT_URL, TENANT_BOT_ID, TENANT_CLIENT_ID, TENANT_CLIENT_SECRET, BENCH_CONVERSATIONS } =
    process.env as Record<string, string>;
  const url = `${TENANT_URL}/agentassist/api/v1/hooks/${TENANT_BOT_ID}`;
  const signer = new Signer(TENANT_CLIENT_ID!, TENANT_CLIENT_SECRET!);
  const headers = () => ({
    accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
    'user-agent': 'agent-ai-conformance',
    'content-type': 'application/json',
    token: signer.token('a valid token')!,
  });
  const converse = async (conversationId: string) => {
    const conversation = new Conversation({ conversationId, botId: TENANT_BOT_ID! }, 'voice', {
      ...defaultDialect,
    });
    for (const move of flows['the cold transfer flow']) {
      const { body } = conversation.move(move);
      if (hooksBodyProblems(body).length > 0) throw new Error(`The body of ${conversationId} is wrong`);
      const [status, text] = await send(url, headers(), JSON.stringify(body));
      if (status !== 200 || problems('hooksSuccess', JSON.parse(text), 'answer').length > 0) {
        throw new Error(`${status} ${text}`);
      }
    }
  };
  await converse('bench-warm');
  performance.mark('begin');
  const before = process.cpuUsage();
  for (let n = 1; n <= Number(BENCH_CONVERSATIONS); n++) await converse(`bench-${n}`);
  const { user, system } = process.cpuUsage(before);
  performance.measure('loop', { start: 'begin', detail: { cpuMs: (user + system) / 1000 } });
}
