// The run that the next one is compared with: of the same tenant, of the same part of the suite, and one that says something.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { keepAsLastRun, lastRun } from '../../src/run/last-run.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { sampleReport } from '../report/sample-report.ts';

suite('The run before', () => {
  let reportsDir = '';
  beforeEach(() => {
    reportsDir = mkdtempSync(path.join(tmpdir(), 'last-run-'));
  });
  afterEach(() => rmSync(reportsDir, { recursive: true, maxRetries: 3 }));

  const where = () => ({ reportsDir, failOn: 'must' as const });
  const { tenant, scenarios } = sampleReport();
  const others: [name: string, report: Partial<ConformanceReport>][] = [
    ['another tenant', { tenant: { ...tenant, url: 'https://other.example' } }],
    ['another bot', { tenant: { ...tenant, botId: 'st-2' } }],
    ['another profile', { tenant: { ...tenant, profile: null } }],
    ['another part of the suite', { selection: { whole: false, words: 'a part' } }],
  ];

  test('is found again', async () => {
    assert.deepEqual(await keepAsLastRun(where(), sampleReport()), []);
    assert.deepEqual(await lastRun(where(), sampleReport({ verdict: 'non-conformant' })), sampleReport());
  });

  for (const [name, changes] of others) {
    test(`is not one of ${name}`, async () => {
      await keepAsLastRun(where(), sampleReport());
      assert.equal(await lastRun(where(), sampleReport(changes)), undefined);
    });
  }

  test('is not one with another FAIL_ON', async () => {
    await keepAsLastRun(where(), sampleReport());
    assert.equal(await lastRun({ ...where(), failOn: 'should' }, sampleReport()), undefined);
  });

  test('is that of the embedded sandbox whatever its port', async () => {
    const at = (url: string) => sampleReport({ tenant: { ...tenant, url, embedded: true } });
    await keepAsLastRun(where(), at('http://127.0.0.1:1'));
    assert.ok(await lastRun(where(), at('http://127.0.0.1:2')));
  });

  const silent: [name: string, report: Partial<ConformanceReport>][] = [
    ['came to no verdict', { verdict: 'inconclusive' }],
    ['was an error', { verdict: 'error' }],
    ['did not finish', { verdict: 'non-conformant', scenarios: { ...scenarios, notRun: 1 } }],
  ];
  for (const [name, changes] of silent) {
    test(`stays the one before when one ${name}`, async () => {
      await keepAsLastRun(where(), sampleReport());
      assert.deepEqual(await keepAsLastRun(where(), sampleReport(changes)), []);
      assert.equal((await lastRun(where(), sampleReport()))?.verdict, 'conformant');
    });
  }

  test('is none when another harness has written it in another form', async () => {
    await keepAsLastRun(where(), sampleReport());
    const [file] = readdirSync(path.join(reportsDir, 'last-runs'));
    for (const text of ['{"verdict":"conformant"}', 'no JSON']) {
      writeFileSync(path.join(reportsDir, 'last-runs', file!), text);
      assert.equal(await lastRun(where(), sampleReport()), undefined, text);
    }
  });

  test('that cannot be kept is said', async () => {
    writeFileSync(path.join(reportsDir, 'last-runs'), 'a file where the folder should be');
    const [said] = await keepAsLastRun(where(), sampleReport());
    assert.match(said!, /^the next run cannot be compared with this one: E/);
  });
});
