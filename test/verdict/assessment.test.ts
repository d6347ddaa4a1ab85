// The report of a run: what its results do not show by themselves is said too.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../src/protocol/finding.ts';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { assess, type RunContext } from '../../src/verdict/assessment.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import type { Check } from '../../src/verdict/scenario.ts';
import { assertion, check, must, Run, recordOf, should } from './told-run.ts';

const context: RunContext = {
  suite: { name: 'agent-ai-conformance', version: '0.1.0', commit: null },
  tenant: { url: 'http://tenant', botId: 'st-1', profile: null, embedded: false },
  selection: { whole: true, words: 'all features' },
  startedAt: Date.UTC(2026, 10, 21, 3),
  endedAt: Date.UTC(2026, 10, 21, 3, 0, 5),
  failOn: 'must',
  deviations: [],
  late: [],
};

function reportOf(tell: (run: Run) => void, more: Partial<RunContext> = {}): ConformanceReport {
  const run = new Run();
  tell(run);
  const report = assess(run.collector, { ...context, ...more });
  assert.deepEqual(schemaErrors('conformanceReport', report), []);
  return report;
}

function of(report: ConformanceReport, id: string) {
  return report.requirements.find((entry) => entry.id === id)!;
}

const passes = (run: Run) => run.whole(['PASSED'], recordOf([check('pass')]));

suite('A report', () => {
  test('lists what was not tested, with the reason', () => {
    const report = reportOf(passes);
    assert.equal(report.verdict, 'conformant');
    assert.equal(of(report, must).verdict, 'pass');
    assert.equal(of(report, 'HOOKS-SUM-03').reason, 'no scenario of this run checks it');
    assert.match(of(report, 'HOOKS-SEQ-03').reason!, /binds the sender/);
    assert.ok(report.coverage.untestable.some(({ id }) => id === 'HOOKS-SEQ-03'));
    assert.equal(report.coverage.tested, 1);
    assert.equal(report.startedAt, '2026-11-21T03:00:00.000Z');
    assert.equal(report.durationMs, 5000);
  });

  test('says once what a scenario shows for each of its events', () => {
    const twice = [
      check('fail', must, 'answered 202'),
      check('fail', must, 'answered 202'),
      check('fail', must, 'other'),
    ];
    const report = reportOf((run) => run.whole([assertion], recordOf(twice)));
    assert.deepEqual(
      of(report, must).findings.map(({ message }) => message),
      ['answered 202', 'other'],
    );
    assert.equal(of(report, must).findings[0]?.scenario, 'features/a.feature:7');
  });

  test('says what kept a requirement from being reached', () => {
    const missed: Check = { requirement: should, outcome: 'not reached', verdict: 'inconclusive' };
    const report = reportOf((run) =>
      run.whole([assertion], recordOf([check('fail', must, 'answered 202'), missed], 'x')),
    );
    assert.equal(of(report, should).verdict, 'inconclusive');
    assert.equal(of(report, should).reason, `not reached, for ${must} is broken before: answered 202`);
  });

  test('calls what is optional a pass, and says what the tenant does', () => {
    const broken = { ...check('recorded', 'HOOKS-ENV-06', 'answered 400') };
    const report = reportOf((run) => run.whole(['PASSED'], recordOf([broken])));
    assert.equal(of(report, 'HOOKS-ENV-06').verdict, 'pass');
    assert.match(of(report, 'HOOKS-ENV-06').reason!, /optional, and the tenant does without: answered 400/);
  });

  test('never lets a pass that needed a second attempt go unsaid', () => {
    const report = reportOf((run) => {
      const testCase = run.select();
      const first = run.start(testCase, 0);
      run.steps(first, [assertion]);
      run.attach(first, recordOf([check('fail')]));
      run.finish(first, true);
      const second = run.start(testCase, 1);
      run.steps(second, ['PASSED']);
      run.attach(second, recordOf([check('pass')]));
      run.finish(second);
    });
    assert.match(report.reasons.join(), /came to pass when it was run again, and to fail before/);
  });

  test('of fewer scenarios than were selected is an error, or inconclusive after Ctrl-C', () => {
    const short = (run: Run) => {
      passes(run);
      run.select('never started');
    };
    assert.equal(reportOf(short).verdict, 'error');
    assert.deepEqual(reportOf(short).reasons, ['1 of 2 scenarios did not run to their end.']);
    assert.equal(reportOf(short, { letGo: 'the run was interrupted' }).verdict, 'inconclusive');
  });

  test('of a run in which nothing could be done says why', () => {
    const report = reportOf(() => {}, { trouble: 'TENANT_UNREACHABLE' });
    assert.equal(report.verdict, 'inconclusive');
    assert.deepEqual(report.reasons, ['TENANT_UNREACHABLE']);
  });
});

suite('What was found when the scenarios were over', () => {
  const late = [finding('ASSIGN-CB-01', 'an outcome was posted 2 times', 'one POST', '.../k')];

  test('fails the run and the requirement', () => {
    const report = reportOf(passes, { late });
    assert.equal(report.verdict, 'non-conformant');
    assert.equal(of(report, 'ASSIGN-CB-01').verdict, 'fail');
    assert.equal(of(report, 'ASSIGN-CB-01').findings[0]?.scenario, null);
  });

  test('may be a known deviation', () => {
    const known = {
      requirement: 'ASSIGN-CB-01' as const,
      message: 'posted 2 times',
      reason: 'agreed',
      place: 'f:1',
    };
    const report = reportOf(passes, { late, deviations: [{ known, status: 'met' }] });
    assert.equal(report.verdict, 'conformant');
    assert.equal(of(report, 'ASSIGN-CB-01').verdict, 'known-deviation');
    assert.equal(of(report, 'ASSIGN-CB-01').findings[0]?.deviation?.reason, 'agreed');
  });
});
