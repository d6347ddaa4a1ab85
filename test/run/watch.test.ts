// npm test -- --watch: another run after each change, with steps and features read anew, until somebody ends it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { brief } from '../../src/report/brief.ts';
import { isWatched, namedPlaces } from '../../src/run/watched-places.ts';
import { runCommand } from '../commands.ts';
import { repository, startNode } from '../processes.ts';
import { sampleFinding, sampleReport, sampleRequirement } from '../report/sample-report.ts';

const cis = { CI: '', TF_BUILD: '', JENKINS_URL: '' };

/** The folder of a team, with the examples of init. */
function teamFolder(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'watch-'));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const name of ['features', 'steps', 'requirements.yaml'])
    cpSync(path.join(repository, 'templates', name), path.join(folder, name), { recursive: true });
  const steps = path.join(folder, 'steps', 'own-steps.mjs');
  const source = pathToFileURL(path.join(repository, 'src', 'exports', 'steps.ts')).href;
  writeFileSync(steps, readFileSync(steps, 'utf8').replace('agent-ai-conformance/steps', source));
  return folder;
}

/** As editors save a file: beside it, and then under its name. */
function saved(file: string, change: (text: string) => string): void {
  writeFileSync(`${file}~`, change(readFileSync(file, 'utf8')));
  renameSync(`${file}~`, file);
}

test('a change of a feature and of a step file, each by rename, and one in the middle of a run', async (context) => {
  const cwd = teamFolder(context);
  mkdirSync(path.join(cwd, 'reports'));
  const bin = path.join(repository, 'src', 'cli', 'bin.js');
  const watching = startNode(context, [bin, 'run', '--watch', 'features/own.feature'], {
    cwd,
    env: { ...process.env, ...cis, FORCE_COLOR: undefined },
  });
  const runs = (count: number) =>
    watching.says(new RegExp(`(Watching for changes[^]*){${count}}`)).then((text) => {
      return text.split(/^Running/m)[count]!;
    });
  const renamed = (text: string) =>
    text.replace('our adapter handles a call', 'our new adapter handles a call');
  // This run has read the feature.
  await watching.says(/^Testing /m);
  saved(path.join(cwd, 'features', 'own.feature'), renamed);
  assert.match(await runs(1), /^partial: no breach.*\n1 scenario: 1 pass\n/m);
  assert.match(await runs(2), /^: features\/own\.feature changed\nno verdict \(exit code 2\)/);
  assert.match(watching.stderr(), /no step matches "our new adapter handles a call"/);
  saved(path.join(cwd, 'steps', 'own-steps.mjs'), renamed);
  const third = await runs(3);
  assert.match(third, /^: steps\/own-steps\.mjs changed\n/);
  assert.match(third, /^1 scenario: 1 pass\n/m);

  if (process.platform === 'win32') return;
  assert.equal(await watching.code('SIGINT'), 130);
});

test('what does not go together is said at once', async () => {
  const { code, stderr } = await runCommand(
    ['src/cli/test.ts', '--watch', '--shard', '1/2', '--update-observations'],
    { env: { ...process.env, ...cis, CI: 'true' } },
  );
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^OPTION_INVALID {2}--watch and --shard: .*\n--watch and --update-obs.*\n--watch in a CI/,
  );
});

suite('What is watched', () => {
  const is = (file: string, isFile = true, isProject = false) =>
    isWatched(path.normalize(file), { isFile, isProject, named: [path.resolve('elsewhere')] });

  test('features, steps, settings, and what the arguments name', () => {
    for (const file of ['features/a/b.feature', 'steps/own.mjs', '.env', '.env.staging', 'requirements.yaml'])
      assert.ok(is(file), file);
    for (const file of ['known-deviations.staging.yaml', 'cucumber.js', 'elsewhere/x.feature'])
      assert.ok(is(file), file);
    assert.ok(is('features', false));
    assert.ok(is('.env', false), 'a file that is gone');
  });

  test('nothing else', () => {
    for (const file of [
      'src/a.ts',
      'package.json',
      'reports/x.json',
      'steps/own.mjs~',
      'steps/node_modules/a.js',
    ])
      assert.ok(!is(file), file);
    assert.ok(!is('reports', false));
  });

  test('in the project also what its steps are made of', () => assert.ok(is('src/a.ts', true, true)));

  test('arguments that are places, without their lines', () => {
    const given = [
      '--tags',
      '@smoke',
      'features/routing:3',
      '@package.json',
      '--config=cucumber.js',
      'src/*/x.ts',
    ];
    assert.deepEqual(namedPlaces(given), ['features/routing', 'package.json', 'cucumber.js', 'src']);
  });
});

test('the screen has the verdict first, and what is wrong on a few lines', () => {
  const ids = ['HOOKS-RDL-01', 'HOOKS-RDL-04', 'HOOKS-RESP-01', 'HOOKS-AUTH-01', 'HOOKS-SEQ-01'];
  const requirements = [...ids, ...ids].map((id) =>
    sampleRequirement(id, 'fail', { findings: [sampleFinding({ message: 'the tenant\nanswered 201' })] }),
  );
  const report = sampleReport({ verdict: 'non-conformant', requirements });
  const lines = stripVTControlCharacters(brief({ report, results: [], deviations: [] }, 'reports')).split(
    '\n',
  );
  assert.match(lines[0]!, /^non-conformant: 10 requirements fail/);
  assert.match(lines[2]!, /^fail {2}HOOKS-RDL-01 {2}the tenant answered 201 {2}features\//);
  assert.deepEqual(lines.slice(10), ['… and 2 more', 'details      reports/conformance.html']);
});
