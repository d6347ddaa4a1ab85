// The report of a run: the verdicts, the figures, and the reasons that the results alone do not show.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue } from '../../src/protocol/catalogue.ts';
import { finding } from '../../src/protocol/finding.ts';
import { schemaErrors } from '../../src/protocol/schemas.ts';
import { assess, type RunContext } from '../../src/verdict/assessment.ts';
import type { DeviationStatus } from '../../src/verdict/deviation-status.ts';
import type { Verdict } from '../../src/verdict/policy.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import type { Check, Observation } from '../../src/verdict/scenario-record.ts';
import { assertion, bug, check, must, Run, recordOf, should } from './sample-run.ts';

const context: RunContext = {
  suite: { name: 'agent-ai-conformance', version: '0.1.0', commit: null, seed: 1 },
  tenant: { url: 'http://tenant', botId: 'st-1', profile: null, embedded: false },
  selection: { whole: true, words: 'all features' },
  startedAt: Date.UTC(2026, 10, 21, 3),
  endedAt: Date.UTC(2026, 10, 21, 3, 0, 5),
  failOn: 'must',
  deviations: [],
  late: [],
};

function reportOf(fill: (run: Run) => void, more: Partial<RunContext> = {}): ConformanceReport {
  const run = new Run();
  fill(run);
  const report = assess(run.collector, { ...context, ...more });
  assert.deepEqual(schemaErrors('conformanceReport', report), []);
  return report;
}

function of(report: ConformanceReport, id: string) {
  return report.requirements.find((entry) => entry.id === id)!;
}

/** A different number of scenarios for each verdict, so that no two can be confused. */
const timesGiven: Partial<Record<Verdict, number>> = {
  pass: 2,
  fail: 1,
  'unexpected-pass': 3,
  warning: 3,
  'known-deviation': 4,
  recorded: 5,
  inconclusive: 6,
  'not-applicable': 7,
};

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

  test('lists a finding once that a scenario makes in each of its events', () => {
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

  test('calls a broken optional requirement a pass, and says what the tenant does', () => {
    const broken = { ...check('recorded', 'HOOKS-ENV-06', 'answered 400') };
    const report = reportOf((run) => run.whole(['PASSED'], recordOf([broken])));
    assert.equal(of(report, 'HOOKS-ENV-06').verdict, 'pass');
    assert.match(of(report, 'HOOKS-ENV-06').reason!, /optional, and the tenant does without: answered 400/);
  });

  test('mentions a pass that needed a second attempt', () => {
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

  test('does not mention a second attempt with the same verdict', () => {
    const report = reportOf((run) => {
      const testCase = run.select();
      for (const attempt of [0, 1]) {
        const id = run.start(testCase, attempt);
        run.steps(id, [assertion]);
        run.attach(id, recordOf([check('fail')]));
        run.finish(id, attempt === 0);
      }
    });
    assert.deepEqual(report.reasons, []);
  });

  test('counts the scenarios by their verdict', () => {
    const report = reportOf((run) => {
      run.select('never started');
      for (const [verdict, times] of Object.entries(timesGiven)) {
        for (let time = 0; time < times; time += 1) {
          run.whole(['PASSED'], recordOf([check(verdict as Verdict)]));
        }
      }
      run.whole([bug]);
    });
    const counted = { passed: 2, failed: 4, warnings: 3, knownDeviations: 4, recorded: 5 };
    const others = { inconclusive: 6, notApplicable: 7, harnessErrors: 1, notRun: 1 };
    assert.deepEqual(report.scenarios, { total: 33, ...counted, ...others });
  });

  test('counts every attempt to send to the tenant, and not what the harness received', () => {
    const exchange = (url: string, attempts: number) => ({
      label: 'a summary',
      request: { method: 'POST', url, headers: {} },
      startedAt: 1,
      durationMs: 1,
      attempts,
    });
    const exchanges = [
      exchange('http://tenant/hooks', 3),
      exchange('http://tenant/api', 1),
      exchange('http://127.0.0.1/http://tenant', 5),
    ];
    const report = reportOf((run) => {
      run.whole(['PASSED'], { ...recordOf([check('pass')]), exchanges });
      run.whole([bug]);
    });
    assert.equal(report.requests, 4);
  });

  test('lists each observation with its scenario and the earlier answer', () => {
    const asked = { ambiguity: 'X-16' as const, question: 'a second entry', answer: '409' };
    const observations: Observation[] = [
      { ...asked, verdict: 'recorded' },
      { ...asked, was: '200', verdict: 'warning' },
    ];
    const report = reportOf((run) => run.whole(['PASSED'], { ...recordOf([]), observations }));
    const scenario = 'features/a.feature:7';
    assert.deepEqual(report.observations, [
      { ...asked, was: null, scenario },
      { ...asked, was: '200', scenario },
    ]);
  });

  test('counts inconclusive and not applicable requirements as untested', () => {
    const report = reportOf((run) =>
      run.whole(['PASSED'], recordOf([check('inconclusive'), check('not-applicable', should)])),
    );
    assert.equal(report.coverage.tested, 0);
    assert.equal(report.coverage.requirements, catalogue.length);
    assert.equal(report.verdict, 'inconclusive');
  });

  test('of a run in which the harness failed is an error, and says so', () => {
    const report = reportOf((run) => {
      passes(run);
      run.collector.exception = 'a worker died';
    });
    assert.equal(report.verdict, 'error');
    assert.deepEqual(report.reasons, ['The harness failed: a worker died']);
  });

  test('says what to do about a known deviation, and is an error when one has expired', () => {
    const known = {
      requirement: must,
      message: '202',
      reason: 'agreed',
      place: 'f:1',
      expires: '2026-11-20',
    };
    const verdictWith = (status: DeviationStatus['status']) => {
      const { verdict, reasons } = reportOf(passes, { deviations: [{ known, status }] });
      return [verdict, reasons.length];
    };
    assert.deepEqual(verdictWith('met'), ['conformant', 0]);
    assert.deepEqual(verdictWith('not decided'), ['conformant', 0]);
    assert.deepEqual(verdictWith('no longer needed'), ['list-needs-tidying', 1]);
    assert.deepEqual(verdictWith('expired, not decided'), ['error', 1]);
    assert.deepEqual(verdictWith('expired, still broken'), ['error', 1]);
  });

  test('of fewer scenarios than were selected is an error, or inconclusive after Ctrl-C', () => {
    const short = (run: Run) => {
      passes(run);
      run.select('never started');
    };
    assert.equal(reportOf(short).verdict, 'error');
    assert.deepEqual(reportOf(short).reasons, ['1 of 2 scenarios did not run to their end.']);
    const stoppedOnPurpose = reportOf(short, { stoppedBecause: 'the run was interrupted' });
    assert.equal(stoppedOnPurpose.verdict, 'inconclusive');
    assert.deepEqual(stoppedOnPurpose.reasons, [
      '1 of 2 scenarios did not run to their end, because the run was interrupted.',
    ]);
  });

  test('does not count an interrupted scenario as one that has run', () => {
    const report = reportOf(
      (run) => {
        passes(run);
        run.whole(['SKIPPED'], recordOf([]));
      },
      { stoppedBecause: 'of --fail-fast' },
    );
    assert.deepEqual(report.reasons, ['1 of 2 scenarios did not run to their end, because of --fail-fast.']);
    assert.equal(report.scenarios.notRun, 1);
  });

  test('of a run in which a scenario failed within the harness is an error, though each requirement holds', () => {
    const report = reportOf((run) => {
      passes(run);
      run.whole([bug]);
    });
    assert.equal(report.verdict, 'error');
    assert.equal(of(report, must).verdict, 'pass');
  });

  test('of a run in which nothing could be done says why', () => {
    const report = reportOf(() => {}, { trouble: 'TENANT_UNREACHABLE' });
    assert.equal(report.verdict, 'inconclusive');
    assert.deepEqual(report.reasons, ['TENANT_UNREACHABLE']);
  });
});

suite('A finding made after the last scenario', () => {
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
