// The verdict of a run is the same wherever it is read, and nothing that happens around the reports changes it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { type Run, run, secret, settingsFor, temporaryFolder } from './harness.ts';
import { profile } from './profiles.ts';
import { always, before, sandboxWith, success } from './tenants.ts';

const minimum = 'features/conversation-events/minimum-conversation.feature';

function read({ reports }: Run, name: string): string {
  return readFileSync(path.join(reports, name), 'utf8');
}

function junitOf(of: Run): string {
  return /<testsuites [^>]*>/.exec(read(of, 'junit.xml'))![0];
}

suite('A known deviation hides no other breach', () => {
  test('of the same answer', async () => {
    const env = await success({ status: 202, body: 'garbage' });
    const own = profile(env);
    own.deviations.write(
      '- {requirement: HOOKS-RESP-01, message: answered 202, reason: comes with release 12}\n',
    );
    const ended = await run([minimum, ...own.args], { env });
    assert.equal(ended.code, 1, ended.output);
    assert.match(ended.output, /^fail +HOOKS-RESP-02 \(must\) /m);
  });

  test('of the same requirement', async () => {
    const outcome = () => ({ sessionId: 's', agentId: 'a', status: 'TRANSFERRED' });
    const env = await sandboxWith({ outcome });
    const own = profile(env);
    own.deviations.write(
      '- {requirement: ASSIGN-RESP-01, message: requestCompletedAt is missing, reason: comes with release 12}\n',
    );
    const ended = await run(['--tags', '@ASSIGN-RESP-01', ...own.args], { env });
    assert.equal(ended.code, 1, ended.output);
    assert.match(ended.output, /^fail +ASSIGN-RESP-01 \(must\) .*status is "TRANSFERRED"/m);
    assert.match(ended.output, /^warning +ASSIGN-RESP-03 \(should\) /m);
  });
});

suite('JUnit is as bad as the run', () => {
  test('where nothing could be judged', async () => {
    const ended = await run(['features/routing'], { env: settingsFor((await always(400, '{}')).TENANT_URL) });
    assert.equal(ended.code, 3, ended.output);
    assert.match(
      ended.output,
      /^verdict +inconclusive: nothing was judged; only part of the suite was selected$/m,
    );
    assert.match(junitOf(ended), / errors="1"/);
  });

  test('where scenarios are only observed', async () => {
    const ended = await run(['--tags', '@X-31']);
    assert.equal(ended.code, 3, ended.output);
    assert.match(junitOf(ended), / failures="0" errors="1"/);
  });
});

suite('A file that cannot be written beside the reports does not change the verdict', () => {
  test('the summary of a job on GitHub', async () => {
    const good = path.join(temporaryFolder(), 'summary.md');
    writeFileSync(good, 'before\n');
    const folder = temporaryFolder();
    const [written, lost, unreachable] = await Promise.all([
      run([minimum], { env: { GITHUB_STEP_SUMMARY: good } }),
      run([minimum], { env: { GITHUB_STEP_SUMMARY: folder } }),
      run([minimum], {
        env: { ...settingsFor('http://127.0.0.1:1'), CONFORMANCE_GATE: 'on', GITHUB_STEP_SUMMARY: folder },
      }),
    ]);
    assert.equal(written.code, 0, written.output);
    assert.match(readFileSync(good, 'utf8'), /^before\n## .*partial: no breach in the part that ran/);
    assert.equal(lost.code, 0, lost.output);
    assert.match(lost.output, /GITHUB_STEP_SUMMARY .* cannot be written: EISDIR/);
    assert.equal(unreachable.code, 3, unreachable.output);
    assert.match(unreachable.output, /npm run doctor looks closer/);
  });

  test('the run to compare the next one with', async () => {
    const reports = temporaryFolder();
    writeFileSync(path.join(reports, 'last-runs'), 'a file where a folder should be');
    const ended = await run([minimum], { reports });
    assert.equal(ended.code, 0, ended.output);
    assert.match(ended.output, /the next run cannot be compared with this one/);
    assert.equal(JSON.parse(read(ended, 'conformance.json')).verdict, 'partial');
  });
});

suite('A run is compared with the one before', () => {
  test('of the same tenant and selection', async () => {
    const reports = temporaryFolder();
    mkdirSync(reports, { recursive: true });
    const broken = await success({ status: 202 });
    const tenant = await before((_, __, response) => {
      if (!down) return false;
      response.writeHead(500).end();
      return true;
    });
    let down = false;
    const first = await run([minimum], { reports, env: tenant.env });
    assert.doesNotMatch(first.output, /^last run/m);
    const elsewhere = await run([minimum], { reports, env: broken });
    assert.doesNotMatch(elsewhere.output, /^last run/m, 'another tenant');
    down = true;
    const second = await run([minimum], { reports, env: { ...tenant.env, CONFORMANCE_GATE: 'off' } });
    assert.match(second.output, /^last run +.*\d newly failing/m);
    const { newlyFailing } = JSON.parse(read(second, 'conformance.json')).comparison;
    assert.ok(newlyFailing.some(({ id }: { id: string }) => id === 'HOOKS-SEQ-04'));
    const third = await run([minimum], { reports, env: { ...tenant.env, CONFORMANCE_GATE: 'off' } });
    assert.match(third.output, /^last run +Nothing has changed: \d still failing/m);
  });
});

test('what --fail-fast left out is not an error of the harness', async () => {
  const tenant = await before((body, request) => {
    if (!body.includes('END_OF_CONVERSATION')) return false;
    request.socket.destroy();
    return true;
  });
  const ended = await run([minimum, '--fail-fast'], { env: tenant.env });
  assert.equal(ended.code, 3, ended.output);
  assert.match(ended.output, /did not run to their end, because of --fail-fast/);
});

test('a part of a secret is not quoted either', async () => {
  const status = `${'x'.repeat(30)}${secret}`;
  const { TENANT_URL } = await always(200, JSON.stringify({ STATUS: status }));
  const ended = await run([minimum], { env: settingsFor(TENANT_URL) });
  assert.equal(ended.code, 1);
  for (const text of [ended.output, read(ended, 'conformance.json'), read(ended, 'junit.xml')]) {
    assert.ok(!text.includes(secret.slice(0, 10)), 'the beginning of the secret');
  }
});

test('the options of npm test are listed, and a misspelt one is guessed', async () => {
  const help = await run(['--help'], { measured: true });
  assert.match(help.output, /--update-deviations +write what fails now/);
  const misspelt = await run(['--update-deviatons']);
  assert.equal(misspelt.code, 2);
  assert.match(misspelt.output, /did you mean --update-deviations\?/);
});
