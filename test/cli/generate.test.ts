// One run of `npm run generate` brings everything up to date, also what is made by the modules that it writes.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { repository, runNode } from '../processes.ts';

/** What it reads and writes, and its own source. */
const parts = [
  ...['.vscode', 'docs', 'features', 'schemas', 'spec', 'src', 'steps'],
  ...[
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'README.md',
    'llms.txt',
    'biome-imports.json',
    'cucumber.js',
    'package.json',
    'stryker.config.json',
  ],
];

test('a new requirement is in the catalogue and in the README after one run', async (t) => {
  const copy = await mkdtemp(path.join(tmpdir(), 'conformance-generate-'));
  t.after(() => rm(copy, { recursive: true, force: true }));
  for (const name of parts) await cp(path.join(repository, name), path.join(copy, name), { recursive: true });
  await symlink(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  const catalogue = path.join(copy, 'spec', 'requirements.yaml');
  const line =
    '- {id: HOOKS-MSG-99, since: 0.2.0, level: must, binds: tenant, basis: stated, decidedBy: [accepted], source: [CE], title: A new one}';
  await writeFile(catalogue, `${await readFile(catalogue, 'utf8')}${line}\n`);

  const check = await runNode(['src/cli/generate.ts', '--check'], { cwd: copy, measured: false });
  const { code, stdout, stderr } = await runNode(['src/cli/generate.ts'], { cwd: copy, measured: false });

  assert.equal(check.code, 1);
  assert.match(check.stderr, /^Out of date: src\/protocol\/generated\/catalogue\.ts\./);

  assert.equal(code, 0, stderr);
  assert.equal(
    stdout,
    'Wrote src/protocol/generated/catalogue.ts\nWrote docs/steps.md, docs/requirements.md, README.md\n',
  );
  assert.match(stderr, /^No scenario that npm run figures has counted decides HOOKS-MSG-99: /);
});
