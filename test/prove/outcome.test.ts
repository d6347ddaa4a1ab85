// What a run shows about a fault or a variation, where the runs of the other tests do not come by.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SuiteResult } from '../../src/prove/judged-run.ts';
import { conformantResult, faultResult } from '../../src/prove/outcome.ts';
import { blameText } from '../../src/prove/words.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { sampleFinding, sampleReport, sampleRequirement } from '../report/sample-report.ts';

const [fault] = faults;
const info = { wholeSuite: false, seconds: 1 };

test('a run that failed judges neither a fault nor a variation', () => {
  const ran = { trouble: 'the harness failed: no disk' };
  const { outcome, trouble, verdict } = faultResult(fault!, ran, info);
  assert.deepEqual([outcome, trouble, verdict], ['not judged', ran.trouble, null]);
  assert.equal(conformantResult(ran, 1).outcome, 'not judged');
});

test('alarms: what is broken comes before what could not be judged', () => {
  const requirements = [
    sampleRequirement('HOOKS-EP-01', 'inconclusive', { reason: 'a twin was refused' }),
    sampleRequirement('HOOKS-EP-02', 'fail', { findings: [sampleFinding({ message: 'answered 404' })] }),
    sampleRequirement('HOOKS-EP-03', 'warning'),
  ];
  const ran = { report: sampleReport({ requirements }), scenarios: [] } as unknown as SuiteResult;
  const { outcome, alarms } = conformantResult(ran, 1, ['HOOKS-EP-03']);
  assert.equal(outcome, 'false alarm');
  assert.deepEqual(
    alarms.map(({ requirement, message }) => [requirement, message]),
    [
      ['HOOKS-EP-02', 'answered 404'],
      ['HOOKS-EP-01', 'a twin was refused'],
    ],
  );
});

test('a part of the suite without a breach is green; a run that could not be judged is not', () => {
  const of = (verdict: 'partial' | 'inconclusive') => {
    return conformantResult(
      { report: sampleReport({ verdict }), scenarios: [] } as unknown as SuiteResult,
      1,
    );
  };
  assert.equal(of('partial').outcome, 'green');
  assert.match(of('inconclusive').trouble!, /the run is inconclusive/);
});

test('how many requirements the faults take down besides their own', () => {
  const other = { requirement: 'HOOKS-EP-02', verdict: 'fail', message: '' };
  const of = (outcome: 'killed' | 'not judged', others: number) => ({
    ...faultResult(fault!, { trouble: '' }, info),
    outcome,
    others: Array.from({ length: others }, () => other),
  });
  const proof = {
    faults: [of('killed', 0), of('killed', 3), of('not judged', 0)],
    form: 'full' as const,
  };
  assert.equal(blameText(proof), '1 of 2 faults break no requirement besides their own; 3 in all, 3 at most');
  assert.match(blameText({ ...proof, form: 'quick' }), /at most \(in the scenarios that were run\)$/);
});
