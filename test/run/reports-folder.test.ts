// REPORTS_DIR is one run's at a time; a run deletes and searches what runs have made there, and nothing else; and what could
// not be written is named, and not taken for a verdict.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Canary } from '../../src/run/canary.ts';
import { prepareReports } from '../../src/run/reports-folder.ts';
import { lockFolder } from '../../src/system/folder-lock.ts';
import { listIn, madeIn, writtenFiles } from '../../src/system/made-files.ts';
import { replaceFile } from '../../src/system/replace-file.ts';
import { run, temporaryFolder } from './harness.ts';

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

suite('Before a run', () => {
  test('what earlier runs have made is deleted, and nothing else', async () => {
    const outside = folderWith({ kept: 'x' });
    const list = [
      'conformance.json',
      'allure-results/a-result.json',
      `../${path.basename(outside)}/kept`,
      path.join(outside, 'kept'),
      'allure-results/../notes.txt',
      'link/kept',
      '..',
      '.',
      '',
    ];
    const folder = folderWith({
      '.made-by-conformance-runs': list.join('\n'),
      'conformance.json': '{}',
      'notes.txt': 'mine',
      'allure-results/a-result.json': '{}',
      'allure-results/b-result.json': '{}',
      'allure-report/index.html': 'of a colleague',
    });
    symlinkSync(outside, path.join(folder, 'link'), 'junction');
    const [said = ''] = await prepareReports(folder);
    assert.match(said, /allure-results has 1 file that no run has made/);
    assert.deepEqual(readdirSync(path.join(folder, 'allure-results')), ['b-result.json']);
    assert.ok(!existsSync(path.join(folder, 'conformance.json')));
    for (const name of ['notes.txt', 'allure-report/index.html', 'link/kept']) {
      assert.ok(existsSync(path.join(folder, name)), name);
    }
  });

  test('a report of an earlier version counts as made by a run', async () => {
    const report = JSON.stringify({ suite: { name: 'agent-ai-conformance' } });
    const folder = folderWith({ 'conformance.json': report, 'junit.xml': '', 'allure-results/a.json': '' });
    assert.deepEqual(await prepareReports(folder), []);
    assert.deepEqual(readdirSync(path.join(folder, 'allure-results')), []);
    assert.ok(!existsSync(path.join(folder, 'junit.xml')));
  });

  test('files and links of somebody else in their place are named, and stay', async () => {
    const target = path.join(folderWith({ target: 'x' }), 'target');
    const folder = folderWith({ 'junit.xml': 'of another suite' });
    for (const name of ['.conformance', 'cucumber.html'])
      symlinkSync(target, path.join(folder, name), 'file');
    symlinkSync(path.dirname(target), path.join(folder, 'allure-results'), 'junction');
    await assert.rejects(prepareReports(folder), (error: Error) => {
      assert.match(
        error.message,
        /^REPORTS_DIR_UNUSABLE .* has junit\.xml, cucumber\.html, \.conformance, allure-results, which no run has made/,
      );
      return true;
    });
    assert.equal(readFileSync(target, 'utf8'), 'x');
    assert.equal(readFileSync(path.join(folder, 'junit.xml'), 'utf8'), 'of another suite');
  });
});

test('a link in the place of a file is replaced, not followed; half a file is never left', async () => {
  const folder = folderWith({ target: 'x' });
  symlinkSync(path.join(folder, 'target'), path.join(folder, 'report'), 'file');
  await replaceFile(path.join(folder, 'report'), 'new');
  assert.equal(readFileSync(path.join(folder, 'target'), 'utf8'), 'x');
  assert.equal(readFileSync(path.join(folder, 'report'), 'utf8'), 'new');
  mkdirSync(path.join(folder, 'taken', 'by a folder'), { recursive: true });
  await assert.rejects(replaceFile(path.join(folder, 'taken'), 'new'));
  assert.deepEqual(readdirSync(folder).sort(), ['report', 'taken', 'target']);
});

test('what cannot be searched for secrets is named, and the rest is searched', async () => {
  const folder = folderWith({ file: 'the-secret-of-this-run' });
  const files = ['file', '', 'gone'].map((name) => path.join(folder, name));
  const { leaks, unsearched } = await new Canary().search('the-secret-of-this-run', files);
  assert.match(leaks.join('\n'), /file, byte 0: the client secret/);
  assert.deepEqual(unsearched, [`${files[1]}: not a file`, `${files[2]}: ENOENT`]);
});

suite('A whole run', () => {
  const one = ['--tags', '@HOOKS-SUM-03', 'features/conversation-events/summary.feature'];

  test('reads none of what is beside its reports, and lists what it has made', async () => {
    const secret = 'a-secret-of-the-neighbour';
    const reports = folderWith({
      '.env.old': `TENANT_CLIENT_SECRET=${secret}\n`,
      'node_modules/x.js': secret,
    });
    const { code, output } = await run(one, { reports, env: { TENANT_CLIENT_SECRET: '' } });
    assert.equal(code, 0, output);
    const made = madeIn(reports);
    for (const name of ['conformance.json', 'cucumber.html', 'allure-results/categories.json']) {
      assert.ok(made.includes(name), name);
    }
    assert.equal(
      made.filter((name) => name.startsWith('allure-results/')).length,
      readdirSync(path.join(reports, 'allure-results')).length,
    );
    assert.ok(!existsSync(path.join(reports, 'run.lock')), 'the lock is gone');
  });

  test('in a folder of another run ends with 2, says whose, and touches nothing there', async () => {
    const reports = folderWith({ 'conformance.json': '{}' });
    const lock = lockFolder(reports, 'run');
    assert.ok('release' in lock);
    const { code, stderr } = await run(one, { reports, measured: true });
    lock.release();
    assert.equal(code, 2);
    assert.match(
      stderr,
      new RegExp(`^REPORTS_DIR_IN_USE {2}Another run \\(process ${process.pid}\\) writes`),
    );
    assert.deepEqual(readdirSync(reports), ['conformance.json']);
  });

  test('whose folder is a file, or below one, ends with 2, and nothing else is said', async () => {
    const file = path.join(folderWith({ taken: 'x' }), 'taken');
    for (const reports of [file, path.join(file, 'below')]) {
      const { code, stderr } = await run(one, { reports });
      assert.equal(code, 2);
      assert.match(
        stderr,
        /^REPORTS_DIR_UNUSABLE {2}REPORTS_DIR .* is a file, or is below one: name a folder\.$/m,
      );
      assert.doesNotMatch(stderr, /SEARCH_INCOMPLETE|EEXIST|ENOTDIR|mkdir/);
    }
  });

  test('whose reports cannot be written ends with 2, and names only those that are', async () => {
    const reports = temporaryFolder();
    const args = [...one, '--import', 'test/run/obstructing-steps.ts'];
    const { code, stderr, stdout } = await run(args, { reports, measured: true });
    assert.equal(code, 2);
    assert.match(stderr, /^REPORTS_UNWRITABLE .*\n {2}conformance\.json: E[A-Z]+\nCheck the space/m);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.match(
      stdout,
      /conformance\.html, conformance\.md, cucumber\.html, junit\.xml, evidence\.ndjson; conformance\.json not written: E/,
    );
  });

  test('on a disk that becomes full names the page that was not written, and nothing else', async () => {
    const reports = temporaryFolder();
    const args = [...one, '--import', 'test/run/obstructing-steps.ts'];
    const { code, stderr } = await run(args, { reports, env: { OBSTRUCT: 'the disk' }, measured: true });
    assert.equal(code, 2);
    assert.match(stderr, /^REPORTS_UNWRITABLE .*\n {2}cucumber\.html: ENOSPC.*\nCheck the space/m);
    assert.doesNotMatch(stderr, /HARNESS_FAILED|destroyed/);
    assert.ok(existsSync(path.join(reports, 'conformance.html')));
  });

  test('that cannot search all that it has written ends with 2, and says so in its report', async () => {
    const reports = temporaryFolder();
    const args = [...one, '--import', 'test/run/obstructing-steps.ts'];
    const { code, stderr } = await run(args, { reports, env: { OBSTRUCT: 'the search' }, measured: true });
    assert.equal(code, 2);
    assert.match(stderr, /^SEARCH_INCOMPLETE .*\n.*unreadable: not a file/m);
    const report = JSON.parse(readFileSync(path.join(reports, 'conformance.json'), 'utf8'));
    assert.equal(report.verdict, 'error');
    assert.match(report.reasons[0], /^SEARCH_INCOMPLETE/);
  });
});

test('what this process has written is known', () => {
  assert.ok(writtenFiles().every((file) => path.isAbsolute(file)));
  assert.match(listIn('reports'), /^reports.\.made-by-conformance-runs$/);
});
