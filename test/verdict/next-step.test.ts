// What to do next, for each way in which a run ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextStep } from '../../src/verdict/next-step.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { sampleFinding, sampleReport, sampleRequirement } from '../report/sample-report.ts';

const after = (changes: Partial<ConformanceReport>) => nextStep(sampleReport(changes))!;
const scenarios = sampleReport().scenarios;
const failing = sampleRequirement('HOOKS-RESP-01', 'fail', { findings: [sampleFinding()] });
const cause: ConformanceReport['causes'][number] = {
  message: 'all 37 requests with a redial were refused (400); of the 812 others, none',
  requests: 37,
  first: { event: 'redial', scenario: 'features/a.feature:1', repeat: 'curl redial' },
  requirements: ['HOOKS-RESP-01'],
};

test('what breaks is told to the team of the tenant, with all that they need to look at it', () => {
  const { do: what, copy } = after({
    verdict: 'non-conformant',
    requirements: [sampleRequirement('HOOKS-RDL-04', 'fail', { level: 'should' }), failing],
  });
  assert.equal(what, 'Send this to the team of the tenant.');
  const lines = copy!.split('\n');
  assert.equal(
    lines[0],
    'The tenant https://tenant.example (bot st-1), tested on 2026-07-01 03:00 UTC, breaks 2 requirements of the documents of Agent AI.',
  );
  assert.match(lines[1]!, /^The first: HOOKS-RESP-01 \(must\), ".*"\. Sent: .* Expected: .* Answer: 202/);
  assert.equal(lines[2], 'All: HOOKS-RESP-01, HOOKS-RDL-04');
  assert.match(lines[3]!, /^To repeat it: curl /);
});

test('a bot session that was transferred already is named as the setting to change', () => {
  const reason =
    'the tenant has accepted a transfer before, and refuses this one: to be judged, it needs a bot session that can be transferred again (TENANT_BOT_SESSION_ID)';
  const open = sampleRequirement('ASSIGN-REQ-01', 'inconclusive', { reason });
  assert.deepEqual(after({ verdict: 'inconclusive', requirements: [open], causes: [cause] }), {
    do: 'Name a bot session that can be transferred again in .env.staging, and run again.',
    copy: 'TENANT_BOT_SESSION_ID=',
  });
});

test('how often it was seen is said', () => {
  const findings = [sampleFinding(), sampleFinding(), sampleFinding({ verdict: 'warning' })];
  const { copy } = after({
    verdict: 'non-conformant',
    requirements: [sampleRequirement('HOOKS-RESP-01', 'fail', { findings })],
  });
  assert.match(copy!, /"\. Seen 2 times\. Sent: /);
});

test('the cause comes before an example, and its request is the one to repeat; a coincidence is left out', () => {
  const copyWith = (causes: ConformanceReport['causes']) =>
    after({ verdict: 'non-conformant', requirements: [failing], causes }).copy!;
  assert.match(
    copyWith([cause]),
    /^Probably one cause: all 37 requests .*\nFor example: [^\n]*\nTo repeat it: curl redial$/m,
  );
  assert.doesNotMatch(copyWith([{ ...cause, requirements: [] }]), /Probably/);
});

test('long texts are cut, and a command that nobody can read is left out', () => {
  const long = sampleFinding({ actual: '9'.repeat(5000) });
  const exchange = { ...long.exchange!, repeat: `curl ${'x'.repeat(5000)}` };
  const { copy } = after({
    verdict: 'non-conformant',
    requirements: [
      sampleRequirement('HOOKS-RESP-01', 'fail', { findings: [{ ...long, exchange }] }),
      ...Array.from({ length: 30 }, (_, index) => sampleRequirement(`R-${index}`, 'fail')),
    ],
  });
  assert.ok(copy!.length < 2000, `${copy!.length}`);
  assert.match(copy!, / and 19 more$/m);
});

const cases: [name: string, report: Partial<ConformanceReport>, what: RegExp, copy: RegExp | null][] = [
  [
    'a rate limit',
    {
      verdict: 'inconclusive',
      reasons: ['429. About 58 a minute: MAX_REQUESTS_PER_MINUTE=58 keeps below it.'],
    },
    /Set this in \.env\.staging, and run again/,
    /^MAX_REQUESTS_PER_MINUTE=58$/,
  ],
  [
    'a set-up that is not accepted',
    { verdict: 'inconclusive', requests: 0 },
    /doctor/,
    /^npm run doctor -- --tenant staging$/,
  ],
  [
    'lost requests',
    {
      verdict: 'inconclusive',
      lostRequests: [
        { event: 'COLD entry', failure: 'reset', lost: 12, sent: 12, othersAnswered: 9, tried: 'once' },
      ],
    },
    /Run again\. If it stays/,
    /until 2026-07-01 03:00 UTC\.\nCOLD entry: reset, 12 of 12 times.*\nPlease look at the log/,
  ],
  [
    'an interrupted run',
    { verdict: 'inconclusive', scenarios: { ...scenarios, notRun: 3 } },
    /Run again, to the end/,
    null,
  ],
  [
    'a twin that was refused',
    {
      verdict: 'inconclusive',
      requirements: [sampleRequirement('HOOKS-AUTH-01', 'inconclusive', { reason: 'its twin was refused' })],
    },
    /team of the tenant/,
    /leaves open 1 requirement .*\nThe first: HOOKS-AUTH-01 .* its twin was refused/,
  ],
  [
    'twins that were refused, for several reasons',
    {
      verdict: 'inconclusive',
      requirements: [
        sampleRequirement('HOOKS-AUTH-01', 'inconclusive', { reason: 'its twin was refused' }),
        sampleRequirement('HOOKS-ERR-02', 'inconclusive', { reason: 'another reason' }),
      ],
    },
    /team of the tenant/,
    /leaves open 2 requirements /,
  ],
  ['a selection that shows nothing', { verdict: 'inconclusive' }, /Select scenarios/, null],
  [
    'a known deviation that is not needed',
    { verdict: 'list-needs-tidying' },
    /list of known deviations/,
    /^npm test -- --tenant staging --update-deviations$/,
  ],
  [
    'an expired deviation',
    {
      verdict: 'error',
      reasons: ['known-deviations.yaml:3  the known deviation expired on 2026-01-01: remove it'],
    },
    /Correct the list/,
    /^known-deviations\.yaml:3$/,
  ],
  [
    'an error of the harness',
    { verdict: 'error', scenarios: { ...scenarios, harnessErrors: 1 } },
    /harness failed/,
    null,
  ],
  ['another error', { verdict: 'error', reasons: ['SECRET_LEAKED'] }, /named as the reason/, null],
  [
    'settings that are missing',
    {
      requirements: [
        sampleRequirement('ASSIGN-CB-01', 'not-applicable', {
          reason: 'not set: TENANT_ORG_ID, TENANT_AGENT_ID',
        }),
      ],
    },
    /Set these in \.env\.staging to have 1 more requirement tested/,
    /^TENANT_ORG_ID=\nTENANT_AGENT_ID=$/,
  ],
  [
    'warnings',
    { requirements: [sampleRequirement('HOOKS-ERR-02', 'warning', { level: 'should' })] },
    /Nothing has to be done/,
    /does not do as recommended by 1 requirement/,
  ],
  [
    'a part of the suite',
    { verdict: 'partial', selection: { whole: false, words: '--tags @A' } },
    /Run the whole suite/,
    /^npm test -- --tenant staging$/,
  ],
  [
    'the embedded sandbox',
    { tenant: { url: 'http://127.0.0.1:1', botId: 'st-1', profile: null, embedded: true } },
    /Name a tenant/,
    /^npm run doctor$/,
  ],
];

test('after a tenant that conforms there is nothing to do', () => {
  assert.equal(nextStep(sampleReport()), null);
});

for (const [name, report, what, copy] of cases) {
  test(`after ${name}`, () => {
    const step = after(report);
    assert.match(step.do, what);
    if (copy === null) assert.equal(step.copy, null);
    else assert.match(step.copy ?? '', copy);
  });
}
