// A requirement is charged for a value only when a control has shown that it depends on it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chargeOf } from '../../src/explore/charge.ts';
import { play, type Target } from '../../src/explore/play.ts';
import type { Script, ScriptedMove } from '../../src/explore/script.ts';
import type { HooksBody } from '../../src/protocol/events.ts';
import { eventsOf, refusing } from '../../src/sandbox/faults/refusing.ts';
import { tenantInProcess } from './in-process.ts';

const transfer = (kind: 'NA' | 'warm', transition: 'entry' | 'exit', agent: number): ScriptedMove => {
  return { type: 'transfer', transfer: kind, transition, agent };
};

/** With values that it could do without. */
const script: Script = {
  conversations: [{ experience: 'voice' }],
  agents: { 1: { customFields: { tier: 'gold' } }, 2: { name: 'Zoë O’Brien', identity: 'a/#' } },
  requests: [transfer('NA', 'entry', 1), transfer('warm', 'entry', 2), transfer('warm', 'exit', 2)].map(
    (move) => ({ conversation: 0, moves: [move] }),
  ),
  together: 1,
};

const isWarmExit = (body: HooksBody) =>
  eventsOf(body).some(
    (event) =>
      event.name === 'INTERNAL_TRANSFER_EVENT' &&
      /warm/i.test(event.transfertype) &&
      event.transition === 'exit',
  );
const isOfZoe = (body: HooksBody) => JSON.stringify(body).includes('Zoë');

async function charged(
  refused: (body: HooksBody) => boolean,
  { isRepeatable = true, mayGoOn = () => true }: { isRepeatable?: boolean; mayGoOn?: () => boolean } = {},
) {
  const reached = tenantInProcess(refusing(refused));
  let agents = 1;
  const newAgents = (count: number) => {
    agents += count;
    return agents - count;
  };
  const target: Target = { ...reached, newAgents, accepted: () => {} };
  const { failure } = await play(script, target);
  assert.ok(failure);
  return chargeOf({ script, failure }, { target, isRepeatable, mayGoOn });
}

suite('of a script that was not made as small as it can be', () => {
  test('no value is charged that makes no difference', async () => {
    const { requirement, why } = await charged(isWarmExit);
    assert.equal(requirement, 'HOOKS-XFER-02');
    assert.match(why, /^refused in every form/);
  });

  test('the value that makes the difference is charged', async () => {
    const { requirement, why } = await charged((body) => isWarmExit(body) && isOfZoe(body));
    assert.equal(requirement, 'HOOKS-XFER-08');
    assert.equal(why, 'accepted with a plain name');
  });

  test('none is charged once no control may be sent, or when it did not happen again', async () => {
    for (const limit of [{ mayGoOn: () => false }, { isRepeatable: false }]) {
      const { requirement, why } = await charged((body) => isWarmExit(body) && isOfZoe(body), limit);
      assert.equal(requirement, 'HOOKS-SEQ-14');
      assert.match(why, /^no control: /);
    }
  });

  test('none is charged when the tenant refuses now and then', async () => {
    let exits = 0;
    const { requirement, why } = await charged((body) => isWarmExit(body) && exits++ === 0);
    assert.equal(requirement, 'HOOKS-SEQ-14');
    assert.match(why, /^no control: /);
  });
});
