// A verdict that only some scenarios of a requirement have reached says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { run } from './harness.ts';

async function partOf(id: string, ...args: string[]) {
  const { code, output, reports } = await run(args);
  assert.equal(code, 0, output);
  const read = (file: string) => readFileSync(path.join(reports, file), 'utf8');
  const { requirements }: ConformanceReport = JSON.parse(read('conformance.json'));
  const { part, verdict } = requirements.find((one) => one.id === id)!;
  assert.equal(verdict, 'pass');
  return { part, output, markdown: read('conformance.md'), page: read('conformance.html') };
}

test('one scenario of several', async () => {
  const one = await partOf('HOOKS-SEQ-13', 'features/conversation-events/cold-transfer.feature:8');
  const { scenarios = 0, of = 0 } = one.part ?? {};
  assert.ok(scenarios === 1 && of > 1, JSON.stringify(one.part));
  assert.match(
    one.output,
    /^requirements +\d+ of the \d+ .* were tested, \d+ of them by a part of their scenarios$/m,
  );
  assert.match(one.markdown, new RegExp(`\\| HOOKS-SEQ-13 \\|.*pass, 1 of ${of} scenarios \\|`));
  assert.match(one.page, new RegExp(`id="HOOKS-SEQ-13"[^]*?1 of ${of} scenarios`));
});

test('all scenarios of one requirement: nothing is added', async () => {
  const all = await partOf('HOOKS-SEQ-13', '--tags', '@HOOKS-SEQ-13');
  assert.equal(all.part, undefined);
  assert.match(all.markdown, /\| HOOKS-SEQ-13 \|[^|]*\|[^|]* pass \|/);
});

test('what every answer shows, any scenario of the suite could break', async () => {
  const { part } = await partOf('HOOKS-RESP-01', '--tags', '@HOOKS-RESP-01');
  assert.ok(part && part.of > 100, JSON.stringify(part));
});
