// `npm run verify` and `npm run test:unit` run everything, or only the named parts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { suite, test } from 'node:test';

const cwd = path.join(import.meta.dirname, '..', '..');

/** With this variable, Node would take the started tests for tests of this process. */
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

function run(command: string, ...args: string[]) {
  return spawnSync(process.execPath, [`src/cli/${command}.ts`, ...args], { cwd, env, encoding: 'utf8' });
}

suite('npm run verify', () => {
  test('lists its parts, one on each line', () => {
    const { stdout } = run('verify', '--help');
    for (const part of ['lint', 'types', 'generated', 'features', 'editor', 'prove', 'tests', 'coverage']) {
      assert.match(stdout, new RegExp(`^  ${part} +\\w`, 'm'));
    }
  });

  test('runs only the named part', () => {
    const { status, stdout } = run('verify', 'features');
    assert.equal(status, 0, stdout);
    assert.deepEqual(stdout.match(/^— \w+/gm), ['— features']);
  });

  const wrong: Record<string, [args: string[], message: RegExp]> = {
    'a part that does not exist': [['lnt'], /There is no part "lnt"; did you mean lint\?/],
    'the name of a property of every object': [['toString'], /There is no part "toString"/],
    'coverage without tests': [['coverage'], /name tests too/],
    'an unknown option': [['--hlep'], /unknown option '--hlep'/],
  };
  for (const [name, [args, message]] of Object.entries(wrong)) {
    test(`${name} is an error, and nothing runs`, () => {
      const { status, stdout, stderr } = run('verify', ...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
      assert.match(stderr, message);
    });
  }
});

suite('npm run test:unit', () => {
  const places = {
    'a folder': 'features',
    'a file': 'check/duration.test.ts',
    'a file without its ending': 'check/duration',
    'a path of the project': 'test/check/duration.test.ts',
  };
  for (const [name, place] of Object.entries(places)) {
    test(`runs the tests of ${name}`, () => {
      const { status, stdout } = run('test-unit', place);
      assert.equal(status, 0, stdout);
      assert.match(stdout, /^tests: [1-9]\d* passed, 0 failed$/m);
    });
  }

  test('an unknown place is an error, with a guess', () => {
    const { status, stdout, stderr } = run('test-unit', 'recordr');
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /There are no tests at test\/recordr; did you mean recorder\?/);
  });
});
