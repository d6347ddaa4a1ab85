// The status of each known deviation: only a run that could find a breach calls an entry unnecessary.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RequirementId } from '../../src/protocol/catalogue.ts';
import { finding } from '../../src/protocol/finding.ts';
import { checksByRequirement } from '../../src/verdict/checks-by-requirement.ts';
import { type DeviationStatus, deviationStatuses, whatToDo } from '../../src/verdict/deviation-status.ts';
import type { KnownDeviation } from '../../src/verdict/deviations.ts';
import type { Check } from '../../src/verdict/scenario-record.ts';
import { assertion, check, must, Run, recordOf, should } from './sample-run.ts';

const known: KnownDeviation = {
  requirement: must,
  message: 'answered 20\\d',
  reason: 'fixed in release 12',
  place: 'known-deviations.yaml:3',
};
const over: KnownDeviation = { ...known, expires: '2026-11-20' };
const now = new Date('2026-11-21T12:00:00Z');

interface Found {
  checks?: Check[];
  late?: Parameters<typeof finding>[];
  whole?: RequirementId[];
}

function statusOf(entry: KnownDeviation, { checks = [], late = [], whole = [must] }: Found) {
  const run = new Run();
  if (checks.length > 0) run.whole([assertion], recordOf(checks));
  const seen = {
    checks: checksByRequirement(run.collector.results),
    late: late.map((one) => finding(...one)),
    whole: new Set(whole),
    now,
  };
  const [status, ...more] = deviationStatuses([entry], seen);
  assert.deepEqual(more, []);
  assert.equal(status?.known, entry);
  return status.status;
}

test('an intermittent deviation is missed by no run, until it expires', () => {
  const entry: KnownDeviation = { ...known, intermittent: true, expires: '2026-11-21' };
  const holds: Found = { checks: [check('pass')] };
  assert.equal(statusOf(entry, holds), 'not met this time');
  assert.equal(statusOf(entry, { checks: [check('known-deviation', must, 'answered 202')] }), 'met');
  assert.equal(statusOf({ ...entry, expires: '2026-11-20' }, holds), 'expired, not decided');
});

suite('A known deviation', () => {
  const met = check('known-deviation', must, 'the tenant answered 202');
  const cases: [name: string, found: Found, status: string, whenOver: string][] = [
    ['that a scenario has met', { checks: [met] }, 'met', 'expired, still broken'],
    [
      'that was met after the last scenario',
      { late: [[must, 'the tenant answered 202', 'HTTP 200', '202']] },
      'met',
      'expired, still broken',
    ],
    [
      'that was met, while another check holds',
      { checks: [check('pass'), met] },
      'met',
      'expired, still broken',
    ],
    ['of what holds', { checks: [check('pass')] }, 'no longer needed', 'no longer needed'],
    [
      'of what is broken in another way',
      { checks: [check('fail', must, 'the tenant answered 500')] },
      'no longer needed',
      'no longer needed',
    ],
    [
      'of what holds, when not all of its scenarios were selected',
      { checks: [check('pass')], whole: [should] },
      'not decided',
      'expired, not decided',
    ],
    [
      'of what could not be judged',
      { checks: [check('inconclusive')] },
      'not decided',
      'expired, not decided',
    ],
    ['of what was not checked', {}, 'not decided', 'expired, not decided'],
    [
      'of what was not checked, while another requirement is broken with this message',
      { checks: [check('fail', should, 'the tenant answered 202')] },
      'not decided',
      'expired, not decided',
    ],
  ];
  for (const [name, found, status, whenOver] of cases) {
    test(`${name}: ${status}`, () => assert.equal(statusOf(known, found), status));
    test(`${name}, when its last day is over: ${whenOver}`, () =>
      assert.equal(statusOf(over, found), whenOver));
  }
});

suite('What to do about a known deviation', () => {
  const entry = 'known-deviations.yaml:3  the known deviation of HOOKS-RESP-01 ("answered 20\\d")';
  const says: [status: DeviationStatus['status'], says: string | undefined][] = [
    ['met', undefined],
    ['not decided', undefined],
    ['no longer needed', `${entry} matches no finding any more: remove it`],
    [
      'expired, still broken',
      `${entry} expired on 2026-11-20, and the tenant still breaks it: have it fixed, or agree on a new date`,
    ],
    ['expired, not decided', `${entry} expired on 2026-11-20: remove it, or agree on a new date`],
  ];
  for (const [status, text] of says) {
    test(status, () => assert.equal(whatToDo({ known: over, status }), text));
  }
});
