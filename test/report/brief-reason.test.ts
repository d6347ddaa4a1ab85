// The same trouble has the same words, whatever the scenario.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, briefReason } from '../../src/report/brief-reason.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { check, recordOf } from '../verdict/sample-run.ts';

const result = (changes: Partial<ScenarioResult>) => changes as ScenarioResult;

test('a message ends with the status, when it is about one', () => {
  const refused = 'the tenant answered 404 to what must be accepted';
  assert.equal(brief(`${refused}: Events are sent with POST`), refused);
  assert.equal(brief('refused with 400: NA entry with language fr'), 'refused with 400');
  assert.equal(
    brief('the tenant answered 200 although message: query is empty (HOOKS-MSG-01)'),
    'the tenant answered 200 although … is empty',
  );
  assert.equal(brief('not set: TENANT_ORG_ID'), 'not set: TENANT_ORG_ID');
  assert.equal(brief('x'.repeat(500)).length <= 123, true);
});

test('the reason of a scenario is that of the finding that decided it', () => {
  const checks = [
    check('warning', 'HOOKS-ERR-02', 'a warning'),
    check('fail', undefined, 'answered 202: a call'),
  ];
  assert.equal(briefReason(result({ verdict: 'fail', record: recordOf(checks) })), 'answered 202');
  assert.equal(briefReason(result({ verdict: 'warning', record: recordOf(checks) })), 'a warning');
});

test('what got no answer is grouped by the kind of failure', () => {
  const failure = { kind: 'reset', code: 'TRANSPORT_RESET', message: 'NA entry 7: reset' } as const;
  const exchange = { label: 'NA entry', failure } as never;
  const lost = { ...recordOf([check('inconclusive')]), exchanges: [exchange] };
  assert.equal(
    briefReason(result({ verdict: 'inconclusive', reason: 'NA entry 7: reset', record: lost })),
    'no answer that can be judged (reset)',
  );
  assert.equal(briefReason(result({ verdict: 'inconclusive', reason: 'its twin 3\nmore' })), 'its twin …');
  assert.equal(briefReason(result({ verdict: undefined })), '');
});
