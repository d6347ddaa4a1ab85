// Several tenants side by side.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { overviewOf, type TenantReport } from '../../src/report/overview/overview.ts';
import { overviewPage } from '../../src/report/overview/page.ts';
import { overviewInWords, overviewMarkdown } from '../../src/report/overview/words.ts';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { runCommand } from '../commands.ts';
import { sampleObservation, sampleReport, sampleRequirement } from './sample-report.ts';

function tenant(name: string, changes: Partial<ConformanceReport> = {}): TenantReport {
  const report = sampleReport(changes);
  return { name, folder: name, report: { ...report, tenant: { ...report.tenant, profile: name } } };
}

const healthy = tenant('healthy', {
  requirements: [
    sampleRequirement('HOOKS-RESP-01', 'pass'),
    sampleRequirement('HOOKS-EP-01', 'pass', { area: 'Endpoint' }),
    // Binds the sender only.
    sampleRequirement('HOOKS-SEQ-01', 'not-tested'),
  ],
  observations: [sampleObservation({ ambiguity: 'X-14', question: 'the body', answer: 'OK' })],
});
const broken = tenant('broken', {
  verdict: 'non-conformant',
  causes: [
    {
      message: 'all <calls> were refused',
      requests: 2,
      first: { event: 'NA entry', scenario: 'a', repeat: 'npm test' },
      requirements: ['HOOKS-RESP-01'],
    } as unknown as ConformanceReport['causes'][number],
  ],
  requirements: [
    sampleRequirement('HOOKS-RESP-01', 'fail'),
    sampleRequirement('HOOKS-EP-01', 'warning', { area: 'Endpoint' }),
  ],
  observations: [sampleObservation({ ambiguity: 'X-14', question: 'the body', answer: 'empty' })],
});
const undecided = tenant('undecided', { verdict: 'inconclusive', reasons: ['Shard 2/2 is missing.'] });

suite('The overview', () => {
  const overview = overviewOf([healthy, undecided, broken]);

  test('has the worst tenant and the worst requirement first', () => {
    assert.deepEqual(
      overview.tenants.map(({ name }) => name),
      ['broken', 'undecided', 'healthy'],
    );
    assert.deepEqual(
      overview.requirements.map(({ id, verdicts }) => [id, ...verdicts]),
      [
        ['HOOKS-RESP-01', 'fail', undefined, 'pass'],
        ['HOOKS-EP-01', 'warning', undefined, 'pass'],
      ],
    );
  });

  test('has the worst verdict of each area', () => {
    assert.deepEqual(overview.areas, [
      { area: 'Answers of the hooks', verdicts: ['fail', undefined, 'pass'] },
      { area: 'Endpoint', verdicts: ['warning', undefined, 'pass'] },
    ]);
  });

  test('has the questions that are answered differently, and no others', () => {
    assert.deepEqual(overview.observations, [
      { ambiguity: 'X-14', question: 'the body', answers: ['empty', null, 'OK'] },
    ]);
    assert.deepEqual(overviewOf([healthy, undecided]).observations, []);
  });

  test('says the same in every form', () => {
    for (const text of [overviewInWords(overview), overviewMarkdown(overview), overviewPage(overview)]) {
      for (const what of ['broken', 'HOOKS-RESP-01', 'Shard 2/2 is missing', 'X-14', 'the body']) {
        assert.ok(text.includes(what), `${what} in ${text.slice(0, 200)}`);
      }
    }
    assert.match(
      overviewMarkdown(overview),
      /^## Agent AI conformance: 3 tenants, 2 not conformant, or not decided as a whole$/m,
    );
    assert.match(overviewPage(overview), /all &lt;calls&gt; were refused/);
    assert.match(overviewPage(overview), /href="broken\/conformance\.html"/);
  });

  test('keeps the name of a tenant in its place', () => {
    const report = { ...healthy, name: 'a', folder: 'b)(x' };
    assert.match(overviewMarkdown(overviewOf([report])), /\(b%29%28x\/conformance\.html\)/);
  });

  test('of tenants that are all well has nothing to list', () => {
    const well = overviewOf([healthy]);
    assert.match(overviewMarkdown(well), /1 tenant, all well/);
    assert.match(overviewPage(well), /All pass everywhere/);
  });
});

suite('npm run overview', () => {
  function folders(context: TestContext, reports: readonly TenantReport[]): string {
    const root = mkdtempSync(path.join(tmpdir(), 'overview-'));
    context.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
    reports.forEach(({ report }, index) => {
      mkdirSync(path.join(root, `${index}`));
      writeFileSync(path.join(root, `${index}`, 'conformance.json'), JSON.stringify(report));
    });
    return root;
  }
  const overview = (...args: string[]) => runCommand(['src/cli/overview.ts', ...args]);

  test('reads folders, and says which have no report', async (context) => {
    const root = folders(context, [healthy, undecided]);
    mkdirSync(path.join(root, 'allure'));
    const named = ['0', '1', 'allure'].map((name) => path.join(root, name));
    const { code, stdout, stderr } = await overview(...named, '--output', root);
    assert.equal(code, 0, stderr);
    const itself = await overview(
      path.join(root, '0', 'conformance.json'),
      '--output',
      path.join(root, 'other'),
    );
    assert.match(itself.stdout, /^healthy +conformant/);
    assert.match(stderr, /^Left out, without conformance\.json: .*allure$/m);
    assert.match(stdout, /^undecided +inconclusive/);
    const written = JSON.parse(readFileSync(path.join(root, 'overview.json'), 'utf8'));
    assert.deepEqual(
      written.tenants.map((one: TenantReport) => one.folder),
      ['1', '0'],
    );
    assert.match(readFileSync(path.join(root, 'overview.html'), 'utf8'), /href="1\/conformance\.html"/);
  });

  test('refuses one tenant twice, a file that is none, and folders without any', async (context) => {
    const root = folders(context, [healthy, healthy, undecided]);
    const [one, two, three] = ['0', '1', '2'].map((name) => path.join(root, name));
    const twice = await overview(one!, two!);
    assert.equal(twice.code, 2);
    assert.match(twice.stderr, /^OPTION_INVALID {2}healthy: named by more than one folder/);
    writeFileSync(path.join(three!, 'conformance.json'), '{}');
    const invalid = await overview(three!);
    assert.equal(invalid.code, 2);
    assert.match(invalid.stderr, /^REPORT_INVALID/);
    const typed = await overview(one!, path.join(root, 'typo'));
    assert.equal(typed.code, 2);
    assert.match(typed.stderr, /^REPORT_UNREADABLE {2}There is no .*typo\.$/m);
    const none = await overview(root);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^REPORT_UNREADABLE {2}There is no conformance\.json in /);
  });
});
