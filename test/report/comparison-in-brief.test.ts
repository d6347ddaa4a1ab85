// The comparison with the last run at the end of a run: a few lines, however much has changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonInBrief, comparisonInWords } from '../../src/report/comparison.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import type { RequirementVerdict } from '../../src/verdict/report-types.ts';
import { sampleFinding, sampleReport, sampleRequirement } from './sample-report.ts';

type Change = [was: RequirementVerdict, is: RequirementVerdict];

function brief(changes: Change[]): string[] {
  const side = (which: 0 | 1) =>
    sampleReport({ requirements: changes.map((one, index) => sampleRequirement(`R-${index}`, one[which])) });
  return comparisonInBrief(compareReports(side(0), side(1))).split('\n');
}

test('names what fails now, what is no longer known and what passes now', () => {
  const lines = brief([
    ['pass', 'fail'],
    ['fail', 'pass'],
    ['pass', 'inconclusive'],
    ['fail', 'not-tested'],
    ['pass', 'warning'],
  ]);
  assert.deepEqual(lines.slice(1), ['newly failing: R-0', 'no longer known: R-3, R-2', 'newly passing: R-1']);
  assert.match(lines[0]!, /^1 newly failing, .* Before: 2026-07-01 03:00 UTC$/);
});

test('calls a known deviation that is no longer needed a matter of the list, not of the tenant', () => {
  const [head, ...lines] = brief([['known-deviation', 'unexpected-pass']]);
  assert.match(head!, /^Nothing newly failing: 1 known deviation no longer needed\. /);
  assert.deepEqual(lines, ['known deviation no longer needed: R-0']);
});

test('names eight, and counts the others', () => {
  const failing = (times: number) => Array.from({ length: times }, (): Change => ['pass', 'fail']);
  const eight = 'newly failing: R-0, R-1, R-2, R-3, R-4, R-5, R-6, R-7';
  assert.equal(brief(failing(8))[1], eight);
  assert.equal(brief(failing(10))[1], `${eight} and 2 more`);
});

test('is one line when nothing has changed', () => {
  assert.deepEqual(brief([['pass', 'pass']]), ['Nothing has changed. Before: 2026-07-01 03:00 UTC']);
});

test('names what still fails, but for another cause', () => {
  const failing = (message: string) =>
    sampleReport({
      requirements: [sampleRequirement('R-0', 'fail', { findings: [sampleFinding({ message })] })],
    });
  const comparison = compareReports(failing('the tenant answered 404'), failing('the tenant answered 500'));
  const [head, ...lines] = comparisonInBrief(comparison).split('\n');
  assert.match(head!, /^Nothing newly failing: 1 still failing \(1 for another cause\)\./);
  assert.deepEqual(lines, ['another cause: R-0']);
  const inFull = /still fail, for another cause: the tenant answered 500; before: the tenant answered 404$/m;
  assert.match(comparisonInWords(comparison), inFull);
});
