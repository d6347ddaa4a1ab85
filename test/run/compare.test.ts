import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { ConformanceReport } from '../../src/verdict/report-types.ts';
import { type Ended, runNode } from '../processes.ts';
import { sampleFinding, sampleReport, sampleRequirement } from '../report/sample-report.ts';
import { temporaryFolder } from './harness.ts';

const folder = temporaryFolder();
const passing = write('passing.json', sampleReport({ requirements: [sampleRequirement('A', 'pass')] }));
const failing = write(
  'failing.json',
  sampleReport({
    verdict: 'non-conformant',
    startedAt: '2026-07-02T03:00:00.000Z',
    requirements: [sampleRequirement('A', 'fail', { findings: [sampleFinding()] })],
  }),
);

function write(name: string, content: ConformanceReport | string): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function compare(...args: string[]): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return runNode(['src/cli/compare.ts', ...args], { env });
}

test('exit code 1 when something newly fails, and it is named', async () => {
  const { code, stdout, stderr } = await compare(passing, failing);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^1 newly failing\.\n/);
  assert.match(
    stdout,
    /A {2}the title of A\n +was pass, now fail: success is HTTP 200, the tenant answered 202/,
  );
  assert.equal(stderr, '');
});

test('exit code 0 when only what is new to the suite fails, and it is named apart', async () => {
  const without = write('without.json', sampleReport({ requirements: [sampleRequirement('B', 'pass')] }));
  const withNew = write(
    'with-new.json',
    sampleReport({
      requirements: [
        sampleRequirement('B', 'pass'),
        sampleRequirement('A', 'fail', { findings: [sampleFinding()] }),
      ],
    }),
  );
  const { code, stdout } = await compare(without, withNew);
  assert.equal(code, 0);
  assert.match(stdout, /^Nothing newly failing: 1 requirement new to the suite \(1 fails\)\./);
  assert.match(stdout, /A {2}the title of A\n +new to the suite: fail: success is HTTP 200/);
});

test('exit code 0 when nothing newly fails, though something still does', async () => {
  const { code, stdout } = await compare(failing, failing);
  assert.equal(code, 0);
  assert.match(stdout, /^Nothing has changed: 1 still failing\./);
});

test('an older run in second place is compared, with a warning beside the output', async () => {
  const { code, stdout, stderr } = await compare(failing, passing, '--format', 'json');
  assert.equal(code, 0);
  assert.match(stderr, /failing\.json is newer than .*passing\.json: the older report comes first/);
  assert.equal(JSON.parse(stdout).newlyPassing[0].id, 'A');
});

test('as a message for a chat', async () => {
  for (const [form, has] of [
    ['slack', 'blocks'],
    ['teams', 'attachments'],
  ]) {
    const { code, stdout } = await compare('--format', form!, passing, failing);
    assert.equal(code, 1);
    assert.ok(has! in JSON.parse(stdout), form);
  }
});

test('as Markdown', async () => {
  const { code, stdout } = await compare('--format', 'markdown', passing, failing);
  assert.equal(code, 1);
  assert.match(stdout, /^\*\*1 newly failing\.\*\*$/m);
});

test('exit code 2 for files that are no reports: everything that is wrong, at once', async () => {
  const cases: [file: string, words: RegExp][] = [
    [path.join(folder, 'missing.json'), /missing\.json does not exist\. npm test writes/],
    [write('cut.json', '{"verdict": "conf'), /cut\.json is not JSON: .* Give the conformance\.json/],
    [
      write('other.json', '{"verdict": "fine"}'),
      /other\.json is not a conformance report .*\n {2}report: reasons is missing\n(.*\n)+ {2}… and 11 more\n/,
    ],
    [folderIn('reports'), /reports is a folder\. Give the conformance\.json in it/],
  ];
  const [first, ...others] = cases;
  for (const [file, words] of others) {
    const { code, stdout, stderr } = await compare(first![0], file);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, first![1]);
    assert.match(stderr, words);
  }
});

function folderIn(name: string): string {
  mkdirSync(path.join(folder, name));
  return path.join(folder, name);
}

test('exit code 2 for what is no command line of it', async () => {
  const cases: [args: string[], words: RegExp][] = [
    [[], /missing required argument 'OLD\.json'/],
    [[passing], /missing required argument 'NEW\.json'/],
    [[passing, failing, failing], /too many arguments/],
    [[passing, failing, '--format', 'xml'], /'xml' is invalid.*words, markdown, json/],
  ];
  for (const [args, words] of cases) {
    const { code, stderr } = await compare(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, words);
  }
});
