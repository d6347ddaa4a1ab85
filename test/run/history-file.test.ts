// history.ndjson: bounded, whole, put together from what several machines wrote, and worth no less for a damaged line.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { compareWithEarlierRuns } from '../../src/run/earlier-runs.ts';
import { addToHistory } from '../../src/run/history-file.ts';
import { historyLine } from '../../src/verdict/history.ts';
import type { HistoryLine } from '../../src/verdict/report-types.ts';
import { sampleReport, sampleRequirement } from '../report/sample-report.ts';

function line(run: string, startedAt: string, changes: Partial<HistoryLine> = {}): HistoryLine {
  const report = sampleReport({ startedAt, requirements: [sampleRequirement('A', 'pass')] });
  return { ...historyLine(report, { run, series: 's', specRevision: 'r', hasGaps: false }), ...changes };
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1) + minute * 60_000).toISOString();
const ndjson = (lines: readonly object[]) => lines.map((one) => `${JSON.stringify(one)}\n`).join('');

suite('The history of a folder', () => {
  let folder = '';
  const file = () => path.join(folder, 'history.ndjson');
  const kept = () =>
    readFileSync(file(), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((one) => JSON.parse(one));
  const runs = () => kept().map(({ run }) => run);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, maxRetries: 3 }));

  test('gets a line a run, with what it came to', async () => {
    assert.deepEqual((await addToHistory(folder, line('a', at(1)))).notes, []);
    const { lines } = await addToHistory(folder, line('b', at(2)));
    assert.deepEqual(kept(), [line('a', at(1)), line('b', at(2))]);
    assert.deepEqual(lines, kept());
    assert.deepEqual(kept()[0].requirements, { A: 'pass' });
  });

  test('has a run once, as the last line about it says, and all by time', async () => {
    const twice = line('b', at(2), { requests: 1 });
    writeFileSync(
      file(),
      ndjson([line('c', at(3)), twice, line('a', at(1)), line('b', at(2), { requests: 2 })]),
    );
    await addToHistory(folder, line('c', at(3), { requests: 3 }));
    assert.deepEqual(
      kept().map(({ run, requests }) => [run, requests]),
      [
        ['a', 1241],
        ['b', 2],
        ['c', 3],
      ],
    );
  });

  test('takes in what another machine wrote, as a file beside it or in one with it', async () => {
    writeFileSync(file(), `\ufeff${ndjson([line('a', at(1)), line('c', at(3))])}`.replaceAll('\n', '\r\n'));
    writeFileSync(path.join(folder, 'history.other.ndjson'), ndjson([line('b', at(2)), line('a', at(1))]));
    assert.deepEqual((await addToHistory(folder, line('d', at(4)))).notes, []);
    assert.deepEqual(runs(), ['a', 'b', 'c', 'd']);
  });

  test('loses only the line that is damaged, and says which', async () => {
    const good = ndjson([line('a', at(1))]);
    const wrong = [
      good.slice(0, 40),
      '[]',
      '<<<<<<< ours',
      '{"run":"x"}',
      JSON.stringify(line('x', 'yesterday')),
      JSON.stringify({ ...line('x', at(1)), requirements: [1] }),
      '\ufffd\0',
    ];
    writeFileSync(file(), `${good}\n${wrong.join('\n')}\n${ndjson([line('b', at(2))])}`);
    const { notes } = await addToHistory(folder, line('c', at(3)));
    assert.deepEqual(runs(), ['a', 'b', 'c']);
    assert.deepEqual(notes, [
      'history.ndjson: 7 lines cannot be read and are left out (3, 4, 5, 6, 7, …); the others count',
    ]);
    writeFileSync(file(), `half\n${good}`);
    assert.deepEqual((await addToHistory(folder, line('c', at(3)))).notes, [
      'history.ndjson: 1 line cannot be read and is left out (1); the others count',
    ]);
    assert.deepEqual((await addToHistory(folder, line('d', at(4)))).notes, [], 'said once');
  });

  test('keeps what a later version of the suite adds to a line', async () => {
    writeFileSync(file(), ndjson([{ ...line('a', at(1)), later: { x: 1 } }]));
    await addToHistory(folder, line('b', at(2)));
    assert.deepEqual(kept()[0].later, { x: 1 });
  });

  test('keeps the last 400 runs of each selection', async () => {
    const many = Array.from({ length: 405 }, (_, index) => line(`${index}`, at(index)));
    writeFileSync(file(), ndjson([line('other', at(0), { series: 't' }), ...many]));
    await addToHistory(folder, line('last', at(999)));
    assert.equal(runs().length, 401);
    assert.deepEqual(runs().slice(0, 2), ['other', '6']);
    assert.equal(runs().at(-1), 'last');
  });

  test('keeps 2000 runs in all, whatever is selected', async () => {
    const many = Array.from({ length: 2005 }, (_, index) =>
      line(`${index}`, at(index), { series: `${index}` }),
    );
    writeFileSync(file(), ndjson(many));
    await addToHistory(folder, line('last', at(9999)));
    assert.deepEqual([runs().length, runs()[0]], [2000, '6']);
  });

  const unreadable: [name: string, make: () => void][] = [
    ['a folder', () => mkdirSync(file())],
    [
      'a link',
      () => {
        writeFileSync(path.join(folder, 'elsewhere'), ndjson([line('a', at(1))]));
        symlinkSync(path.join(folder, 'elsewhere'), file());
      },
    ],
  ];
  for (const [name, make] of unreadable) {
    test(`is left alone, and that is said, when it is ${name}`, async () => {
      make();
      const { notes, lines } = await addToHistory(folder, line('b', at(2)));
      assert.deepEqual(notes, [
        'history.ndjson cannot be read (it is not a file), so this run is not added to it',
      ]);
      assert.equal(lines.length, 1);
    });
  }

  test('that cannot be written is said', async () => {
    const { notes } = await addToHistory(path.join(folder, 'nowhere'), line('a', at(1)));
    assert.match(
      notes.join(),
      /^history\.ndjson could not be written, so this run will be missing in it: ENOENT/,
    );
  });

  const night = (
    day: number,
    verdict: 'pass' | 'fail',
    own: Partial<Parameters<typeof sampleReport>[0]> = {},
  ) =>
    sampleReport({
      startedAt: `2026-11-${day}T02:00:00.000Z`,
      requirements: [sampleRequirement('A', verdict)],
      ...own,
    });
  const where = () => ({ reportsDir: folder, failOn: 'must' as const });

  test('tells a report since when a requirement is broken', async () => {
    await compareWithEarlierRuns(where(), night(10, 'pass'), { run: '1' });
    await compareWithEarlierRuns(where(), night(11, 'fail'), { run: '2' });
    const report = night(12, 'fail');
    assert.deepEqual(await compareWithEarlierRuns(where(), report, { run: '3' }), []);
    assert.deepEqual(report.history?.requirements, [
      {
        id: 'A',
        isNew: false,
        broken: { nights: 2, since: '2026-11-11T02:00:00.000Z', orEarlier: false },
        changes: 1,
        within: 3,
      },
    ]);
    assert.equal(report.comparison?.stillFailing.length, 1);
  });

  test('has no line of a shard, and no night of what lacks a part', async () => {
    const shard = night(10, 'pass', { selection: { whole: false, words: '--shard 1/2' } });
    await compareWithEarlierRuns(where(), shard, { run: '1', isShard: true });
    assert.throws(kept, /ENOENT/);
    assert.equal(shard.history, undefined);
    const part = night(11, 'fail');
    await compareWithEarlierRuns(where(), part, { run: '2', hasGaps: true });
    assert.equal(part.history, null);
    assert.partialDeepStrictEqual(kept(), [{ run: '2', complete: false }]);
    const next = night(12, 'pass');
    await compareWithEarlierRuns(where(), next, { run: '3' });
    assert.equal(next.history?.nights, 1);
    assert.equal(next.comparison ?? null, null, 'nor is it what the next run is compared with');
  });
});
