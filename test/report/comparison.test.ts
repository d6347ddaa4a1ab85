import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { comparisonAsMarkdown, comparisonInWords } from '../../src/report/comparison.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import type { Comparison, ConformanceReport, RequirementVerdict } from '../../src/verdict/report-types.ts';
import { command, commands } from '../text/ci-commands.ts';
import { sampleFinding, sampleObservation, sampleReport, sampleRequirement } from './sample-report.ts';

function words(comparison: Comparison): string {
  return stripVTControlCharacters(comparisonInWords(comparison));
}

function comparing(old: Partial<ConformanceReport>, now: Partial<ConformanceReport>): Comparison {
  return compareReports(sampleReport(old), sampleReport({ startedAt: '2026-07-02T03:00:00.000Z', ...now }));
}

function requirements(...verdicts: RequirementVerdict[]) {
  return verdicts.map((verdict, index) => {
    const findings = verdict === 'fail' ? [sampleFinding({ message: `finding ${index}` })] : [];
    return sampleRequirement(`REQ-${index}`, verdict, { findings, reason: 'a reason' });
  });
}

test('two selections: how much of them can be compared is said', () => {
  const selected = (words: string, ...verdicts: RequirementVerdict[]) => ({
    selection: { words, whole: false },
    requirements: requirements(...verdicts),
  });
  const some = words(comparing(selected('one', 'pass', 'pass'), selected('other', 'pass', 'not-tested')));
  assert.match(some, /now other\. 1 requirement was decided in both\. What only one/);
  assert.match(some, /^No requirement that both decided has changed\.$/m);
  const none = words(comparing(selected('one', 'not-tested'), selected('other', 'pass')));
  assert.match(none, /No requirement was decided in both\./);
  assert.match(none, /^Nothing can be compared\.$/m);
  const same = { requirements: requirements('pass', 'inconclusive') };
  const worse = words(comparing(same, { ...same, verdict: 'inconclusive' }));
  assert.match(worse, /^No requirement that both decided has changed\.\nbefore: conformant/);
});

test('every kind of change, as people read it', () => {
  const comparison = comparing(
    {
      requirements: requirements('pass', 'fail', 'fail', 'fail', 'pass'),
      observations: [sampleObservation({ answer: '200' })],
    },
    {
      verdict: 'non-conformant',
      durationMs: 24_000,
      requirements: requirements('fail', 'pass', 'fail', 'inconclusive', 'warning'),
      observations: [sampleObservation({ answer: '409' })],
    },
  );
  assert.equal(
    words(comparison),
    [
      '1 newly failing, 1 no longer known, 1 still failing, 1 newly passing, 1 other change, 1 changed observation.',
      'before: conformant, 2026-07-01 03:00 UTC',
      'now: non-conformant, 2026-07-02 03:00 UTC',
      '',
      '1 newly failing',
      '  REQ-0  the title of REQ-0',
      '         was pass, now fail: finding 0',
      '',
      '1 no longer known',
      '  REQ-3  the title of REQ-3',
      '         was fail, no longer known (inconclusive): a reason',
      '',
      '1 still failing',
      '  REQ-2  the title of REQ-2',
      '         still fail: finding 2',
      '',
      '1 newly passing',
      '  REQ-1  the title of REQ-1',
      '         was fail: finding 1; now pass',
      '',
      '1 other change',
      '  REQ-4  the title of REQ-4',
      '         was pass, now warning: a reason',
      '',
      '1 changed observation',
      '  X-14  What is the body of a success?',
      '        was: 200; now: 409',
      '',
      'The run took 24.0 s, before 10.0 s: 2.4 times as long.',
    ].join('\n'),
  );
});

test('the same report twice: nothing has changed, and requirements that fail are still listed', () => {
  assert.match(words(comparing({}, {})), /^Nothing has changed\.\n/);
  const failing = requirements('fail', 'pass');
  const same = words(comparing({ requirements: failing }, { requirements: failing }));
  assert.match(same, /^Nothing has changed: 1 still failing\.\n/);
  assert.match(same, /still fail: finding 0/);
  assert.doesNotMatch(same, /The run took/);
});

test('a different tenant, selection or suite is mentioned first', () => {
  const comparison = comparing(
    { requirements: requirements('pass') },
    {
      requirements: requirements('fail'),
      tenant: { url: 'https://other.example', botId: 'st-2', profile: null, embedded: false },
      selection: { whole: false, words: '--tags @REQ-0' },
      suite: { name: 'agent-ai-conformance', version: '0.1.0', commit: null, seed: 1 },
      durationMs: 1,
    },
  );
  const lines = words(comparison).split('\n');
  assert.equal(
    lines[0],
    'Not the same tenant: before https://tenant.example, bot st-1 (profile staging); now https://other.example, bot st-2.',
  );
  assert.match(lines[1]!, /^Not the same selection: before all features; now --tags @REQ-0\. /);
  assert.equal(lines[2], 'Not the same suite: before commit 1234567890ab; now no commit.');
  assert.equal(lines[3], '1 newly failing.');
  assert.ok(
    !lines.some((line) => line.includes('The run took')),
    'durations of different selections are not compared',
  );
  const markdown = comparisonAsMarkdown(comparison);
  assert.ok(markdown.startsWith('Not the same tenant'), markdown);
  assert.equal(markdown.match(/Not the same/g)?.length, 3);
});

test('among requirements no longer known, those that failed before come first', () => {
  const comparison = comparing(
    { requirements: requirements('pass', 'fail') },
    { requirements: requirements('inconclusive', 'inconclusive') },
  );
  assert.deepEqual(words(comparison).match(/^ {2}REQ-\d/gm), ['  REQ-1', '  REQ-0']);
});

test('how long it took, in words', () => {
  const took = (was: number, is: number) =>
    words(comparing({ durationMs: was }, { durationMs: is })).match(/The run took (.*)/)?.[1];
  assert.equal(took(10_000, 10_100), '10.1 s, before 10.0 s: about as long.');
  assert.equal(took(754_000, 60_000), '1 min 0 s, before 12 min 34 s: 12.6 times as fast.');
  assert.equal(took(0, 60_000), '1 min 0 s, before 0.0 s.');
});

test('an observation that was made in one of the runs only', () => {
  const only = sampleObservation({ answer: 'a JSON body' });
  assert.match(words(comparing({}, { observations: [only] })), /not asked before, now: a JSON body/);
  assert.match(words(comparing({ observations: [only] }, {})), /no longer asked, was: a JSON body/);
});

test('the answer of a tenant cannot control the terminal or the page', () => {
  const hostile = `\u001b[31mred\r\n# heading \u202e <script>alert(1)</script> @team | \`x\` ${commands}`;
  const failing = [sampleRequirement('A', 'fail', { findings: [sampleFinding({ message: hostile })] })];
  const comparison = comparing({}, { requirements: failing });
  assert.match(words(comparison), /new to the suite: fail: \ufffd\[31mred # heading \ufffd <script>/);
  assert.doesNotMatch(words(comparison), command);
  const markdown = comparisonAsMarkdown(comparison);
  assert.match(markdown, /\\<script\\>alert\(1\)\\<\/script\\> @&#8203;team \\\| \\`x\\` /m);
  assert.doesNotMatch(markdown, /^# heading/m);
  assert.doesNotMatch(markdown, command);
});

test('Markdown has the same content, and says how much it leaves out', () => {
  const old = requirements(...Array<RequirementVerdict>(25).fill('pass'));
  const now = requirements(...Array<RequirementVerdict>(25).fill('fail'));
  const markdown = comparisonAsMarkdown(comparing({ requirements: old }, { requirements: now }));
  assert.match(markdown, /^\*\*25 newly failing\.\*\*$/m);
  assert.match(markdown, /^- \*\*REQ-0\*\* the title of REQ-0<br>was pass, now fail: finding 0$/m);
  assert.equal(markdown.match(/^- \*\*REQ-/gm)?.length, 20);
  assert.match(markdown, /^- … and 5 more$/m);
});
