// Several deviations at a time: none of them is lost in silence.
import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { eventsBody } from '../../src/protocol/events.ts';
import { combinedBehaviour } from '../../src/sandbox/combined-behaviour.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { variations } from '../../src/sandbox/variations/catalogue.ts';
import { envelope, eventOf, send, sendEvents } from './client.ts';

function named(...names: string[]) {
  return names.map((name) => [...faults, ...variations].find((one) => one.name === name)!);
}

async function tenantWith(context: TestContext, ...names: string[]) {
  const tenant = await startSandbox({ behaviour: combinedBehaviour(named(...names)) });
  context.after(() => tenant.close());
  return {
    tenant,
    entryWith: async (headers: Record<string, string>) => {
      const body = eventsBody(envelope(tenant, `c-${Math.random()}`), [eventOf('NA entry')]);
      return (await send(tenant, { body, headers: { 'content-type': 'application/json', ...headers } }))
        .status;
    },
  };
}

suite('Deviations are combined', () => {
  test('of one check: whichever decides otherwise than documented counts', async (context) => {
    const both = ['accepts-an-empty-token', 'accepts-a-request-without-a-token'];
    for (const names of [both, both.toReversed()]) {
      const { entryWith } = await tenantWith(context, ...names);
      assert.deepEqual(
        await Promise.all([{ token: '' }, {}, { token: 'x' }].map(entryWith)),
        [200, 200, 401],
      );
    }
    const { entryWith } = await tenantWith(context, 'accepts-an-empty-token');
    assert.deepEqual(await Promise.all([{ token: '' }, {}].map(entryWith)), [200, 401]);
  });

  test('of different parts: rules that are gone, another form of a success', async (context) => {
    const { tenant } = await tenantWith(context, 'accepts-events-in-any-order', 'answers-with-an-empty-body');
    const end = await sendEvents(tenant, 'c-1', eventOf('end'));
    assert.deepEqual([end.status, end.json], [200, {}]);
  });

  test('around all answers: one within the other', async (context) => {
    const { tenant } = await tenantWith(
      context,
      'answers-202-to-a-summary-trigger',
      'takes-the-end-at-the-path-of-its-page',
    );
    assert.equal((await sendEvents(tenant, 'c-1', eventOf('NA entry'))).status, 200);
    assert.equal((await sendEvents(tenant, 'c-1', eventOf('NA exit'))).status, 200);
    assert.equal((await sendEvents(tenant, 'c-1', eventOf('summary'))).status, 202);
    assert.equal((await sendEvents(tenant, 'c-1', eventOf('end'))).status, 404);
  });
});

test('two forms of the same part exclude each other, and are named', () => {
  assert.throws(() => combinedBehaviour(named('answers-with-an-empty-body', 'says-more-in-a-success')), {
    name: 'Contradiction',
    message:
      'answers-with-an-empty-body and says-more-in-a-success cannot be combined: more than one replaces hooksSuccess',
  });
});

test('none is the documented behaviour', () => assert.deepEqual(combinedBehaviour([]), {}));
