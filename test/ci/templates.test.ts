// The templates of ci/ work when they are pasted: their shell commands are run as they stand, for two tenants of which one
// deviates, with two shards each. But for the annotations they are the same in all templates, so one night stands for all.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { faults } from '../../src/sandbox/faults/catalogue.ts';
import { repository } from '../processes.ts';
import { temporaryFolder } from '../run/harness.ts';
import { sandboxWith } from '../run/tenants.ts';
import { timeLimit } from '../time-limit.ts';

interface Jobs {
  shard: string[];
  merge: string[];
}

/** The commands of a job, in order, wherever the form of the template has them. */
function commandsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(commandsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { run, script, after_script: after, ...rest } = value as Record<string, unknown>;
  const own = [run, script, after].flat().filter((one): one is string => typeof one === 'string');
  return [...own, ...Object.values(rest).flatMap(commandsIn)];
}

function template(name: string): string {
  return readFileSync(path.join(repository, 'ci', name), 'utf8');
}

/** Annotations are of a CI. */
function isForAll(command: string): boolean {
  return !command.includes('--format');
}

/** All of a night, cut where the commands begin anew. */
function jobsIn(commands: readonly string[]): Jobs {
  const [, second] = commands.flatMap((command, index) => (command === 'npm ci' ? [index] : []));
  return { shard: commands.slice(0, second), merge: commands.slice(second) };
}

function withoutPreparation(job: unknown): unknown {
  return { ...(job as object), before_script: undefined };
}

const templates: Record<string, () => Jobs> = {
  'github-actions.yml': () => {
    const { shard, merge } = parse(template('github-actions.yml')).jobs;
    return { shard: commandsIn(shard), merge: commandsIn(merge) };
  },
  'gitlab-ci.yml': () => {
    const { shard, merge } = parse(template('gitlab-ci.yml'));
    return { shard: commandsIn(shard), merge: commandsIn(withoutPreparation(merge)) };
  },
  'azure-pipelines.yml': () => jobsIn(commandsIn(parse(template('azure-pipelines.yml')).jobs)),
  Jenkinsfile: () => jobsIn([...template('Jenkinsfile').matchAll(/\bsh '([^']+)'/g)].map(([, one]) => one!)),
};

const first = 'github-actions.yml';
/** Tested in containers.test.ts. */
const ofContainers = ['Dockerfile', 'Dockerfile.dockerignore', 'compose.yml'];

suite('The templates for a CI', () => {
  test('are all that there are, and run the same commands', () => {
    const all = [...Object.keys(templates), ...ofContainers];
    assert.deepEqual(readdirSync(path.join(repository, 'ci')).sort(), all.sort());
    const expected = templates[first]!();
    assert.equal(expected.shard.length, 3);
    for (const [name, jobs] of Object.entries(templates)) {
      const own = jobs();
      assert.deepEqual(
        { ...own, merge: own.merge.filter(isForAll) },
        { ...expected, merge: expected.merge.filter(isForAll) },
        name,
      );
    }
  });

  test('have as many shards as they say', () => {
    for (const name of Object.keys(templates)) {
      const text = template(name);
      assert.match(text, /SHARDS\b[^\n]*2/, name);
      assert.match(text, /\[1, 2\]|'1', '2'/, name);
    }
  });

  const noShell = process.platform === 'win32' && 'the commands are for a POSIX shell';
  test('come to the verdict of each tenant', { skip: noShell }, async () => {
    const queued = faults.find(({ name }) => name === 'answers-202-to-a-summary-trigger')!;
    const tenants = {
      staging: await sandboxWith({}),
      production: await sandboxWith(queued.behaviour!()),
    };
    const project = checkout();
    const night = async (tenant: string, settings: Record<string, string>): Promise<[string, number[]]> => {
      const { shard, merge } = templates[first]!();
      const ofNight = { TENANT: tenant, SHARDS: '2' };
      const codes: number[] = [];
      for (const SHARD of ['1', '2']) {
        const env = { ...settings, ...ofNight, SHARD, REPORTS_DIR: `shards/${tenant}/${SHARD}` };
        codes.push(...(await runAll(shard, project, env)));
      }
      return [tenant, [...codes, ...(await runAll(merge, project, ofNight))]];
    };
    const nights = Object.entries(tenants).map(([tenant, settings]) => night(tenant, settings));
    const codes = Object.fromEntries(await Promise.all(nights));
    assert.deepEqual(codes, {
      // touch, npm test; touch, npm test; npm run merge, annotations
      staging: [0, 0, 0, 0, 0, 0],
      production: [0, 1, 0, 1, 1, 0],
    });
    const verdictOf = (tenant: string) =>
      JSON.parse(readFileSync(path.join(project, 'reports', tenant, 'conformance.json'), 'utf8')).verdict;
    assert.deepEqual(['staging', 'production'].map(verdictOf), ['conformant', 'non-conformant']);
    const quality = templates['gitlab-ci.yml']!().merge.filter((command) => !isForAll(command));
    assert.deepEqual(await runAll(quality, project, { TENANT: 'production' }), [0]);
    const [entry] = JSON.parse(
      readFileSync(path.join(project, 'reports', 'production', 'gl-code-quality.json'), 'utf8'),
    );
    assert.equal(entry.check_name, 'HOOKS-RESP-01');
    assert.match(entry.location.path, /features\/conversation-events\/[\w-]+\.feature$/);
    const { pages } = parse(template('gitlab-ci.yml'));
    assert.deepEqual(await runAll(commandsIn(pages), project, {}), [0, 0, 0]);
    const page = readFileSync(path.join(project, 'public', 'index.html'), 'utf8');
    for (const [, link] of page.matchAll(/href="([^"#]+\.html)"/g)) {
      assert.ok(existsSync(path.join(project, 'public', link!)), link);
    }
    assert.match(page, /href="production\/conformance\.html"/);
  });
});

/** The project with few features, so that a night is short, and with reports of its own. */
function checkout(): string {
  const folder = temporaryFolder();
  const needed = ['package.json', 'cucumber.js', 'src', 'steps', 'schemas', 'spec', 'docs', 'reports/allure'];
  const feature = 'features/conversation-events/summary.feature';
  for (const name of [...needed, feature]) {
    cpSync(path.join(repository, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Packages are there, and Allure needs Java. */
const leftOut = ['npm ci', 'npm run report -- --tenant "$TENANT"'];

/** @returns the exit code of each command */
async function runAll(
  commands: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<number[]> {
  const codes: number[] = [];
  for (const command of commands.filter((one) => !leftOut.includes(one))) {
    const { PATH = '', HOME = '' } = process.env;
    codes.push(await exitCode(command, cwd, { PATH, HOME, ...env }));
  }
  return codes;
}

function exitCode(command: string, cwd: string, env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'sh',
      ['-ec', command],
      { cwd, env, timeout: timeLimit },
      (_error, stdout, stderr) => {
        if (child.exitCode === null) reject(new Error(`${command} did not end:\n${stdout}\n${stderr}`));
        else if (child.exitCode > 1)
          reject(new Error(`${command} ended with ${child.exitCode}:\n${stdout}\n${stderr}`));
        else resolve(child.exitCode);
      },
    );
  });
}
