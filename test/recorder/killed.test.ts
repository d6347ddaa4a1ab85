// What is left of a recording when the recorder is killed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, request } from 'undici';
import {
  defaultDialect,
  type Event,
  endEvent,
  eventsBody,
  transferEvent,
} from '../../src/protocol/events.ts';
import { demoIdentity } from '../../src/sandbox/identity.ts';
import { counted } from '../../src/text/count.ts';
import { goodToken } from '../sandbox/client.ts';
import { until } from '../time-limit.ts';
import { run, started } from './recorder-process.ts';
import { asTenant, ends, getJson, newFolder, recordsIn, textIn } from './recorders.ts';

test('killed while fifty senders are sending, it loses or reorders nothing that was acknowledged', async () => {
  const folder = newFolder();
  const recorder = run(['--record', folder]);
  const { url, settings } = await started(recorder);
  const headers = {
    token: goodToken(asTenant({ url, settings } as never)),
    'content-type': 'application/json',
  };
  const acknowledged = new Map<string, string[]>();
  const agent = new Agent({ connections: 50 });
  ends.push(() => agent.destroy());
  let enough = false;
  const sender = async (name: string) => {
    for (let number = 0; !enough; number += 1) {
      const id = `${name}-${Math.floor(number / 20)}`;
      const body = JSON.stringify(
        eventsBody({ conversationId: id, botId: demoIdentity.botId }, [agentEvent(number)]),
      );
      const hooks = `${url}/agentassist/api/v1/hooks/${demoIdentity.botId}`;
      const answer = await request(hooks, { method: 'POST', headers, body, dispatcher: agent }).catch(
        () => undefined,
      );
      if (!answer) return;
      await answer.body.dump();
      assert.equal(answer.statusCode, 200);
      acknowledged.set(id, [...(acknowledged.get(id) ?? []), body]);
    }
  };
  const senders = Array.from({ length: 50 }, (_, index) => sender(`s${index}`));
  await until(() => [...acknowledged.values()].flat().length >= 1000);
  await recorder.exit('SIGKILL');
  enough = true;
  await Promise.all(senders);
  const lines = textIn(folder).split('\n');
  const rest = lines.pop()!;
  const written = Map.groupBy(
    lines.map((line) => JSON.parse(line).request.body as string),
    (body) => JSON.parse(body).conversationId as string,
  );
  for (const [id, bodies] of acknowledged) {
    assert.deepEqual(written.get(id)?.slice(0, bodies.length), bodies, id);
  }
  // At most one request of each sender was written but not acknowledged.
  const count = [...acknowledged.values()].flat().length;
  assert.ok(
    lines.length >= count && lines.length <= count + 50,
    `${lines.length} lines, ${count} acknowledged`,
  );

  const again = run(['--record', folder]);
  const restarted = await started(again);
  const kept = counted(lines.length + (rest === '' ? 0 : 1), 'line');
  assert.ok(again.stdout().includes(`Appending to an existing recording (${kept}).`), again.stdout());
  const last = [...acknowledged.keys()].at(-1)!;
  const { body } = await getJson(`${restarted.url}/conversations/${last}`);
  assert.ok(body.steps.length >= acknowledged.get(last)!.length);
  await again.code('SIGINT');
  assert.equal(recordsIn(folder).length, lines.length + (rest === '' ? 0 : 1));
});

/** The events of a call in which one agent redials again and again. */
function agentEvent(number: number): Event {
  const who = { agent: { number: 1 }, experience: 'voice' } as const;
  if (number % 20 === 19) return endEvent(who, defaultDialect);
  const transition = number % 2 === 0 ? 'entry' : 'exit';
  const transfer = number % 20 === 0 || transition === 'exit' ? 'NA' : 'redial';
  return transferEvent({ transfer, transition, ...who }, defaultDialect);
}
