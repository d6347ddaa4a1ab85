// The package as a team has it: packed, installed in a folder of its own, and run with a feature, a step, a requirement and a
// known deviation of that folder.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import requests from '../../docs/requests.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Ended, repository, runProgram, startNode } from '../processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'package-'));

/** npm is a script of Node: neither a shell nor its name on this system matters where npm has started the tests. */
const script = process.env.npm_execpath;

async function npm(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return runProgram(program, [...first, ...args], { cwd, env: { ...process.env, ...env }, measured: false });
}

async function succeeds(running: Promise<Ended>): Promise<string> {
  const { code, stdout, stderr } = await running;
  assert.equal(code, 0, stdout + stderr);
  return stdout;
}

const scenariosOfSuite = Object.values(requests).flatMap((scenarios) => Object.keys(scenarios)).length;

/** Prints the settings of a reference tenant with a fault. */
const faultyTenant = `
import { startSandbox } from 'agent-ai-conformance/sandbox';
const { settings } = await startSandbox({ faults: ['answers-201'] });
console.log(JSON.stringify(settings));
`;

async function settingsOfFaultyTenant(context: TestContext, team: string): Promise<Record<string, string>> {
  writeFileSync(path.join(team, 'tenant.mjs'), faultyTenant);
  const tenant = startNode(context, ['tenant.mjs'], { cwd: team, measured: false });
  return JSON.parse((await tenant.says(/\n/)).trim());
}

function reportIn(team: string): ConformanceReport {
  return JSON.parse(readFileSync(path.join(team, 'reports', 'conformance.json'), 'utf8'));
}

function folderOfTeam(name: string): string {
  const team = path.join(folder, name);
  mkdirSync(team);
  writeFileSync(path.join(team, 'package.json'), '{"name":"team","private":true}');
  return team;
}

const tarball = path.join(folder, `${manifest.name}-${manifest.version}.tgz`);
const quick = ['--prefer-offline', '--ignore-scripts'];

before(() => succeeds(npm(repository, ['pack', '--pack-destination', folder])));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

suite('A package that is installed in the folder of a team', () => {
  const team = path.join(folder, 'team');
  const own = ['test', '--', 'features/own.feature'];

  before(async () => {
    folderOfTeam('team');
    await succeeds(npm(team, ['install', ...quick, '--no-audit', '--no-fund', tarball]));
    await succeeds(npm(team, ['exec', manifest.name, 'init']));
  });

  test('plans the scenarios of the suite and those of the team', async () => {
    const planned = await succeeds(npm(team, ['test', '--', '--dry-run']));
    const [, count] = /^(\d+) scenarios/m.exec(planned)!;
    assert.equal(Number(count), scenariosOfSuite + 1);
  });

  test('judges a requirement of the team, and reports it like any other', async () => {
    await succeeds(npm(team, own));
    const { requirements } = reportIn(team);
    const [found] = requirements.filter(({ basis }) => basis === 'own');
    assert.deepEqual([found?.id, found?.verdict, found?.area], ['ACME-CALL-01', 'pass', 'Own requirements']);
  });

  test('knows what the tenant of the team does otherwise', async (context) => {
    const settings = await settingsOfFaultyTenant(context, team);
    const failed = await npm(team, own, settings);
    assert.equal(failed.code, 1, failed.stdout + failed.stderr);
    assert.match(failed.stdout, /^fail +HOOKS-RESP-01/m);
    await npm(team, [...own, '--update-deviations'], settings);
    const list = path.join(team, 'known-deviations.yaml');
    const entries = readFileSync(list, 'utf8');
    assert.match(entries, /^- requirement: HOOKS-RESP-01$/m);
    writeFileSync(list, entries.replaceAll('reason: TODO', 'reason: comes with the next release'));
    assert.match(await succeeds(npm(team, own, settings)), /^known deviation +HOOKS-RESP-01/m);
    const ofTeam = reportIn(team).requirements.find(({ basis }) => basis === 'own');
    assert.equal(ofTeam?.verdict, 'pass');
  });
});

/** Which npm fetches, and keeps. */
const pnpmVersion = '12.21.0';

test('where pnpm keeps each package apart, the suite finds all that it needs, and the feature of the team', async () => {
  const team = folderOfTeam('team-with-pnpm');
  const pnpm = (...args: string[]) =>
    succeeds(npm(team, ['exec', '--yes', '--prefer-offline', `pnpm@${pnpmVersion}`, '--', ...args]));
  await pnpm('add', '--save-dev', ...quick, tarball);
  await pnpm('exec', manifest.name, 'init');
  await pnpm('test', 'features/own.feature');
  const [found] = reportIn(team).requirements.filter(({ basis }) => basis === 'own');
  assert.deepEqual([found?.id, found?.verdict], ['ACME-CALL-01', 'pass']);
  const editor = readFileSync(path.join(team, '.vscode', 'settings.json'), 'utf8');
  assert.match(editor, /"node_modules\/agent-ai-conformance\/dist\/steps\/\*\*\/\*\.js"/);
});
