// The end of a run on the terminal: one block for each requirement, and at the end what to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { summary } from '../../src/report/summary.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { sampleFinding, sampleReport, sampleRequirement } from './sample-report.ts';

function printed(changes: Partial<ConformanceReport>, results: ScenarioResult[] = []): string {
  const report = sampleReport(changes);
  return stripVTControlCharacters(summary({ report, results, deviations: [] }, 'reports', new Map()));
}

const failing = (id: string) => sampleRequirement(id, 'fail', { findings: [sampleFinding()] });

test('a hundred findings of a requirement are one block, with a count for each kind', () => {
  const fields = Array.from({ length: 100 }, (_, index) => `field${index}`);
  const findings = fields.flatMap((field, index) =>
    sampleFinding({
      verdict: 'warning',
      message: `the tenant answered 200 although message: ${field} is ${index % 4 === 0 ? 'empty' : 'missing'}`,
    }),
  );
  const text = printed({ requirements: [sampleRequirement('HOOKS-ERR-02', 'warning', { findings })] });
  assert.equal(text.match(/^warning /gm)?.length, 1);
  assert.match(text, /^ {2}and +99 more: conformance\.html#HOOKS-ERR-02$/m);
  assert.match(text, /^ +75 × the tenant answered 200 although … is missing$/m);
  assert.match(text, /^ +25 × the tenant answered 200 although … is empty$/m);
  assert.ok(text.split('\n').length < 40);
});

test('so many kinds are counted, and how many more there are', () => {
  const findings = 'abcdefgh'.split('').map((letter) => sampleFinding({ message: `kind ${letter}` }));
  const text = printed({ requirements: [sampleRequirement('HOOKS-RESP-01', 'fail', { findings })] });
  assert.equal(text.match(/^ +1 × kind/gm)?.length, 5);
  assert.match(text, /^ +… and 3 more kinds$/m);
});

test('what the probable cause explains is one line, and the cause comes after the figures', () => {
  const text = printed({
    verdict: 'non-conformant',
    requirements: [
      failing('HOOKS-RDL-01'),
      failing('HOOKS-RDL-04'),
      failing('HOOKS-RESP-01'),
      sampleRequirement('HOOKS-AUTH-01', 'inconclusive', { reason: 'its twin was refused' }),
    ],
    causes: [
      {
        message: 'all 37 requests with a redial were refused (400); of the 812 others, none',
        requests: 37,
        first: { event: 'redial', scenario: 'features/a.feature:1', repeat: 'curl redial' },
        requirements: ['HOOKS-RDL-01', 'HOOKS-RDL-04', 'HOOKS-AUTH-01'],
      },
    ],
    next: { do: 'Send this to the team of the tenant.', copy: 'The tenant …\nTo repeat it: curl redial' },
  });
  assert.deepEqual(
    text.match(/^fail .*|^inconclusive .*/gm)?.map((line) => line.slice(0, 60)),
    [
      'inconclusive  1 requirement, explained by the probable cause',
      'fail  HOOKS-RDL-01 (must)  success is HTTP 200, the tenant a',
      'fail  HOOKS-RESP-01 (must)  success is HTTP 200, the tenant ',
      'fail  1 requirement, explained by the probable cause below',
    ],
  );
  const last = text.slice(text.indexOf('\nverdict '));
  assert.match(
    last,
    /^\nverdict [\s\S]*\nProbable cause\nprobably [\s\S]*\nWhat to do next\nSend this .*\n\nThe tenant …\nTo repeat it: curl redial\n$/,
  );
  assert.equal(last.match(/curl redial/g)?.length, 1, 'the command is printed once');
});

test('what is not applicable is skipped, and a setting is named only where one is missing', () => {
  const reasons = ['not set: TENANT_QUEUE_ID', 'not set: TENANT_QUEUE_ID', 'refused, as it may be'];
  const results = reasons.map((reason) => ({ verdict: 'not-applicable', reason }) as ScenarioResult);
  const text = printed({}, results);
  assert.match(text, /^settings +not set: TENANT_QUEUE_ID \(2 scenarios are not applicable\)$/m);
  assert.match(text, /^skipped +refused, as it may be \(1 scenario is not applicable\)$/m);
});

test('a run with nothing to do ends with its figures', () => {
  assert.doesNotMatch(printed({}), /What to do next/);
  assert.match(
    printed({ verdict: 'inconclusive', next: { do: 'Run again, to the end.', copy: null } }),
    /\nWhat to do next\nRun again, to the end\.\n$/,
  );
});
