// Since when a requirement is broken, and whether it comes and goes.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { historyLine, historyOf } from '../../src/verdict/history.ts';
import type { HistoryLine, RequirementVerdict } from '../../src/verdict/report-types.ts';
import { sampleReport, sampleRequirement } from '../report/sample-report.ts';

const letters: Record<string, RequirementVerdict> = {
  p: 'pass',
  f: 'fail',
  w: 'warning',
  k: 'known-deviation',
  i: 'inconclusive',
  u: 'unexpected-pass',
  n: 'not-tested',
};

/** Nights of November, one a letter; "." is one in which the suite had no such requirement. */
function nights(pattern: string): HistoryLine[] {
  return [...pattern].map((letter, index) => {
    const day = String(index + 1).padStart(2, '0');
    const requirements = letters[letter] ? [sampleRequirement('A', letters[letter])] : [];
    const report = sampleReport({ startedAt: `2026-11-${day}T02:00:00.000Z`, requirements });
    return historyLine(report, { run: day, series: 's', specRevision: 'r', hasGaps: false });
  });
}

function about(pattern: string) {
  const all = nights(pattern);
  return historyOf(all, all.at(-1)!)?.requirements[0];
}

suite('The history of a requirement', () => {
  const streaks: [pattern: string, nights: number, since: string, orEarlier: boolean][] = [
    ['pppff', 2, '04', false],
    ['fpfff', 3, '03', false],
    // Nights that did not decide it neither count nor end it.
    ['pfifnf', 3, '02', false],
    // The tenant breaks it, whatever a list or a level makes of that.
    ['pwkf', 3, '02', false],
    // Nobody knows what was before.
    ['fff', 3, '01', true],
    ['iff', 2, '02', true],
    ['pf', 1, '02', false],
  ];
  for (const [pattern, count, since, orEarlier] of streaks) {
    test(`${pattern}: it is broken for ${count} nights`, () => {
      assert.deepEqual(about(pattern)?.broken, {
        nights: count,
        since: `2026-11-${since}T02:00:00.000Z`,
        orEarlier,
      });
    });
  }

  test('says how often it came and went, in the last fortnight', () => {
    assert.partialDeepStrictEqual(about('ppfffpf'), { changes: 3, within: 7 });
    assert.partialDeepStrictEqual(about('pfpp'), { broken: null, changes: 2, within: 4 });
    assert.partialDeepStrictEqual(about(`fpfp${'p'.repeat(10)}ff`), { changes: 2, within: 14 });
    assert.partialDeepStrictEqual(about('pufip'), { changes: 2, within: 4 });
  });

  test('is silent on what holds and does not come and go, and on a single night', () => {
    for (const pattern of ['ppp', 'fpp', 'ppi', 'f', 'pfi']) assert.equal(about(pattern), undefined, pattern);
  });

  test('knows what is new to the suite', () => {
    assert.partialDeepStrictEqual(about('..f'), { isNew: true });
    assert.partialDeepStrictEqual(about('.ff'), { isNew: false, broken: { nights: 2, orEarlier: false } });
    assert.partialDeepStrictEqual(about('pf'), { isNew: false });
  });

  test('compares whole runs of the same selection, and none that began later', () => {
    const all = nights('ppppf');
    Object.assign(all[0]!, { series: 'another' });
    Object.assign(all[1]!, { complete: false });
    const history = historyOf(all, all[3]!)!;
    assert.deepEqual(
      history.runs.map(({ startedAt }) => startedAt.slice(8, 10)),
      ['03', '04'],
    );
    assert.equal(history.nights, 2);
    assert.equal(historyOf(all, all[1]!), null, 'a run that is not whole is compared with none');
  });

  test('counts a run as whole when nothing of its selection is missing', () => {
    const { scenarios } = sampleReport();
    const isComplete = (changes: Partial<typeof scenarios>, hasGaps = false) =>
      historyLine(sampleReport({ scenarios: { ...scenarios, ...changes } }), {
        run: '1',
        series: 's',
        specRevision: 'r',
        hasGaps,
      }).complete;
    assert.equal(isComplete({}), true);
    assert.equal(isComplete({ notRun: 1 }), false);
    assert.equal(isComplete({ total: 0 }), false);
    assert.equal(isComplete({}, true), false);
  });

  test('shows the last sixty runs, and counts all', () => {
    const [line] = nights('p');
    const all = Array.from({ length: 70 }, (_, index) => ({ ...line!, run: `${index}` }));
    const history = historyOf(all, all.at(-1)!)!;
    assert.deepEqual([history.nights, history.runs.length], [70, 60]);
  });
});
