// Every report of a run names the probable cause first, and the terminal last.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { refusingTransfers } from '../../src/sandbox/faults/refusing.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { run } from './harness.ts';
import { sandboxWith } from './tenants.ts';

const transfers = ['cold-transfer', 'warm-transfer'].map(
  (name) => `features/conversation-events/${name}.feature`,
);
const cause = 'with the transfer type in upper case were refused';

test('of a tenant that knows transfer types in lower case only', async () => {
  const env = await sandboxWith(refusingTransfers(({ transfertype }) => /^(COLD|WARM)$/.test(transfertype)));
  const { code, output, reports } = await run(transfers, { env, measured: true });
  assert.equal(code, 1, output);
  const read = (name: string) => readFileSync(path.join(reports, name), 'utf8');
  const beforeAllElse = (text: string, other: RegExp) => {
    assert.ok(text.includes(cause));
    assert.ok(text.indexOf(cause) < text.search(other), `${other} comes first`);
  };

  const lastLines = output.trimEnd().split('\n').slice(-20).join('\n');
  assert.match(lastLines, /^Probable cause$/m);
  assert.ok(lastLines.includes(cause), lastLines);
  assert.match(lastLines, /^left +nothing: /m);

  const { causes } = JSON.parse(read('conformance.json')) as ConformanceReport;
  assert.deepEqual(causes[0]?.requirements, ['HOOKS-XFER-05', 'HOOKS-SEQ-13', 'HOOKS-SEQ-14']);
  beforeAllElse(read('conformance.md'), /The worst findings/);
  beforeAllElse(read('conformance.html'), /<section id="triage"/);
  beforeAllElse(read('junit.xml'), /<testsuite name="Cold transfer"/);
  const results = readdirSync(path.join(reports, 'allure-results')).filter((name) =>
    name.endsWith('-result.json'),
  );
  const allure = results.map((name) => JSON.parse(read(`allure-results/${name}`)));
  const ofTheCause = allure.find(({ name }) => name === 'Probable cause');
  assert.ok(ofTheCause?.statusDetails.message.includes(cause));
});
