// A tenant behind a gateway with a path of its own: the run does not decide on the path of the documents, and says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Run, run } from './harness.ts';

function requirementOf(ended: Run, id: string) {
  const { requirements } = JSON.parse(readFileSync(path.join(ended.reports, 'conformance.json'), 'utf8'));
  return requirements.find((one: { id: string }) => one.id === id);
}

test('TENANT_HOOKS_PATH with another path', async (context) => {
  const sandbox = await startSandbox({ hooksPath: '/gateway/hooks' });
  context.after(() => sandbox.close());
  const ended = await run(['--tags', '@HOOKS-EP-02 or @HOOKS-EP-04'], {
    env: sandbox.settings,
    measured: true,
  });
  assert.equal(ended.code, 0, ended.output);
  const reason = 'TENANT_HOOKS_PATH is /gateway/hooks, so the documented path is not tested';
  const { verdict, reason: why } = requirementOf(ended, 'HOOKS-EP-02');
  assert.deepEqual([verdict, why], ['not-applicable', reason]);
  assert.equal(requirementOf(ended, 'HOOKS-EP-04').verdict, 'pass');
});
