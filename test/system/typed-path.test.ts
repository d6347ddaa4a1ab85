// Paths start in the folder where a command was typed.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { argumentsFromWhereTyped, fromWhereTyped } from '../../src/system/typed-path.ts';
import { repository, runNode } from '../processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'typed-path-'));
after(() => rmSync(folder, { recursive: true }));
const link = path.join(folder, 'checkout');
symlinkSync(repository, link, 'junction');

const here = path.relative(process.cwd(), repository) || '.';
/** As npm sets it for a command that was typed in a folder of a checkout. */
function typedIn(typed: string, checkout = repository) {
  return { INIT_CWD: path.join(checkout, typed), npm_package_json: path.join(checkout, 'package.json') };
}

test('a path that was typed in a subfolder, in a checkout that is a link as well', () => {
  assert.equal(here, '.', 'the tests run in the folder of the project');
  for (const checkout of [repository, link]) {
    const env = typedIn('features/routing', checkout);
    assert.equal(fromWhereTyped('a.ndjson', env), path.join('features', 'routing', 'a.ndjson'));
    assert.equal(fromWhereTyped('../../a.ndjson', env), 'a.ndjson');
    assert.equal(fromWhereTyped('../..', env), '.');
  }
  const outside = { ...typedIn(''), INIT_CWD: folder };
  assert.equal(path.resolve(fromWhereTyped('x', outside)), path.join(realpathSync(folder), 'x'));
});

test('what is no such path stays', () => {
  const env = typedIn('features');
  for (const given of ['-', '', path.resolve('a.ndjson')]) assert.equal(fromWhereTyped(given, env), given);
  // Typed in the folder of the project; started by hand; the script of another project.
  assert.equal(fromWhereTyped('a', typedIn('')), 'a');
  assert.equal(fromWhereTyped('a', {}), 'a');
  assert.equal(fromWhereTyped('a', { ...env, npm_package_json: path.join(folder, 'package.json') }), 'a');
});

test('of the arguments of npm test, the paths that are there', () => {
  const env = typedIn('features/conversation-events');
  const given = [
    '--tags',
    '@HOOKS-SEQ-13',
    'cold-transfer.feature:3:9',
    '../routing',
    '*.feature',
    'nowhere.feature',
  ];
  assert.deepEqual(argumentsFromWhereTyped(given, env), [
    '--tags',
    '@HOOKS-SEQ-13',
    'features/conversation-events/cold-transfer.feature:3:9',
    'features/routing',
    'features/conversation-events/*.feature',
    'nowhere.feature',
  ]);
  // The value of an option may have the name of a folder.
  assert.deepEqual(argumentsFromWhereTyped(['--name', 'routing'], typedIn('features')), [
    '--name',
    'routing',
  ]);
  assert.deepEqual(argumentsFromWhereTyped(['features'], {}), ['features']);
});

test('npm run compare takes its reports from there', async () => {
  const env = { ...process.env, ...typedIn('features/routing') };
  const script = path.join(repository, 'src/cli/compare.ts');
  const { code, stderr } = await runNode([script, 'old.json', 'new.json'], { cwd: repository, env });
  assert.equal(code, 2);
  assert.match(stderr, /features[\\/]routing[\\/]old\.json/);
});
