// A named tenant has its reports in a folder of its own, and a shard sends its part of what the tenant takes.
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { repository } from '../processes.ts';
import { atEnd, run } from './harness.ts';
import { profile } from './profiles.ts';
import { sandboxWith } from './tenants.ts';

test('the reports of a named tenant are in a folder of its own, also of a shard at its part of the limit', async () => {
  const env = await sandboxWith({});
  const own = profile(env);
  const folder = path.join('reports', own.args[1]!);
  atEnd(() => rmSync(path.join(repository, folder), { recursive: true, force: true }));
  const ended = await run([...own.args, '--tags', '@HOOKS-SUM-03', '--shard', '1/2'], {
    env: { ...env, REPORTS_DIR: '', MAX_REQUESTS_PER_MINUTE: '60000' },
    measured: true,
  });
  assert.equal(ended.code, 0, ended.output);
  assert.match(
    ended.stderr,
    /MAX_REQUESTS_PER_MINUTE=60000 is for all 2 shards together: this one sends 30000/,
  );
  assert.ok(ended.output.includes(`reports/${own.args[1]}: conformance.html`), ended.output);
  const names = readdirSync(path.join(repository, folder));
  for (const name of [
    'conformance.json',
    'cucumber.html',
    'messages.ndjson.gz',
    'last-runs',
    'allure-results',
  ]) {
    assert.ok(names.includes(name), name);
  }
});
