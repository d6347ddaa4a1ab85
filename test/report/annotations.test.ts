// What a CI shows at the lines of the features; nothing that a tenant writes becomes a command.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { githubAnnotations, gitlabCodeQuality } from '../../src/report/annotations.ts';
import type { ConformanceReport, FindingReport } from '../../src/verdict/report-types.ts';
import { runCommand } from '../commands.ts';
import { sampleFinding, sampleReport, sampleRequirement } from './sample-report.ts';

const uri = 'features/hooks/answers.feature';
const scenario = (line: number, name = `Scenario ${line}`) => ({ uri, line, name, verdict: 'fail' as const });
const at = (line: number, changes: Partial<FindingReport> = {}) =>
  sampleFinding({ scenario: `${uri}:${line}`, ...changes });

const report = sampleReport({
  requirements: [
    sampleRequirement('HOOKS-EP-03', 'warning', {
      level: 'should',
      scenarios: [scenario(30)],
      findings: [at(30, { verdict: 'warning', message: 'another endpoint' })],
    }),
    sampleRequirement('HOOKS-RESP-01', 'fail', {
      scenarios: [scenario(12), scenario(20)],
      findings: [at(12), at(12), at(20), at(20, { verdict: 'known-deviation' })],
    }),
    sampleRequirement('ASSIGN-CB-02', 'fail', {
      scenarios: [scenario(40)],
      findings: [sampleFinding({ scenario: null, message: 'posted 2 times' })],
    }),
    sampleRequirement('HOOKS-RESP-02', 'known-deviation', {
      findings: [at(12, { verdict: 'known-deviation' })],
    }),
    sampleRequirement('HOOKS-RESP-03', 'fail', { findings: [sampleFinding({ scenario: null })] }),
  ],
});

suite('Annotations', () => {
  test('for GitHub: fails first, each at the line of its scenario', () => {
    assert.deepEqual(githubAnnotations(report).split('\n'), [
      `::error file=${uri},line=12,title=HOOKS-RESP-01 (must)::HOOKS-RESP-01: success is HTTP 200, the tenant answered 202 (and 1 more), in "Scenario 12"`,
      `::error file=${uri},line=20,title=HOOKS-RESP-01 (must)::HOOKS-RESP-01: success is HTTP 200, the tenant answered 202, in "Scenario 20"`,
      `::error file=${uri},line=40,title=ASSIGN-CB-02 (must)::ASSIGN-CB-02: posted 2 times, in "Scenario 40"`,
      '::error title=HOOKS-RESP-03 (must)::HOOKS-RESP-03: success is HTTP 200, the tenant answered 202',
      `::warning file=${uri},line=30,title=HOOKS-EP-03 (should)::HOOKS-EP-03: another endpoint, in "Scenario 30"`,
      '',
    ]);
    assert.equal(githubAnnotations(sampleReport()), '');
  });

  test('for GitLab: an entry each, with a fingerprint that no line changes', () => {
    const entries = JSON.parse(gitlabCodeQuality(report));
    assert.deepEqual(
      entries.map(({ check_name, severity, location }: Record<string, unknown>) => [
        check_name,
        severity,
        location,
      ]),
      [
        ['HOOKS-RESP-01', 'critical', { path: uri, lines: { begin: 12 } }],
        ['HOOKS-RESP-01', 'critical', { path: uri, lines: { begin: 20 } }],
        ['ASSIGN-CB-02', 'critical', { path: uri, lines: { begin: 40 } }],
        ['HOOKS-RESP-03', 'critical', { path: 'features', lines: { begin: 1 } }],
        ['HOOKS-EP-03', 'minor', { path: uri, lines: { begin: 30 } }],
      ],
    );
    const prints = (of: ConformanceReport) =>
      JSON.parse(gitlabCodeQuality(of)).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    const one = (line: number, name: string) =>
      sampleReport({
        requirements: [
          sampleRequirement('A', 'fail', { scenarios: [scenario(line, name)], findings: [at(line)] }),
        ],
      });
    assert.equal(new Set(prints(report)).size, 5);
    assert.deepEqual(prints(one(12, 'A call')), prints(one(13, 'A call')));
    assert.notDeepEqual(prints(one(12, 'A call')), prints(one(12, 'Another call')));
    assert.equal(gitlabCodeQuality(sampleReport()), '[]\n');
  });

  test('rows of one table that fail alike have fingerprints of their own', () => {
    const rows = sampleReport({
      requirements: [
        sampleRequirement('A', 'fail', {
          scenarios: [scenario(12, 'A row'), scenario(13, 'A row')],
          findings: [at(12), at(13)],
        }),
      ],
    });
    const entries = JSON.parse(gitlabCodeQuality(rows));
    assert.notEqual(entries[0].fingerprint, entries[1].fingerprint);
  });

  test('a text of somebody else starts no command', () => {
    const hostile =
      'no\r\n::set-env name=PATH::x\n##[add-mask]x ##vso[task.setvariable]x ##teamcity[x]\u2028::error::x %0A::stop-commands::x\u001b[2J';
    const odd = `${uri},line=1::x\n::warning::y:%`;
    const of = sampleReport({
      requirements: [
        sampleRequirement('A', 'fail', {
          scenarios: [{ ...scenario(12, hostile), uri: odd }],
          findings: [sampleFinding({ message: hostile, scenario: `${odd}:12` })],
        }),
      ],
    });
    const text = githubAnnotations(of);
    const lines = text.split(/[\n\r\u2028\u2029]/);
    assert.deepEqual([lines.length, lines[1]], [2, '']);
    assert.match(lines[0]!, /^::error file=[^,:]+%2Cline=1%3A%3Ax [^,:]*,line=12,title=A \(must\)::A/);
    assert.doesNotMatch(text, /##[\w.-]*\[|%0A/);
    assert.ok(!text.includes('\u001b'));
    assert.match(text, /%250A/);
    const json = gitlabCodeQuality(of);
    assert.doesNotMatch(json, /##[\w.-]*\[/);
    assert.ok(!/[\u2028\u2029]/.test(json) && !json.includes('\u001b'));
    assert.doesNotMatch(json, /^\s*::/m);
    assert.equal(JSON.parse(json)[0].location.path, odd);
  });

  test('npm run report prints them of the last run, or says what is missing', async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'annotations-'));
    t.after(() => rmSync(folder, { recursive: true, maxRetries: 3 }));
    const print = (...args: string[]) =>
      runCommand(['src/cli/report.ts', ...args], {
        env: { ...process.env, REPORTS_DIR: folder, TENANT_PROFILE: '' },
        measured: true,
      });
    const missing = await print('--format', 'github');
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /REPORT_UNREADABLE .*conformance\.json does not exist/);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'conformance.json'), JSON.stringify(report));
    const { code, stdout } = await print('--format', 'github');
    assert.deepEqual([code, stdout], [0, githubAnnotations(report)]);
    const quality = await print('--format', 'gitlab');
    assert.deepEqual(JSON.parse(quality.stdout), JSON.parse(gitlabCodeQuality(report)));
    assert.equal((await print('--format', 'xml')).code, 2);
  });
});
