// Findings made when the scenarios were over belong to the scenario that sent the request.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../src/protocol/finding.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { type LateFinding, withLateFindings } from '../../src/verdict/late-findings.ts';
import type { ScenarioRecord } from '../../src/verdict/scenario-record.ts';
import { assertion, check, Run, recordOf } from './sample-run.ts';

const now = new Date('2026-07-01T00:00:00Z');
const judging = { failOn: 'should', known: [], now } as const;

const late = (key: string): LateFinding => ({
  ...finding('ASSIGN-CB-02', 'an outcome was posted 2 times', 'one outcome', `POST to .../${key}`),
  key,
});

function exchange(label: string, url: string, body?: object): ScenarioRecord['exchanges'][number] {
  return {
    label,
    request: { method: 'POST', url, headers: {}, ...(body ? { body: JSON.stringify(body) } : {}) },
    startedAt: 1,
    durationMs: 2,
    attempts: 1,
    answer: { status: 200, headers: {}, body: 'OK' },
  };
}

const transfer = exchange('transfer to the agent', 'http://tenant/assign-conversation', {
  callbackUrl: 'http://harness/callbacks/abc',
  botSessionId: 's-1',
});
const outcome = exchange('outcome of the transfer to the agent', 'http://harness/callbacks/abc');

/** Two scenarios: one that sent nothing of the kind, and one with the transfer as its second request. */
function results(transferred = transfer): readonly ScenarioResult[] {
  const run = new Run();
  run.whole(['PASSED'], recordOf([check('pass')]), 'A call');
  const record = recordOf([check('pass', 'ASSIGN-CB-01')]);
  run.whole(
    ['PASSED'],
    { ...record, exchanges: [exchange('NA entry', 'http://tenant/hooks'), transferred, outcome] },
    'A transfer',
  );
  return run.collector.results;
}

test('a late finding changes the verdict of its scenario, and names request and session', () => {
  const { results: judged, unplaced } = withLateFindings(results(), [late('abc')], judging);
  assert.deepEqual(unplaced, []);
  assert.deepEqual(
    judged.map(({ verdict }) => verdict),
    ['pass', 'fail'],
  );
  const made = judged[1]!.record!.checks.at(-1)!;
  assert.equal(made.finding?.exchange, 1, 'the request, not what was posted for it');
  assert.equal(made.finding?.event, 'transfer to the agent');
  assert.match(made.finding?.actual ?? '', /for session s-1$/);
  assert.match(made.finding?.repeat ?? '', /^curl /);
  assert.match(judged[1]!.reason ?? '', /^ASSIGN-CB-02 \(should\) {2}an outcome was posted 2 times\n/);
  assert.equal(judged[1]!.late?.length, 1);
});

test('the session is read from the query as well, and left out when there is none', () => {
  const actualOf = (sent: typeof transfer) =>
    withLateFindings(results(sent), [late('abc')], judging).results[1]!.late?.[0]?.finding?.actual;
  assert.match(
    actualOf(exchange('transfer', 'http://tenant/a?callbackUrl=http%3A%2F%2Fh%2Fabc&botSessionId=s-2')) ?? '',
    /for session s-2$/,
  );
  assert.equal(actualOf(exchange('transfer', 'http://tenant/a?callbackUrl=abc')), 'POST to .../abc');
});

test('a known deviation covers a late finding until it expires', () => {
  const known = { requirement: 'ASSIGN-CB-02', message: '2 times', reason: 'r', place: 'k.yaml:1' } as const;
  const verdictWith = (expires: string) =>
    withLateFindings(results(), [late('abc')], { ...judging, known: [{ ...known, expires }] }).results[1]!
      .verdict;
  assert.equal(verdictWith('2026-07-01'), 'known-deviation');
  assert.equal(verdictWith('2026-06-30'), 'fail');
});

test('a worse verdict of the scenario keeps its reason; a finding without its request is handed back', () => {
  const run = new Run();
  run.whole([assertion], { ...recordOf([check('fail', undefined, 'answered 202')]), exchanges: [transfer] });
  const before = run.collector.results[0]!;
  const { results: judged, unplaced } = withLateFindings(
    run.collector.results,
    [late('abc'), late('elsewhere')],
    { ...judging, failOn: 'must' },
  );
  assert.equal(judged[0]!.verdict, 'fail');
  assert.equal(judged[0]!.reason, before.reason);
  assert.equal(judged[0]!.late?.[0]?.verdict, 'warning');
  assert.deepEqual(
    unplaced.map(({ message }) => message),
    ['an outcome was posted 2 times'],
  );
});

test('a scenario that did not run to its end gets no verdict by it', () => {
  const unfinished = { ...results()[1]!, verdict: undefined };
  const { results: judged } = withLateFindings([unfinished], [late('abc')], judging);
  assert.equal(judged[0]!.verdict, undefined);
  assert.equal(judged[0]!.late?.length, 1);
});
