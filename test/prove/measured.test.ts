// The figures of the README come only from runs of the kind that it describes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import figures from '../../docs/figures.json' with { type: 'json' };
import requests from '../../docs/requests.json' with { type: 'json' };
import { type MutationReport, mutantsOf, requestsByScenario } from '../../src/prove/measured.ts';
import { withFigures } from '../../src/prove/readme.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import stryker from '../../stryker.config.json' with { type: 'json' };

const cwd = path.join(import.meta.dirname, '..', '..');

function mutation(mutate: readonly string[], statuses: string[]): MutationReport {
  return { config: { mutate }, files: { 'a.ts': { mutants: statuses.map((status) => ({ status })) } } };
}

test('the requests of each scenario are counted by what was sent to the tenant', () => {
  const sent = (uri: string, name: string, url: string, attempts = 1) =>
    JSON.stringify({ scenario: { uri, name, line: 1 }, request: { url }, attempts });
  const evidence = [
    sent('b.feature', 'One', 'http://tenant/hooks'),
    sent('a.feature', 'Other', 'http://tenant/hooks', 2),
    sent('b.feature', 'One', 'http://tenant/hooks'),
    // The outcome of a transfer, which the tenant has sent.
    sent('b.feature', 'One', 'http://listener/callbacks'),
  ].join('\n');
  const report = { tenant: { url: 'http://tenant' } } as ConformanceReport;
  assert.deepEqual(requestsByScenario(report, `${evidence}\n`), {
    'a.feature': { Other: 2 },
    'b.feature': { One: 2 },
  });
});

suite('the mutation score', () => {
  test('counts the killed and timed-out mutants among those that compile', () => {
    const statuses = [
      'Killed',
      'Timeout',
      'Survived',
      'NoCoverage',
      'Killed',
      'Killed',
      'CompileError',
      'Ignored',
    ];
    assert.deepEqual(mutantsOf(mutation(['a.ts'], statuses), ['a.ts']), { mutants: 6, mutationScore: 66.7 });
  });

  test('is not taken from a run of one file', () => {
    const report = mutation(['a.ts'], ['Killed']);
    assert.throws(() => mutantsOf(report, ['a.ts', 'b.ts']), /is from a\.ts only: run npm run mutate/);
  });

  test('is not taken from a run without mutants', () => {
    assert.throws(() => mutantsOf(mutation(['a.ts'], ['Ignored']), ['a.ts']), /has no mutants/);
  });
});

suite('npm run figures', () => {
  const reports = mkdtempSync(path.join(tmpdir(), 'figures-'));
  after(() => rmSync(reports, { recursive: true, maxRetries: 3 }));

  function npmRunFigures(files: Record<string, unknown>) {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(reports, name), JSON.stringify(content));
    }
    const env = { ...process.env, REPORTS_DIR: reports };
    return spawnSync(process.execPath, ['src/cli/figures.ts'], { cwd, env, encoding: 'utf8' });
  }

  const standard = {
    verdict: 'conformant',
    requests: figures.requests,
    selection: { whole: true, words: 'all features' },
    tenant: { url: 'http://127.0.0.1:1', embedded: true },
  };
  const wrong: Record<string, object> = {
    'non-conformant': { verdict: 'non-conformant' },
    'of some scenarios': { selection: { whole: false, words: 'features/routing' } },
    'against a real tenant': { tenant: { url: 'https://tenant.example', embedded: false } },
  };
  for (const [name, change] of Object.entries(wrong)) {
    test(`takes nothing from a run that is ${name}`, () => {
      const { status, stderr } = npmRunFigures({ 'conformance.json': { ...standard, ...change } });
      assert.equal(status, 2);
      assert.match(stderr, /conformance\.json is from a run of .*: run npm test without settings/);
    });
  }

  test('keeps what a standard run measured, and the rest as it is', () => {
    const evidence = Object.entries(requests).flatMap(([uri, scenarios]) =>
      Object.entries(scenarios).map(([name, attempts]) => {
        return JSON.stringify({ scenario: { uri, name }, request: { url: standard.tenant.url }, attempts });
      }),
    );
    writeFileSync(path.join(reports, 'evidence.ndjson'), evidence.join('\n'));
    const { status, stdout, stderr } = npmRunFigures({ 'conformance.json': standard });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /conformance\.json: \{"requests":\d+\}\n.*mutation\.json: missing/);
  });

  test('takes nothing from the mutation of one file', () => {
    const { status, stderr } = npmRunFigures({
      'mutation.json': mutation(stryker.mutate.slice(1), ['Killed']),
    });
    assert.equal(status, 2);
    assert.match(stderr, /mutation\.json is from .* only/);
  });
});

suite('the README', () => {
  test('has to have a place for each figure', () => {
    assert.throws(
      () => withFigures('# Title', [], figures, { scenarios: 1, requests: 2 }),
      /README\.md has no place for "\d+ faults/,
    );
  });
});
