// What did not pass is run again, and the reports of the last run are brought up to date by it.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { decidedAgain } from '../../src/merge/decided-again.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { ScenarioResult } from '../../src/verdict/collector.ts';
import { atEnd, type Run, run, temporaryFolder } from '../run/harness.ts';
import { profile } from '../run/profiles.ts';
import { before as inFront } from '../run/tenants.ts';
import { changed, command, reportIn } from './shards.ts';

/** How the tenant takes a summary trigger. */
let mood: 'as documented' | 'queued' | 'not at all' = 'queued';

const features = [
  'features/conversation-events/minimum-conversation.feature',
  'features/conversation-events/summary.feature',
];

suite('What did not pass is run again', { concurrency: false }, () => {
  let tenant: Awaited<ReturnType<typeof inFront>>;
  let first: Run;
  let reports: string;
  const rerun = (args: string[] = [], env: Record<string, string> = {}, folder = reports) =>
    run(['--rerun', ...args], { env: { ...tenant.env, ...env }, reports: folder, measured: true });
  const evidence = () => readFileSync(path.join(reports, 'evidence.ndjson'), 'utf8').trim().split('\n');
  const history = () =>
    readFileSync(path.join(reports, 'history.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  before(async () => {
    tenant = await inFront((body, _, response) => {
      if (mood === 'as documented' || !body.includes('TRIGGER_SUMMARY_EVENT')) return false;
      if (mood === 'queued') response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
      else response.destroy();
      return true;
    });
    reports = temporaryFolder();
    first = await run([...features, '--seed', '7'], { env: tenant.env, reports });
    assert.equal(first.code, 1, first.output);
  });

  test('a breach stays when it could not be decided again', async () => {
    mood = 'not at all';
    const { code, output } = await rerun();
    mood = 'as documented';
    assert.equal(code, 1, output);
    assert.match(
      output,
      /Nothing was decided again\. \d+ scenarios could not be decided again and stayed as before/,
    );
    assert.deepEqual(reportIn(reports).again, []);
  });

  test('nothing is sent when something else is selected, or the kind is unknown', async () => {
    const sent = tenant.received.length;
    const both = await rerun(['--tags', '@smoke']);
    assert.equal(both.code, 2);
    assert.match(
      both.output,
      /OPTION_INVALID .*--rerun selects what did not pass.*leave out --tags "\(@smoke\)"/,
    );
    const unknown = await rerun(['faild']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.output, /--rerun faild: must be one of failed, warning, inconclusive/);
    const others = await rerun(['warning,inconclusive']);
    assert.equal(others.code, 1);
    assert.match(
      others.output,
      /Nothing to run again: no scenario of the last run came to a warning or was inconclusive\./,
    );
    assert.match(others.output, /The last run stays as it was:\nnon-conformant: \d+ requirements? fails?/);
    assert.equal(tenant.received.length, sent);
  });

  test('a run of another commit, tenant, dialect or seed is refused before anything is sent', async () => {
    const sent = tenant.received.length;
    const refused = async (says: RegExp, folder: string, args: string[] = [], env = {}) => {
      const before = readFileSync(path.join(folder, 'conformance.json'), 'utf8');
      const { code, output } = await rerun(args, env, folder);
      assert.equal(code, 2, output);
      assert.match(output, says);
      assert.match(output, /RERUN_IMPOSSIBLE/);
      assert.equal(readFileSync(path.join(folder, 'conformance.json'), 'utf8'), before);
    };
    const commit = await changed(reports, {
      head: (head) => ({ ...head, suite: { ...head.suite, commit: 'f4ef844' } }),
    });
    await refused(/the runs are of commit f4ef844, and this is /, commit);
    await refused(/the tenant: .*; https:\/\/other\.example, bot /, reports, [], {
      TENANT_URL: 'https://other.example',
    });
    const unset = Object.fromEntries(Object.keys(tenant.env).map((name) => [name, '']));
    await refused(/TENANT_URL is not set/, reports, [], unset);
    await refused(/TENANT_TRANSFER_TYPE_CASE: upper in .*; lower in this one/, reports, [], {
      TENANT_TRANSFER_TYPE_CASE: 'lower',
    });
    await refused(/--seed: 7 in .*; 8 in this one/, reports, ['--seed', '8']);
    assert.equal(tenant.received.length, sent);
  });

  test('without a last run it is refused, too', async () => {
    const { code, output } = await rerun([], {}, temporaryFolder());
    assert.equal(code, 2);
    assert.match(output, /RERUN_IMPOSSIBLE .*There is no last run in .*: run npm test without --rerun first/);
    const never = await changed(reports, {
      end: (end) => ({ ...end, trouble: 'TENANT_UNREACHABLE' }),
      messages: () => [],
    });
    assert.match((await rerun([], {}, never)).output, /it did not begin/);
    const bare = await changed(reports, { head: (head) => ({ ...head, selection: null }) });
    assert.match((await rerun([], {}, bare)).output, /cucumber-js was called itself/);
  });

  test('what passes now is in the reports of the whole, marked', async () => {
    const old = reportIn(reports);
    const kept = evidence();
    const sent = tenant.received.length;
    const { code, output } = await rerun();
    assert.equal(code, 0, output);
    const report = reportIn(reports);
    assert.equal(report.verdict, 'partial');
    const { total, failed } = old.scenarios;
    assert.deepEqual([report.scenarios.total, report.scenarios.failed], [total, 0]);
    assert.ok(failed > 0 && failed < total, 'only a part was run again');
    assert.ok(tenant.received.length - sent < old.requests);
    assert.equal(report.again?.length, failed);
    assert.deepEqual(new Set(report.again?.map(({ was, is }) => `${was} ${is}`)), new Set(['fail pass']));
    assert.deepEqual([report.startedAt, report.selection], [old.startedAt, old.selection]);
    const { name } = report.again![0]!;
    assert.ok(
      existsSync(path.join(reports, '.rerun', 'cucumber.html')),
      'that of the whole is not touched meanwhile',
    );
    const markdown = readFileSync(path.join(reports, 'conformance.md'), 'utf8');
    assert.match(markdown, /### Run again\n\n- .*: pass, before fail/);
    const page = readFileSync(path.join(reports, 'conformance.html'), 'utf8');
    assert.match(page, /A part was run again.*pass, before fail/);
    assert.match(page, /run again, before: fail · \d+ ms/);
    assert.ok(page.includes(name.slice(0, 20)));
    const junit = readFileSync(path.join(reports, 'junit.xml'), 'utf8');
    assert.equal(junit.match(/<property name="run again, before" value="fail"\/>/g)?.length, failed);
    const allure = readdirSync(path.join(reports, 'allure-results'))
      .filter((file) => file.endsWith('-result.json'))
      .map((file) => readFileSync(path.join(reports, 'allure-results', file), 'utf8'));
    assert.equal(allure.filter((text) => text.includes('"run again, before: fail"')).length, failed);
    assert.match(output, /run again +\d+ scenarios?, last at .*: \d+ pass, before fail/);
    assert.match(output, /scenarios? (was|were) decided again, and the reports brought up to date\./);
    // What was seen before stays evidence.
    assert.deepEqual(evidence().slice(0, kept.length), kept);
    assert.ok(evidence().length > kept.length);
  });

  test('it is the same night of the history, and is compared with the night before', () => {
    const nights = history();
    assert.equal(nights.length, 1);
    assert.equal(nights[0].requirements['HOOKS-RESP-01'], 'pass');
    assert.equal(reportIn(reports).comparison, null);
  });

  test('when all passes nothing is run', async () => {
    const { code, output } = await rerun(['failed']);
    assert.equal(code, 0);
    assert.match(output, /Nothing to run again: no scenario of the last run has failed\./);
  });

  test('a last run of something else is refused, though nothing is left to run', async () => {
    const unset = Object.fromEntries(Object.keys(tenant.env).map((name) => [name, '']));
    const others: [args: string[], env: Record<string, string>, says: RegExp][] = [
      [[], { TENANT_URL: 'https://other.example' }, /the tenant: /],
      [[], { TENANT_BOT_ID: 'st-00000000-0000-5000-8000-000000000009' }, /the tenant: /],
      [[], unset, /TENANT_URL is not set/],
      [['--deep'], {}, /--deep: false in .*; true in this one/],
      [['--seed', '9'], {}, /--seed: 7 in .*; 9 in this one/],
      [['--fail-on', 'should'], {}, /FAIL_ON: must in .*; should in this one/],
    ];
    for (const [args, env, says] of others) {
      const { code, output } = await rerun(args, env);
      assert.equal(code, 2, output);
      assert.match(output, says);
    }
  });

  test('of a run that was killed, what it had not come to is run', async () => {
    const killed = await changed(reports, {
      end: () => undefined,
      messages: (all) => all.slice(0, all.findIndex(({ testCaseFinished }) => testCaseFinished) + 1),
    });
    const { code, output } = await rerun(['inconclusive'], {}, killed);
    assert.equal(code, 0, output);
    const { again, scenarios, durationMs } = reportIn(killed);
    assert.deepEqual([scenarios.notRun, again?.length], [0, scenarios.total - 1]);
    assert.ok(again?.every(({ was, is }) => was === 'not-run' && is === 'pass'));
    assert.ok(durationMs < 60_000, `${durationMs} ms`);
  });

  test('the whole can be judged again, and merge takes it for one run', async () => {
    const judged = await command('judge', [reports]);
    assert.equal(judged.code, 0, judged.output);
    assert.equal(reportIn(path.join(reports, 'judged-again')).again?.length, reportIn(reports).again?.length);
    const output = path.join(temporaryFolder(), 'merged');
    const merged = await command('merge', [reports, path.join(reports, '.rerun'), '--output', output]);
    assert.equal(merged.code, 0, merged.output);
    assert.match(
      merged.output,
      /\.rerun was left out: npm test -- --rerun has written it, so it is not a shard/,
    );
    assert.ok(existsSync(path.join(output, 'conformance.json')));
    assert.ok(readdirSync(path.join(reports, 'last-runs')).length > 0);
  });
});

test('a list of known deviations that was corrected since is named when nothing is left to run', async () => {
  const sandbox = await startSandbox();
  atEnd(() => sandbox.close());
  const { args, deviations } = profile(sandbox.settings);
  const reports = temporaryFolder();
  const again = () => run([...args, '--rerun'], { reports, env: sandbox.settings });
  deviations.write('- requirement: HOOKS-SEQ-13\n  message: x\n  reason: agreed\n');
  const first = await run([...args, '--tags', '@HOOKS-SEQ-13'], { reports, env: sandbox.settings });
  assert.equal(first.code, 1, first.output);
  const same = await again();
  assert.equal(same.code, 1);
  assert.match(
    same.output,
    /list of known deviations needs tidying.*\n.*matches no finding any more: remove it/,
  );
  assert.doesNotMatch(same.output, /has changed since/);
  deviations.write('');
  assert.match((await again()).output, /The list of known deviations has changed since: npm run judge/);
});

test('a run of the embedded sandbox is no run with --deep, though nothing is left to run', async () => {
  const reports = temporaryFolder();
  const first = await run(['--tags', '@HOOKS-SEQ-13'], { reports });
  assert.equal(first.code, 0, first.output);
  const same = await run(['--rerun'], { reports });
  assert.equal(same.code, 0, same.output);
  const deep = await run(['--rerun', '--deep'], { reports });
  assert.equal(deep.code, 2);
  assert.match(deep.output, /--deep: false in .*; true in this one/);
});

test('only what is decided replaces what was decided', () => {
  const result = (verdict: ScenarioResult['verdict']) =>
    ({ uri: 'a', line: 1, name: 'A', verdict }) as ScenarioResult;
  const counts = (was: ScenarioResult['verdict'], is: ScenarioResult['verdict']) =>
    decidedAgain({ before: [result(was)], after: [result(is)], at: '' }).length === 1;
  for (const is of ['pass', 'fail', 'warning', 'harness-error'] as const) assert.ok(counts('fail', is), is);
  assert.ok(counts('inconclusive', 'inconclusive'));
  assert.ok(counts(undefined, 'inconclusive'));
  for (const is of ['inconclusive', undefined] as const) assert.ok(!counts('warning', is), is);
});
