// One requirement of a report: the scenarios behind its verdict, the reason if there is none, and the exchanges.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { documentTitles, requirement } from '../../src/protocol/catalogue.ts';
import { checksByRequirement } from '../../src/verdict/checks-by-requirement.ts';
import { lostRequests } from '../../src/verdict/lost-requests.ts';
import type { RequirementReport } from '../../src/verdict/report-types.ts';
import { requirementReport } from '../../src/verdict/requirement-report.ts';
import type { RunFinding } from '../../src/verdict/run-findings.ts';
import type { Check, ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { assertion, bug, check, must, Run, recordOf, type Step, should } from './sample-run.ts';

type Exchange = ScenarioRecord['exchanges'][number];

const ended = (why: string): Step => ({ type: 'Inconclusive', message: `inconclusive: ${why}` });

function reportOf(
  fill: (run: Run) => void,
  after: RunFinding[] = [],
  id = must,
  of?: number,
): RequirementReport {
  const run = new Run();
  fill(run);
  const { results } = run.collector;
  return requirementReport(requirement(id), checksByRequirement(results).get(id) ?? [], {
    all: after,
    lost: lostRequests(results),
    of,
  });
}

const request = { method: 'POST', url: 'http://tenant/hooks/st-1', headers: { token: '$TENANT_JWT' } };
const summary = '{"events":[{"name":"TRIGGER_SUMMARY_EVENT"}]}';

function exchanged(more: Partial<Exchange> = {}): Exchange {
  const answer = { status: 202, headers: { server: 'us' }, body: 'QUEUED' };
  return { label: 'a summary', request, startedAt: 1, durationMs: 12, attempts: 1, answer, ...more };
}

const codes = { reset: 'TRANSPORT_RESET', 'time-out': 'TRANSPORT_TIMEOUT' } as const;

function lost(kind: 'reset' | 'time-out', body = summary): Exchange {
  const { answer: _, ...sent } = exchanged({ request: { ...request, body } });
  return { ...sent, failure: { kind, code: codes[kind], message: `${kind} after sending` } };
}

suite('The report of a requirement', () => {
  test('says by how many of its scenarios a part of the suite has decided it', () => {
    const once = (run: Run) => run.whole(['PASSED'], recordOf([check('pass'), check('pass')]));
    assert.deepEqual(reportOf(once, [], must, 4).part, { scenarios: 1, of: 4 });
    assert.equal(reportOf(once, [], must, 1).part, undefined);
    assert.equal(reportOf(once).part, undefined);
    assert.equal(reportOf(() => {}, [], must, 4).part, undefined, 'nothing is decided');
  });

  test('has its title, its source, and the scenarios that check it', () => {
    const entry = requirement(must);
    const report = reportOf((run) => run.whole(['PASSED'], recordOf([check('pass'), check('pass')])));
    const { findings, scenarios, ...rest } = report;
    assert.deepEqual(rest, {
      id: must,
      level: 'must',
      title: entry.title,
      area: 'Answers of the hooks',
      basis: 'stated',
      source: entry.source.map((name) => documentTitles[name]),
      ambiguity: [],
      verdict: 'pass',
      reason: null,
    });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      scenarios,
      [{ name: 'A call is answered', uri: 'features/a.feature', line: 7, verdict: 'pass' }],
      'a scenario that checks it twice is listed once',
    );
  });

  test('quotes the exchange of a finding, with the command that repeats it', () => {
    const found = check('fail', must, 'answered 202');
    const withExchange: Check = { ...found, finding: { ...found.finding!, exchange: 1 } };
    const record = { ...recordOf([withExchange]), exchanges: [lost('reset'), exchanged()] };
    const [finding] = reportOf((run) => run.whole([assertion], record)).findings;
    assert.deepEqual(finding, {
      message: 'answered 202',
      expected: 'HTTP 200',
      actual: '500',
      scenario: 'features/a.feature:7',
      verdict: 'fail',
      deviation: null,
      exchange: {
        event: 'a summary',
        request,
        answer: { status: 202, headers: { server: 'us' }, body: 'QUEUED' },
        failure: null,
        durationMs: 12,
        attempts: 1,
        repeat: `curl -i -X POST 'http://tenant/hooks/st-1' -H "token: $TENANT_JWT"`,
      },
    });
  });

  test('cuts a body only when it is too long to be read', () => {
    const bodies = (length: number) => {
      const body = 'a'.repeat(length);
      const answer = { status: 202, headers: {}, body };
      const found = check('fail', must, 'answered 202');
      const withExchange: Check = { ...found, finding: { ...found.finding!, exchange: 0 } };
      const exchanges = [exchanged({ request: { ...request, body }, answer })];
      const report = reportOf((run) => run.whole([assertion], { ...recordOf([withExchange]), exchanges }));
      const { exchange } = report.findings[0]!;
      return [exchange!.request.body, exchange!.answer!.body];
    };
    const whole = 'a'.repeat(8192);
    assert.deepEqual(bodies(8192), [whole, whole]);
    const shortened = `${whole}… (cut: see evidence.ndjson)`;
    assert.deepEqual(bodies(8193), [shortened, shortened]);
  });

  test('has the known deviation that covers a finding', () => {
    const deviation = { requirement: must, message: '202', reason: 'agreed', place: 'f:1' };
    const listed = (more: object): Check => ({
      ...check('known-deviation', must, 'answered 202'),
      deviation: { ...deviation, ...more },
    });
    const deviationOf = (more: object) =>
      reportOf((run) => run.whole(['PASSED'], recordOf([listed(more)]))).findings[0];
    assert.equal(deviationOf({})?.verdict, 'known-deviation');
    assert.deepEqual(deviationOf({})?.deviation, { reason: 'agreed', link: null });
    assert.deepEqual(deviationOf({ link: 'https://a/1' })?.deviation, {
      reason: 'agreed',
      link: 'https://a/1',
    });
  });

  test('includes the findings made of it after the last scenario, and none of another requirement', () => {
    const after = (id: typeof must): RunFinding => ({
      id,
      verdict: 'unexpected-pass',
      finding: {
        message: `of ${id}`,
        expected: 'one',
        actual: 'none',
        scenario: null,
        exchange: null,
        verdict: 'unexpected-pass',
        deviation: null,
      },
    });
    const report = reportOf(
      (run) => run.whole(['PASSED'], recordOf([check('pass')])),
      [after(must), after(should)],
    );
    assert.equal(report.verdict, 'unexpected-pass');
    assert.equal(report.reason, null);
    assert.deepEqual(
      report.findings.map(({ message }) => message),
      [`of ${must}`],
    );
  });
});

suite('The reason for which a requirement was not decided on', () => {
  const missed = (verdict: Check['verdict'], outcome: Check['outcome']): Check => ({
    requirement: must,
    outcome,
    verdict,
  });

  test('is that of its scenario, in one line', () => {
    const report = reportOf((run) =>
      run.whole([ended('reset \nat line 3')], recordOf([missed('inconclusive', 'transport failed')])),
    );
    assert.equal(report.verdict, 'inconclusive');
    assert.equal(report.reason, 'reset');
  });

  test('is given once, with the number of other reasons', () => {
    const report = reportOf((run) => {
      for (const reason of ['reset', 'reset', 'time-out', 'TLS']) {
        run.whole([ended(reason)], recordOf([missed('inconclusive', 'transport failed')]));
      }
    });
    assert.equal(report.reason, 'reset (and 2 more)');
  });

  test('comes only from scenarios with the same verdict', () => {
    const report = reportOf((run) => {
      run.whole(['PASSED'], recordOf([missed('not-applicable', 'not declared')], 'no routing'));
      run.whole([ended('reset')], recordOf([missed('inconclusive', 'transport failed')]));
    });
    assert.equal(report.reason, 'reset');
  });

  test('is an error of the harness, which shows nothing about the tenant', () => {
    const report = reportOf((run) =>
      run.whole([bug], recordOf([missed('harness-error', 'the harness threw')], 'x is not a function')),
    );
    assert.equal(report.verdict, 'inconclusive');
    assert.equal(report.reason, 'the harness failed: x is not a function');
  });

  test('is the setting that is not declared', () => {
    const report = reportOf((run) =>
      run.whole(['SKIPPED'], recordOf([missed('not-applicable', 'not declared')], 'no routing')),
    );
    assert.equal(report.verdict, 'not-applicable');
    assert.equal(report.reason, 'no routing');
  });

  test('is the transport failure, not an earlier finding', () => {
    const found = check('fail', should, 'answered 500');
    const report = reportOf((run) =>
      run.whole([ended('reset')], recordOf([found, missed('inconclusive', 'transport failed')])),
    );
    assert.equal(report.reason, 'reset');
  });
});

suite('A request without an answer', () => {
  const failed: Check = { requirement: must, outcome: 'transport failed', verdict: 'inconclusive' };
  const add = (run: Run, exchanges: Exchange[], checks = [failed]) =>
    run.whole([ended('reset')], { ...recordOf(checks), exchanges });

  test('gives one finding for each kind of request and failure, with its count', () => {
    const report = reportOf((run) => {
      add(run, [exchanged(), lost('reset')]);
      add(run, [lost('reset')]);
      add(run, [lost('time-out')]);
    });
    assert.deepEqual(
      report.findings.map(({ message, actual }) => [message, actual]),
      [
        [
          'no answer that could be judged: TRIGGER_SUMMARY_EVENT: reset, 2 of 3 times, while 1 other requests were answered',
          'reset after sending',
        ],
        [
          'no answer that could be judged: TRIGGER_SUMMARY_EVENT: time-out, 1 of 3 times, while 1 other requests were answered',
          'time-out after sending',
        ],
      ],
    );
    const [first] = report.findings;
    assert.equal(first?.expected, 'an answer');
    assert.equal(first?.verdict, 'inconclusive');
    assert.equal(first?.deviation, null);
    assert.equal(first?.scenario, 'features/a.feature:7');
    assert.equal(first?.exchange?.failure, 'reset after sending');
    assert.equal(first?.exchange?.answer, null);
  });

  test('gives a finding for each kind of request, though all failures are the same', () => {
    const entry =
      '{"events":[{"name":"INTERNAL_TRANSFER_EVENT","transfertype":"COLD","transition":"entry"}]}';
    const report = reportOf((run) => {
      add(run, [lost('reset')]);
      add(run, [lost('reset', entry)]);
      add(run, [lost('reset', entry)]);
    });
    assert.deepEqual(
      report.findings.map(({ message }) => message.replace(/^[^:]*: |, while .*$/g, '')),
      ['TRIGGER_SUMMARY_EVENT: reset, 1 of 1 times', 'COLD entry: reset, 2 of 2 times'],
    );
  });

  test('gives no finding for a decided requirement, nor when the last request was answered', () => {
    const report = reportOf((run) => {
      add(run, [lost('reset')], [check('pass')]);
      add(run, [lost('reset'), exchanged()]);
      add(run, []);
    });
    assert.deepEqual(report.findings, []);
  });
});
