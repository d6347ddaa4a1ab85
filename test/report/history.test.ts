// Night after night, in every form.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { comparisonForSlack, comparisonForTeams } from '../../src/report/comparison-for-chat.ts';
import { historyById, historyRows, trends } from '../../src/report/history-in-words.ts';
import { conformanceMarkdown } from '../../src/report/markdown.ts';
import { overviewOf } from '../../src/report/overview/overview.ts';
import { overviewPage } from '../../src/report/overview/page.ts';
import { overviewInWords, overviewMarkdown } from '../../src/report/overview/words.ts';
import { conformancePage } from '../../src/report/page/page.ts';
import { summary } from '../../src/report/summary.ts';
import { compareReports } from '../../src/verdict/comparison.ts';
import type { History, RequirementHistory } from '../../src/verdict/report-types.ts';
import { noBrowser, openPage } from './browser.ts';
import { sampleFinding, sampleReport, sampleRequirement } from './sample-report.ts';

function runs(count: number): History['runs'] {
  return Array.from({ length: count }, (_, index) => ({
    startedAt: new Date(Date.UTC(2026, 10, index + 1, 2)).toISOString(),
    verdict: index % 3 === 2 ? 'non-conformant' : 'conformant',
    durationMs: 18_000 + index * 500,
    requests: 1083,
  }));
}

const streak = { nights: 9, since: '2026-11-18T02:00:00.000Z', orEarlier: false };
const about = (id: string, changes: Partial<RequirementHistory> = {}): RequirementHistory => ({
  id,
  isNew: false,
  broken: streak,
  changes: 1,
  within: 14,
  ...changes,
});

const report = sampleReport({
  verdict: 'non-conformant',
  startedAt: '2026-11-26T02:00:00.000Z',
  requirements: [
    sampleRequirement('HOOKS-RESP-01', 'fail', { findings: [sampleFinding()] }),
    sampleRequirement('HOOKS-EP-01', 'pass'),
    sampleRequirement('HOOKS-EP-03', 'warning'),
    sampleRequirement('HOOKS-EP-04', 'fail'),
  ],
  history: {
    nights: 26,
    runs: runs(26),
    requirements: [
      about('HOOKS-RESP-01'),
      about('HOOKS-EP-01', { broken: null, changes: 3 }),
      about('HOOKS-EP-03', {
        broken: { ...streak, nights: 1, since: '2025-12-31T02:00:00.000Z', orEarlier: true },
      }),
      about('HOOKS-EP-04', { isNew: true }),
    ],
  },
});
const words = {
  'HOOKS-RESP-01': 'failing for 9 nights, since 18 November',
  'HOOKS-EP-04': 'new to the suite',
  'HOOKS-EP-01': '3 changes in 14 nights',
  'HOOKS-EP-03': 'broken for 1 night, since 31 December 2025 or earlier',
};
const tenants = overviewOf([
  { name: 'one', folder: 'one', report },
  {
    name: 'two',
    folder: 'two',
    report: sampleReport({ requirements: [sampleRequirement('HOOKS-EP-01', 'pass')] }),
  },
]);

suite('Night after night', () => {
  test('what fails comes first, then what comes and goes', () => {
    assert.deepEqual(
      historyRows(report).map(({ id, words }) => [id, words]),
      Object.entries(words),
    );
    const both = {
      ...report,
      history: { ...report.history!, requirements: [about('HOOKS-RESP-01', { changes: 3 })] },
    };
    assert.equal(
      historyRows(both)[0]?.words,
      'failing for 9 nights, since 18 November; 3 changes in 14 nights',
    );
  });

  const forms: [name: string, text: () => string][] = [
    ['the page', () => conformancePage(report, [])],
    ['Markdown', () => conformanceMarkdown(report)],
    ['the terminal', () => summary({ report, results: [], deviations: [] }, 'reports', new Map())],
    ['the page of the overview', () => overviewPage(tenants)],
    ['Markdown of the overview', () => overviewMarkdown(tenants)],
    ['the overview in a terminal', () => overviewInWords(tenants)],
    ['overview.json', () => JSON.stringify(tenants)],
  ];
  for (const [name, text] of forms) {
    test(`${name} says it of each requirement`, () => {
      for (const [id, said] of Object.entries(words)) {
        assert.ok(text().includes(id) && text().includes(said), `${id}: ${said}`);
      }
    });
  }

  test('the trend of duration and requests is in words, too', () => {
    assert.deepEqual(
      trends(runs(3)).map(({ name, last, range }) => `${name} ${last}; ${range}`),
      ['Duration 19.0 s; 18.0 s to 19.0 s in 3 nights', 'Requests 1,083; 1,083 in 3 nights'],
    );
    assert.match(conformanceMarkdown(report), /\*\*duration\*\* 30\.5 s; 18\.0 s to 30\.5 s in 26 nights/);
  });

  test('the first night, and a run that is not compared, have nothing of it', () => {
    for (const history of [undefined, null, { nights: 1, runs: runs(1), requirements: [] }]) {
      const first = sampleReport(history === undefined ? {} : { history });
      assert.doesNotMatch(conformanceMarkdown(first), /Night after night/);
      assert.doesNotMatch(conformancePage(first, []), /id="nights"|class="trend"/);
    }
  });

  test('what is new to the suite is named apart from what newly fails', () => {
    const old = sampleReport();
    const now = sampleReport({ requirements: [sampleRequirement('HOOKS-EP-04', 'fail')] });
    now.comparison = compareReports(old, now);
    assert.match(conformanceMarkdown(now), /\*\*1 requirement new to the suite \(1 fails\)\*\*/);
    const page = conformancePage(now, []);
    assert.match(page, /New to the suite <span class="quiet">1/);
    assert.match(page, /0 newly passing\. 1 requirement new to the suite \(1 fails\)\./);
    assert.match(
      summary({ report: now, results: [], deviations: [] }, 'r', new Map()),
      /new to the suite: HOOKS-EP-04/,
    );
    const both = overviewOf([{ name: 'one', folder: 'one', report: now }]);
    assert.match(overviewMarkdown(both), /new to the suite: HOOKS-EP-04/);
  });

  test('a message for a chat says it first, as long texts are cut', () => {
    const comparison = compareReports(
      sampleReport({ requirements: [sampleRequirement('HOOKS-RESP-01', 'fail')] }),
      report,
    );
    for (const message of [
      comparisonForSlack(comparison, historyById(report)),
      comparisonForTeams(comparison, historyById(report)),
    ])
      assert.match(
        JSON.stringify(message),
        /HOOKS-RESP-01: failing for 9 nights, since 18 November; still fail/,
      );
  });

  test('the charts need no network, and fit a telephone', { skip: noBrowser }, async () => {
    for (const html of [conformancePage(report, []), overviewPage(tenants)]) {
      const { page, said, asked } = await openPage(html, { viewport: { width: 400, height: 800 } });
      assert.deepEqual([said, asked], [[], []]);
      const bars = page.locator('.trend rect');
      assert.equal(await bars.count(), 52);
      const heights = await bars.evaluateAll((all) =>
        all.slice(0, 26).map((one) => one.getBoundingClientRect().height),
      );
      assert.ok(heights[0]! > 10 && heights.at(-1)! > heights[0]!, String(heights));
      const colours = await page.evaluate<string[]>(
        "[...document.querySelectorAll('.trend rect')].slice(1, 3).map((one) => getComputedStyle(one).fill)",
      );
      assert.notEqual(colours[0], colours[1], 'a night that failed has another colour');
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      assert.ok(wide <= 400, `${wide} pixels wide`);
    }
  });
});
