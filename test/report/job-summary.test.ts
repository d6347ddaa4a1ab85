// The summary of a GitHub job: if it cannot be written, the reports still are.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, mock, suite, test } from 'node:test';
import { writeReports } from '../../src/report/reports.ts';
import { sampleReport } from './sample-report.ts';

suite('The summary of a GitHub job', () => {
  const before = process.env.GITHUB_STEP_SUMMARY;
  const run = { report: sampleReport(), results: [], deviations: [] };
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'reports-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 3 });
    if (before === undefined) delete process.env.GITHUB_STEP_SUMMARY;
    else process.env.GITHUB_STEP_SUMMARY = before;
  });

  test('gets the report appended', async () => {
    const file = path.join(folder, 'summary');
    writeFileSync(file, 'of another step\n');
    process.env.GITHUB_STEP_SUMMARY = file;
    await writeReports({ ...run }, folder);
    const report = readFileSync(path.join(folder, 'conformance.md'), 'utf8');
    assert.equal(readFileSync(file, 'utf8'), `of another step\n${report}\n`);
  });

  test('is reported when it cannot be written, and the reports are there', async () => {
    process.env.GITHUB_STEP_SUMMARY = path.join(folder, 'no', 'such', 'folder');
    const printed = mock.method(console, 'error', () => {});
    await writeReports({ ...run }, folder);
    printed.mock.restore();
    assert.match(
      String(printed.mock.calls[0]?.arguments[0]),
      /^GITHUB_STEP_SUMMARY .* cannot be written: ENOENT/,
    );
    assert.deepEqual((await readdir(folder)).sort(), [
      'conformance.html',
      'conformance.json',
      'conformance.md',
      'junit.xml',
    ]);
  });
});
