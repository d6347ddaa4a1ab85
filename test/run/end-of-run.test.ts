// The end of a run is a function of what it is handed: no setting of the environment, and no earlier run of the process,
// changes what it comes to.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import type { Asked } from '../../src/run/asked.ts';
import { endRun, type OverRun, runThatNeverBegan, testedTenant } from '../../src/run/end-of-run.ts';
import { readSettings } from '../../src/tenant/settings.ts';
import { endedRun } from '../../src/verdict/ended-run.ts';
import { assertion, check, must, Run, recordOf } from '../verdict/sample-run.ts';

const reportsDir = mkdtempSync(path.join(tmpdir(), 'end-of-run-'));
after(() => rmSync(reportsDir, { recursive: true, maxRetries: 3 }));

const settings = readSettings({
  TENANT_URL: 'https://tenant.example',
  TENANT_BOT_ID: 'st-12345678-1234-5123-8123-123412341234',
  TENANT_CLIENT_ID: 'cs-1a2b3c4d-0000-5111-8222-333344445555',
  TENANT_CLIENT_SECRET: '0123456789abcdef0123456789abcdef',
  REPORTS_DIR: reportsDir,
});
const tenant = testedTenant(settings, { TENANT_PROFILE: 'staging' });
const asked: Asked = {
  sources: { defaultDialect: 'en', paths: [], names: [], tagExpression: '', order: 'defined' },
  failFast: false,
};

function passing(): Run {
  const run = new Run();
  run.whole(['PASSED'], recordOf([check('pass')]));
  return run;
}

function failing(): Run {
  const run = new Run();
  run.whole([assertion], recordOf([check('fail', must, 'the tenant answered 202')]));
  return run;
}

function over(run: Run, changes: Partial<OverRun> = {}): OverRun {
  const facts = { startedAt: Date.now() - 1000, late: [], known: [], interrupted: false };
  return { run: run.collector, settings, tenant, asked, ...facts, ...changes };
}

suite('The end of a run', () => {
  test('judges it, keeps it, and compares the next one with it', async () => {
    const first = await endRun(over(passing()));
    assert.equal(first.ended.report.verdict, 'conformant');
    assert.equal(first.ended.report.comparison, null);
    assert.equal(first.ended.report.tenant.profile, 'staging');
    assert.deepEqual(readdirSync(path.join(reportsDir, 'last-runs')).length, 1);
    const second = await endRun(over(failing()));
    assert.equal(second.ended.report.verdict, 'non-conformant');
    assert.equal(second.ended.report.comparison?.newlyFailing.length, 1);
  });

  test('compares nothing when it is not known what was asked for', async () => {
    const { ended } = await endRun(over(failing(), { asked: undefined }));
    assert.equal(ended.report.comparison, null);
    assert.equal(ended.report.selection.words, 'as cucumber-js was called');
  });

  test('says that it was interrupted, or ended by --fail-fast', async () => {
    const unfinished = passing();
    unfinished.select('never run');
    const interrupted = await endRun(over(unfinished, { interrupted: true }));
    assert.match(interrupted.ended.report.reasons.join(), /because the run was interrupted/);
    const failFast = await endRun(over(unfinished, { asked: { ...asked, failFast: true } }));
    assert.match(failFast.ended.report.reasons.join(), /because of --fail-fast/);
    const neither = await endRun(over(unfinished));
    assert.doesNotMatch(neither.ended.report.reasons.join(), /because/);
  });

  test('says why, when no tenant was reached', async () => {
    const { ended } = await runThatNeverBegan(
      { settings, tenant, asked },
      'TENANT_UNREACHABLE  https://tenant.example',
    );
    const { report } = ended;
    assert.equal(report.verdict, 'inconclusive');
    assert.deepEqual(report.reasons, ['TENANT_UNREACHABLE  https://tenant.example']);
  });

  test('leaves nothing behind in the process', () => assert.equal(endedRun(), undefined));
});
