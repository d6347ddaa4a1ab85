// Shards come back together: the verdict of all is that of one run, finding for finding; what does not fit is refused by name,
// and what is missing is not green.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { keptRun } from '../../src/merge/kept-run.ts';
import { combinedBehaviour } from '../../src/sandbox/combined-behaviour.ts';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { fewAtATime, type Run, run, temporaryFolder } from '../run/harness.ts';
import { type Profile, profile } from '../run/profiles.ts';
import { sandboxWith } from '../run/tenants.ts';
import { changed, command, reportIn } from './shards.ts';

const features = [
  'features/conversation-events/minimum-conversation.feature',
  'features/conversation-events/redial.feature',
  'features/conversation-events/summary.feature',
];

const planted = ['refuses-a-redial-after-a-warm-transfer', 'answers-202-to-a-summary-trigger'];

/** A tenant that breaks two rules; one of them is known, and one that is listed is kept again. */
async function deviatingTenant(): Promise<Profile & { env: Record<string, string> }> {
  const env = await sandboxWith(combinedBehaviour(faults.filter(({ name }) => planted.includes(name))));
  const own = profile(env);
  own.deviations.write(
    [
      '- requirement: HOOKS-RESP-01',
      '  message: "."',
      '  reason: comes with release 12',
      '- requirement: HOOKS-SEQ-04',
      '  message: "."',
      '  reason: was so before release 11',
    ].join('\n'),
  );
  return { ...own, env };
}

/** Without what differs from one run to the next: ids, moments, durations, and requests that are sent once a process. */
function findingsOf(folder: string) {
  const { startedAt, durationMs, comparison, history, requests, ...report } = reportIn(folder);
  const text = JSON.stringify(report)
    .replace(/conformance-[^"'\\ ,]+/g, 'conversation')
    .replace(/"durationMs":[\d.]+/g, '"durationMs":0')
    .replace(/\b1[67]\d{11}\b/g, 'now')
    .replace(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d [\d:]+ GMT/g, 'now')
    .replace(/20\d\d-\d\d-\d\d \d\d:\d\d UTC/g, 'now')
    .replace(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'now');
  return JSON.parse(text);
}

function namesOfCases(folder: string): string[] {
  const names =
    readFileSync(path.join(folder, 'junit.xml'), 'utf8').match(/<testcase [^>]*name="[^"]*"/g) ?? [];
  return names.map((name) => name.replace(/conformance-[^"'\\ ,]+/g, 'conversation'));
}

suite('Shards that are merged', { concurrency: false }, () => {
  let whole: Run;
  let parts: Run[];
  let merged: string;
  let ended: { code: number; output: string };

  before(async () => {
    const own = await deviatingTenant();
    const runs = [[], ['--shard', '1/3'], ['--shard', '2/3'], ['--shard', '3/3']];
    [whole, ...parts] = (await fewAtATime(
      runs.map(
        (shard) => () => run([...features, '--fail-on', 'should', ...own.args, ...shard], { env: own.env }),
      ),
    )) as [Run, ...Run[]];
    merged = path.join(temporaryFolder(), 'merged');
    // In any order, and by a pattern.
    const given = [parts[2]!.reports, parts[0]!.reports, `${parts[1]!.reports}*`];
    ended = await command('merge', [...given, '--output', merged]);
  });

  test('come to what one run comes to, finding for finding', () => {
    assert.equal(whole.code, 1, whole.output);
    assert.equal(ended.code, 1, ended.output);
    assert.match(ended.output, /Merged from 3 runs\./);
    const report = findingsOf(merged);
    assert.deepEqual(report, findingsOf(whole.reports));
    const verdicts = new Set(report.requirements.map(({ verdict }: { verdict: string }) => verdict));
    for (const verdict of ['fail', 'known-deviation', 'unexpected-pass'])
      assert.ok(verdicts.has(verdict), verdict);
  });

  test('which no shard alone comes to: none has seen all that an obsolete deviation is about', () => {
    for (const { reports } of parts) {
      assert.ok(!reportIn(reports).requirements.some(({ verdict }) => verdict === 'unexpected-pass'));
    }
  });

  test('have every report that a run has', () => {
    const ofRun = readdirSync(whole.reports).filter(
      (name) => !['last-runs', '.allure', '.conformance'].includes(name),
    );
    for (const name of ofRun) assert.ok(existsSync(path.join(merged, name)), name);
    assert.deepEqual(namesOfCases(merged), namesOfCases(whole.reports));
    const linesOf = (folder: string) =>
      readFileSync(path.join(folder, 'evidence.ndjson'), 'utf8').split('\n');
    assert.deepEqual(linesOf(merged), [...parts.flatMap(({ reports }) => linesOf(reports).slice(0, -1)), '']);
    for (const name of ['cucumber.html', 'conformance.html', 'conformance.md']) {
      const [own, ofAll] = [whole.reports, merged].map((folder) => statSync(path.join(folder, name)).size);
      assert.ok(Math.abs(ofAll! / own! - 1) < 0.1, `${name} has ${ofAll} bytes, and ${own} of one run`);
    }
    const results = (folder: string) => readdirSync(path.join(folder, 'allure-results')).length;
    assert.ok(results(merged) >= results(whole.reports));
  });

  test('are compared with the merge before', async () => {
    const again = await command('merge', [...parts.map(({ reports }) => reports), '--output', merged]);
    assert.match(again.output, /last run/);
    assert.deepEqual(reportIn(merged).comparison?.newlyFailing, []);
  });

  test('are one night in the history, however often they are merged', () => {
    const [line, ...others] = readFileSync(path.join(merged, 'history.ndjson'), 'utf8').trim().split('\n');
    assert.deepEqual(others, []);
    const { requirements, complete, selection, specRevision } = JSON.parse(line!);
    assert.equal(complete, true);
    assert.equal(selection, reportIn(merged).selection.words);
    assert.equal(requirements['HOOKS-SEQ-04'], 'unexpected-pass');
    assert.match(specRevision, /^[0-9a-f]{12}$/);
    for (const { reports } of parts) assert.ok(!existsSync(path.join(reports, 'history.ndjson')), reports);
    assert.equal(reportIn(whole.reports).history?.nights, 1);
  });

  test('can be judged again as the one run that they are', async () => {
    const judged = await command('judge', [merged]);
    assert.equal(judged.code, 1, judged.output);
    assert.deepEqual(findingsOf(path.join(merged, 'judged-again')), findingsOf(merged));
  });

  test('are never written over: their folder is refused', async () => {
    const folders = parts.map(({ reports }) => reports);
    const { code, output } = await command('merge', [...folders, '--output', folders[0]!]);
    assert.equal(code, 2);
    assert.match(output, /RUNS_DO_NOT_FIT .* has one of the runs.*--output/);
    assert.ok(existsSync(path.join(folders[0]!, 'conformance.json')));
  });

  test('without one of them fail all the same, and name it', async () => {
    const to = path.join(temporaryFolder(), 'merged');
    const { code, output } = await command('merge', [parts[0]!.reports, parts[2]!.reports, '--output', to]);
    assert.equal(code, 1);
    assert.match(output, /Shard 2\/3 is missing: none of the folders has it\./);
  });

  test('are refused when they are not of one run: everything at once, by name', async () => {
    const [one, two, three] = parts.map(({ reports }) => reports) as [string, string, string];
    const other = await changed(two, {
      head: (head) => ({
        ...head,
        suite: { ...head.suite, commit: 'f4ef844', seed: 7 },
        specRevision: 'other',
        tenant: { ...head.tenant, url: 'https://other.example', profile: 'other' },
        dialect: { ...head.dialect, TENANT_TRANSFER_TYPE_CASE: 'lower' },
        selection: { ...head.selection!, words: '--tags "@smoke"', shard: '1/4' },
        startedAt: '2024-01-01T00:00:00.000Z',
        deviations: [],
        observed: [{ ambiguity: 'X-16', question: 'a', answer: 'b' }],
      }),
    });
    const copy = await changed(three, {});
    const to = path.join(temporaryFolder(), 'merged');
    const { code, output } = await command('merge', [one, other, three, copy, '--output', to]);
    assert.equal(code, 2);
    assert.match(output, /RUNS_DO_NOT_FIT/);
    for (const named of [
      'the commit of the suite: ',
      'f4ef844 in ',
      'the requirements ',
      'the tenant: ',
      'https://other.example, bot ',
      'the profile ',
      'TENANT_TRANSFER_TYPE_CASE: ',
      'the selection: ',
      'the number of shards: ',
      '--seed: ',
      'the list of known deviations: ',
      'the list of observed behaviour: ',
      'is it left from another night?',
      'shard 3/3 is there 2 times: ',
    ]) {
      assert.ok(output.includes(named), `${named} in\n${output}`);
    }
    assert.ok(!existsSync(to));
  });

  test('are refused when a scenario is in two of them, or is not known to the others', async () => {
    const [one, two, three] = parts.map(({ reports }) => reports) as [string, string, string];
    const again = await changed(one, {
      head: (head) => ({ ...head, selection: { ...head.selection!, shard: '2/3' } }),
      messages: (all) =>
        all.map((envelope) =>
          envelope.pickle?.uri.endsWith('minimum-conversation.feature')
            ? { pickle: { ...envelope.pickle, name: 'Another scenario' } }
            : envelope,
        ),
    });
    const to = path.join(temporaryFolder(), 'merged');
    const { code, output } = await command('merge', [one, again, three, '--output', to]);
    assert.equal(code, 2);
    assert.match(output, /".+" \(features\/conversation-events\/redial\.feature:\d+\) is in .+ and .+/);
    assert.match(
      output,
      /"Another scenario" \(.+minimum-conversation\.feature:\d+\) of .+ is not in the other runs/,
    );
    assert.ok(existsSync(two));
  });

  test('cannot be of runs that cucumber-js made, or of another commit than this suite', async () => {
    const unknown = await changed(parts[0]!.reports, { head: (head) => ({ ...head, selection: null }) });
    const refused = await command('merge', [unknown]);
    assert.equal(refused.code, 2);
    assert.match(refused.output, /cucumber-js was called itself.*use npm test/);
    const all = await Promise.all(
      parts.map(({ reports }) =>
        changed(reports, { head: (head) => ({ ...head, suite: { ...head.suite, commit: '0123abc' } }) }),
      ),
    );
    const other = await command('merge', all);
    assert.equal(other.code, 2);
    assert.match(other.output, /the runs are of commit 0123abc, and this is .*npm run judge/);
  });
});

suite('Of shards without a breach', { concurrency: false }, () => {
  let parts: string[];
  const to = () => path.join(temporaryFolder(), 'merged');

  before(async () => {
    const env = await sandboxWith({});
    const runs = ['1/2', '2/2'].map(
      (shard) => () => run(['--tags', '@HOOKS-SUM-03', '--shard', shard], { env, measured: true }),
    );
    parts = (await fewAtATime(runs)).map(({ reports }) => reports);
  });

  const merged = async (folders: string[]) => {
    const output = to();
    return { ...(await command('merge', [...folders, '--output', output])), reports: output };
  };

  test('all are green, where a run of all would write its reports', async () => {
    const reports = to();
    const { code, output } = await command('merge', parts, { REPORTS_DIR: reports });
    assert.equal(code, 0, output);
    assert.equal(reportIn(reports).verdict, 'partial');
  });

  test('one that is missing makes the night inconclusive, with its number', async () => {
    const { code, output, reports } = await merged([parts[1]!]);
    assert.equal(code, 3, output);
    assert.deepEqual(reportIn(reports).reasons, ['Shard 1/2 is missing: none of the folders has it.']);
    assert.match(output, /Run the shards again that are named/);
  });

  test('one that was killed does so too, with what it has left', async () => {
    const killed = await changed(parts[0]!, {
      end: () => undefined,
      messages: (all) => all.slice(0, all.findIndex(({ testCaseStarted }) => testCaseStarted) + 2),
    });
    const { code, output, reports } = await merged([killed, parts[1]!]);
    assert.equal(code, 3, output);
    assert.match(reportIn(reports).reasons.join('\n'), /Shard 1\/2 in .+ has no end: it was killed/);
    assert.ok(reportIn(reports).scenarios.notRun > 0);
    const again = await command('judge', [reports]);
    assert.equal(again.code, 3, 'what was missing stays missing');
  });

  test('one that never began does so too', async () => {
    const trouble = 'TENANT_UNREACHABLE  https://tenant.example\n  no connection';
    const idle = await changed(parts[0]!, { end: (end) => ({ ...end, trouble }), messages: () => [] });
    const { code, reports } = await merged([idle, parts[1]!]);
    assert.equal(code, 3);
    assert.match(
      reportIn(reports).reasons.join('\n'),
      /Shard 1\/2 in .+ did not begin: TENANT_UNREACHABLE +https:\/\/tenant\.example/,
    );
  });

  test('they are found below a folder, and whatever holds no run is named', async () => {
    const above = temporaryFolder();
    for (const [index, from] of parts.entries()) {
      const copy = await changed(from, {}, `shard-${index}`);
      assert.ok(existsSync(copy));
    }
    writeFileSync(path.join(above, 'messages.ndjson.gz'), 'not packed');
    mkdirSync(path.join(above, 'empty'));
    const given = [above, path.join(above, 'empty'), path.join(above, 'gone'), path.join(above, 'x*')];
    const { code, output } = await command('merge', given);
    assert.equal(code, 2);
    assert.match(output, /RUNS_UNREADABLE/);
    assert.match(output, /empty {2}has no messages\.ndjson\.gz/);
    assert.match(output, /gone {2}does not exist/);
    assert.match(output, /x\* {2}matches no folder/);
    assert.match(output, /messages\.ndjson\.gz {2}cannot be read: Z_DATA_ERROR/);
  });
});

test('a run says what it is about before it sends anything, and how it ended', async () => {
  const { reports } = await run(['--tags', '@HOOKS-SUM-03', '--shard', '1/9'], {
    env: { TENANT_URL: 'http://127.0.0.1:9', ...unreachable },
  });
  const kept = await keptRun(reports);
  assert.ok(!('problem' in kept));
  assert.equal(kept.head.selection?.shard, '1/9');
  assert.equal(kept.head.tenant.url, 'http://127.0.0.1:9');
  assert.match(kept.end?.trouble ?? '', /TENANT_UNREACHABLE/);
});

const unreachable = {
  TENANT_BOT_ID: 'st-1a2b3c4d-0000-5111-8222-333344445555',
  TENANT_CLIENT_ID: 'cs-1a2b3c4d-0000-5111-8222-333344445555',
  TENANT_CLIENT_SECRET: 'a-secret-that-must-never-be-shown',
};
