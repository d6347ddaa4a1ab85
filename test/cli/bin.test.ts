// The command of the package, in a folder that is not the project: here it runs from the source.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { repository, runNode } from '../processes.ts';

const bin = path.join(repository, 'src', 'cli', 'bin.js');

function teamFolder(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'team-'));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

suite('agent-ai-conformance', () => {
  test('lists its commands, and each of them has a file', async (context) => {
    const { code, stdout } = await runNode([bin], { cwd: teamFolder(context) });
    assert.equal(code, 0);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    assert.ok(names.includes('run') && names.includes('init'));
    for (const name of names) {
      const { code, stdout } = await runNode([bin, name!, '--help'], { cwd: repository });
      assert.equal(code, 0, name);
      assert.match(stdout, /--/);
    }
  });

  test('takes no option for the folder of a recorder', async (context) => {
    const cwd = teamFolder(context);
    for (const args of [[], ['--port', '0', 'traffic']]) {
      const { code, stderr } = await runNode([bin, 'record', ...args], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /^OPTION_INVALID {2}The folder comes first/);
    }
    assert.deepEqual(readdirSync(cwd), []);
  });

  test('says what it does not know', async () => {
    const { code, stderr } = await runNode([bin, 'rum']);
    assert.equal(code, 2);
    assert.match(stderr, /^There is no command "rum"\.\n/);
    assert.match(stderr, /^ {2}run /m);
  });
});

suite('init', () => {
  test('writes what a team needs, and changes nothing that is there', async (context) => {
    const cwd = teamFolder(context);
    writeFileSync(path.join(cwd, 'requirements.yaml'), '# mine\n');
    const scripts = { test: 'echo "Error: no test specified" && exit 1', check: 'mine' };
    writeFileSync(path.join(cwd, 'package.json'), JSON.stringify({ name: 'team', scripts }));
    const { code, stdout, stderr } = await runNode([bin, 'init', '--ci', 'gitlab'], { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^kept {5}requirements\.yaml$/m);
    assert.match(stdout, /^kept {5}the script check of package\.json/m);
    assert.doesNotMatch(stdout, /^missing/m);
    assert.equal(readFileSync(path.join(cwd, 'requirements.yaml'), 'utf8'), '# mine\n');
    assert.deepEqual(readdirSync(cwd).sort(), [
      '.env.example',
      '.gitignore',
      '.gitlab-ci.yml',
      '.vscode',
      'features',
      'known-deviations.yaml',
      'package.json',
      'requirements.yaml',
      'steps',
    ]);
    const manifest = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8'));
    assert.equal(manifest.name, 'team');
    assert.equal(manifest.scripts.test, 'agent-ai-conformance run');
    assert.equal(manifest.scripts.doctor, 'agent-ai-conformance doctor');
    assert.equal(manifest.scripts.check, 'mine');
  });

  test('says that a .gitignore leaves the secret in', async (context) => {
    const cwd = teamFolder(context);
    writeFileSync(path.join(cwd, '.gitignore'), 'node_modules\n');
    const { code, stdout } = await runNode([bin, 'init'], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /^missing {2}\.gitignore does not name \.env/m);
  });

  for (const [name, text] of Object.entries({
    'cut off': '{ bad',
    'a list': '[]',
    'with scripts that are none': '{"scripts": {"test": 5}}',
    'with a text for scripts': '{"scripts": "x"}',
  })) {
    test(`changes nothing beside a package.json that is ${name}`, async (context) => {
      const cwd = teamFolder(context);
      writeFileSync(path.join(cwd, 'package.json'), text);
      const { code, stderr } = await runNode([bin, 'init'], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /^FOLDER_UNUSABLE {2}package\.json cannot be used: .*Nothing was written\.$/m);
      assert.deepEqual(readdirSync(cwd), ['package.json']);
    });
  }

  test('names what it cannot write', async (context) => {
    const cwd = teamFolder(context);
    writeFileSync(path.join(cwd, 'features'), '');
    const { code, stderr } = await runNode([bin, 'init'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^FOLDER_UNUSABLE {2}features\/own\.feature cannot be written: E/m);
  });

  test('is not for the project itself', async () => {
    const { code, stderr } = await runNode([bin, 'init'], { cwd: repository });
    assert.equal(code, 2);
    assert.match(stderr, /^OPTION_INVALID {2}init is for a folder of your own/);
    assert.ok(!existsSync(path.join(repository, 'requirements.yaml')));
  });
});

test('the features and steps of a team are planned with those of the suite', async (context) => {
  const cwd = teamFolder(context);
  const steps = pathToFileURL(path.join(repository, 'src', 'exports', 'steps.ts')).href;
  for (const name of ['features', 'steps']) mkdirSync(path.join(cwd, name));
  writeFileSync(path.join(cwd, 'requirements.yaml'), '- {id: ACME-1, level: must, title: It is ours}\n');
  writeFileSync(
    path.join(cwd, 'steps', 'own.mjs'),
    `import { decides, Given, Then } from ${JSON.stringify(steps)};\nGiven('all is so', () => {});\nThen('all is well', decides('accepted'), () => {});\n`,
  );
  writeFileSync(
    path.join(cwd, 'features', 'own.feature'),
    'Feature: Ours\n\n  @ACME-1\n  Example: One\n    Given all is so\n    Then all is well\n',
  );
  const count = async (...args: string[]) => {
    const { code, stdout, stderr } = await runNode([bin, 'run', '--dry-run', ...args], { cwd });
    assert.equal(code, 0, stderr);
    return Number(/^(\d+) scenarios?/m.exec(stdout)?.[1]);
  };
  assert.equal(await count('features/own.feature'), 1);
  assert.ok((await count()) > 100);
});

test('requirements that cannot be read are not taken for none', async (context) => {
  for (const write of [
    (file: string) => mkdirSync(file),
    (file: string) => writeFileSync(file, Buffer.from([0x2d, 0x20, 0xe9])),
  ]) {
    const cwd = teamFolder(context);
    write(path.join(cwd, 'requirements.yaml'));
    const { code, stderr } = await runNode([bin, 'run'], { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^REQUIREMENTS_INVALID {2}requirements\.yaml cannot be read: it is (a folder, a file is needed|not UTF-8; save it as UTF-8)$/m,
    );
  }
});

test('all that is wrong with the requirements of a team is said before anything is run', async (context) => {
  const cwd = teamFolder(context);
  writeFileSync(
    path.join(cwd, 'requirements.yaml'),
    '- {id: HOOKS-NEW-01, level: must, title: It is ours}\n- {id: ACME-01, level: sometimes}\n',
  );
  const { code, stderr } = await runNode([bin, 'run'], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /^REQUIREMENTS_INVALID {2}requirements\.yaml has errors:\n/);
  assert.match(stderr, /HOOKS-NEW-01: HOOKS-, ASSIGN- and X- are the prefixes of the documents/);
  assert.match(stderr, /ACME-01: level must be one of must, should, may\n {2}ACME-01: title is missing/);
});
