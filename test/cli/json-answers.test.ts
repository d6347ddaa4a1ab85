// --format json: one document on standard output with the members that docs/json.md lists, and nothing else there.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import commands from '../../src/cli/commands.json' with { type: 'json' };
import { placesIn } from '../../src/errors/places.ts';
import { schemas } from '../../src/protocol/schemas.ts';
import { runCommand } from '../commands.ts';
import { repository, runNode } from '../processes.ts';

const page = readFileSync(path.join(repository, 'docs', 'json.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \|$/gm)].map(
  ([, name, text]) => [name!, text!] as const,
);

/** A document has the members that the page lists, or that the schema asks for which the page names. */
function hasMembers(json: object, command: string): void {
  const [, text = ''] = rows.find(([name]) => name === command) ?? [];
  const schema = /schemas\/([a-z-]+)\.schema\.json/.exec(text)?.[1];
  const listed = [...text.split(': ')[0]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  if (schema === undefined) assert.deepEqual(Object.keys(json).sort(), listed.sort());
  else {
    const file = path.join(repository, 'schemas', `${schema}.schema.json`);
    for (const name of JSON.parse(readFileSync(file, 'utf8')).required) assert.ok(name in json, name);
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'json-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
const reports = path.join(folder, 'reports');
const settings = Object.keys((schemas.settings as { properties: object }).properties);
const unset = Object.fromEntries([...settings, 'TENANT_PROFILE'].map((name) => [name, '']));
const env = { ...process.env, ...unset, REPORTS_DIR: reports, FORCE_COLOR: undefined };

async function answerOf(name: string, ...args: string[]) {
  const { code, stdout, stderr } = await runCommand([`src/cli/${name}.ts`, '--format', 'json', ...args], {
    env,
  });
  let json: Record<string, unknown> = {};
  assert.doesNotThrow(() => {
    json = JSON.parse(stdout);
  }, stdout + stderr);
  return { code, json, stderr };
}

suite('What a command answers', () => {
  before(async () => {
    const one = ['features/routing', '--name', '^A transfer to the queue$'];
    const { code, stdout, stderr } = await runCommand(['src/cli/test.ts', ...one], { env });
    assert.equal(code, 0, stdout + stderr);
  });

  const report = path.join(reports, 'conformance.json');
  const cases: Record<string, [args: string[], words?: RegExp]> = {
    check: [[path.join(reports, 'evidence.ndjson')]],
    compare: [[report, report]],
    doctor: [[], /^✓ connection/m],
    merge: [[reports, '--output', path.join(folder, 'merged')], /^Merged from 1 run/m],
    judge: [[reports, '--output', path.join(folder, 'judged')], /^verdict /m],
    overview: [[reports, '--output', path.join(folder, 'overview')], /^reports /m],
    explore: [['--requests', '5', '--seed', '1', '--out', path.join(folder, 'explored')]],
  };
  for (const [name, [args, words = /(?:)/]] of Object.entries(cases)) {
    test(name, async () => {
      const { code, json, stderr } = await answerOf(name, ...args);
      assert.ok([0, 3].includes(code), stderr);
      hasMembers(json, name);
      assert.match(stderr, words);
    });
  }

  test('token, which stands nowhere else', async () => {
    const tenant = {
      TENANT_URL: 'http://127.0.0.1:9',
      TENANT_BOT_ID: 'st-00000000-0000-4000-8000-000000000000',
      TENANT_CLIENT_ID: 'cs-00000000-0000-4000-8000-000000000000',
      TENANT_CLIENT_SECRET: 'a secret of some length',
    };
    const { code, stdout, stderr } = await runCommand(['src/cli/token.ts', '--format=json'], {
      env: { ...env, ...tenant },
    });
    assert.deepEqual([code, stderr], [0, '']);
    hasMembers(JSON.parse(stdout), 'token');
  });

  test('forget', async () => {
    const recording = path.join(folder, 'recording');
    cpSync(path.join(repository, 'templates'), recording, { recursive: true });
    writeFileSync(path.join(recording, 'evidence.ndjson'), '');
    const { code, json } = await answerOf('forget', recording, 'nobody');
    assert.equal(code, 1);
    hasMembers(json, 'forget');
  });

  test('init, by the command of the package', async () => {
    const team = mkdtempSync(path.join(folder, 'team-'));
    const bin = path.join(repository, 'src', 'cli', 'bin.js');
    const { code, stdout, stderr } = await runNode([bin, 'init', '--format', 'json'], { cwd: team });
    assert.equal(code, 0, stderr);
    hasMembers(JSON.parse(stdout), 'init');
    assert.match(stderr, /^written {2}\.env\.example$/m);
  });
});

suite('What goes wrong', () => {
  const known = rows.map(([name]) => name);

  test('the page has every command that answers', () => {
    const others = ['run', 'record', 'sandbox', 'export', 'completion'];
    const all = Object.keys(commands).filter((name) => !others.includes(name));
    assert.deepEqual(known.toSorted(), [...all, 'prove'].toSorted());
  });

  test('each command of the page says it as JSON, too', async () => {
    for (const name of known.filter((one) => one !== 'init')) {
      const { code, json, stderr } = await answerOf(name, '--nonsense');
      const error = { code: 'OPTION_INVALID', message: "unknown option '--nonsense'", places: [] };
      assert.deepEqual([code, json], [2, { error }], name);
      assert.match(stderr, /^error: unknown option/, name);
    }
  });

  test('with its code and the settings that it is about', async () => {
    const { code, json, stderr } = await answerOf('token');
    assert.equal(code, 2);
    const { error } = json as { error: { code: string; message: string; places: object[] } };
    assert.equal(error.code, 'SETTINGS_INCOMPLETE');
    assert.ok(stderr.startsWith(`${error.code}  ${error.message.split('\n')[0]}`));
    assert.match(JSON.stringify(error.places), /^\[\{"setting":"TENANT_URL","message":"missing: base URL/);
  });

  test('with the lines of files', () => {
    const text =
      'errors:\n  features/a b.feature:5  no step matches "x: 1:2 y"\n  no line\n  C:\\x.yaml:3:7: odd';
    assert.deepEqual(placesIn(text), [
      { file: 'features/a b.feature', line: 5, message: 'no step matches "x: 1:2 y"' },
      { file: 'C:\\x.yaml', line: 3, message: 'odd' },
    ]);
  });
});
