// A proof is about the suite: the settings and files of whoever runs it do not change it.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { cleanEnvironment } from '../../src/prove/suite-runs.ts';
import { readProfileFiles } from '../../src/run/profile-files.ts';

test('the known deviations of a tenant hide no fault', () => {
  const profile = { TENANT_PROFILE: `test-${process.pid}` };
  const file = `known-deviations.${profile.TENANT_PROFILE}.yaml`;
  writeFileSync(file, '- requirement: HOOKS-RESP-01\n  message: .*\n  reason: an old release\n');
  try {
    assert.equal(readProfileFiles(profile).deviations.length, 1);
    assert.deepEqual(readProfileFiles({ ...profile, ...cleanEnvironment() }), {
      deviations: [],
      observed: [],
    });
  } finally {
    rmSync(file);
  }
});

test('the settings of a tenant reach the proof neither from the environment nor from .env', () => {
  process.env.TENANT_QUALITY_MODULE = 'true';
  try {
    const { TENANT_QUALITY_MODULE, TENANT_URL, FAIL_ON } = cleanEnvironment();
    assert.deepEqual([TENANT_QUALITY_MODULE, TENANT_URL, FAIL_ON], ['', '', '']);
  } finally {
    delete process.env.TENANT_QUALITY_MODULE;
  }
});
