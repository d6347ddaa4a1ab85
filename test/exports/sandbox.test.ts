import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/exports/catalogue.ts';
import { startSandbox } from '../../src/exports/sandbox.ts';
import { decides, Given, needs, Then, When } from '../../src/exports/steps.ts';

test('the reference tenant starts with faults by name', async (context) => {
  const [documented, faulty] = await Promise.all([
    startSandbox(),
    startSandbox({ faults: ['requires-put-instead-of-post'] }),
  ]);
  context.after(() => Promise.all([documented.close(), faulty.close()]));
  const statusOf = async ({ url, settings }: typeof documented) =>
    (await fetch(`${url}/agentassist/api/v1/hooks/${settings.TENANT_BOT_ID}`, { method: 'POST', body: '{}' }))
      .status;
  assert.notEqual(await statusOf(documented), await statusOf(faulty));
  assert.match(faulty.settings.TENANT_URL!, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a fault that does not exist is named', async () => {
  await assert.rejects(startSandbox({ faults: ['sleeps'] }), /There is no fault "sleeps"/);
});

test('the catalogue and what steps need are there', () => {
  assert.ok(catalogue.some(({ id }) => id === 'HOOKS-EP-01'));
  for (const one of [Given, When, Then, decides, needs]) assert.equal(typeof one, 'function');
});
