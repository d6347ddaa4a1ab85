// `npm run test:unit`: the harness's own tests, all of them or only those in some folders and files.
import './own-process.ts';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';
import { usedWrongly } from '../system/exit-codes.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** Paths below test/, with "/". */
const tests = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

const command = new Command('test:unit')
  .description("Runs the harness's own tests. Exit code 1: a test fails.")
  .argument(
    '[places...]',
    'folders or files in test/: recorder, check/report, test/tenant/signer.test.ts',
    testsIn,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

/** The tests of a folder or file, after those of the places before it. */
function testsIn(place: string, before: string[] = []): string[] {
  const name = place
    .replaceAll('\\', '/')
    .replace(/^(\.\/)?test\//, '')
    .replace(/\/$/, '');
  const found = tests.filter(
    (test) => [name, `${name}.test.ts`].includes(test) || test.startsWith(`${name}/`),
  );
  if (found.length > 0) return [...new Set([...before, ...found])];
  const known = tests.flatMap((test) => [test, path.posix.dirname(test)]);
  throw new InvalidArgumentError(`There are no tests at test/${name}; did you mean ${closest(name, known)}?`);
}

const [selected = []] = command.parse().processedArgs as [string[]?];
const isWhole = selected.length === 0;
const files = isWhole ? tests : selected;
const folder = mkdtempSync(path.join(tmpdir(), 'test-unit-'));
const broker = await startBroker();
try {
  const groups = [
    { name: 'together', files: files.filter(isPure), options: ['--test-isolation=none'] },
    // Two files for each processor: most wait for other processes, and for time to pass.
    {
      name: 'alone',
      files: files.filter((file) => !isPure(file)),
      options: [`--test-concurrency=${availableParallelism() * 2}`],
    },
  ].filter((group) => group.files.length > 0);
  const codes = await Promise.all(groups.map(run));
  const [passed, failed] = ['passed', 'failed'].map((what) =>
    groups.reduce((sum, { name }) => sum + countOf(name, what), 0),
  );
  console.log(`\ntests: ${passed} passed, ${failed} failed`);
  process.exitCode = Math.max(...codes);
} finally {
  await endBroker();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Whether a test calls functions only: then all of them run in one process, which loads the source and its packages once
 * instead of once for each file. Others change their environment, or have hooks around the whole file. A test that measures
 * the processor time of its process would measure what the tests before it have left in memory, too.
 */
function isPure(file: string): boolean {
  if (!/^(check|errors|evidence|features|logs|protocol|text|verdict)\//.test(file)) return false;
  return !readFileSync(path.join(root, 'test', file), 'utf8').includes('process.cpuUsage');
}

/** The process in which tests run the commands of the project, one after another. */
async function startBroker(): Promise<{ child: ChildProcess; env: NodeJS.ProcessEnv } | undefined> {
  if (files.every(isPure)) return undefined;
  const pipe = `\\\\.\\pipe\\${path.basename(folder)}`;
  const place = process.platform === 'win32' ? pipe : path.join(folder, 'commands');
  const env = { ...process.env, TEST_COMMANDS: place };
  const child = fork('test/command-broker.ts', { cwd: root, env, execArgv: [] });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('test/command-broker.ts did not start'))),
  ]);
  return { child, env };
}

async function endBroker(): Promise<void> {
  if (!broker?.child.connected) return;
  const ended = once(broker.child, 'exit');
  broker.child.disconnect();
  await ended;
}

interface Group {
  name: string;
  files: readonly string[];
  options: readonly string[];
}

/** @returns the exit code */
async function run({ name, files, options }: Group): Promise<number> {
  const args = [
    '--test',
    ...options,
    ...reporter(isWhole ? 'dot' : 'spec', 'stdout'),
    ...reporter('./test/count-reporter.ts', path.join(folder, name)),
    // Without a file Node would run whatever is in test/ as a test.
    ...files.map((test) => `test/${test}`),
  ];
  const [code] = await once(
    spawn(process.execPath, args, { cwd: root, env: broker?.env ?? process.env, stdio: 'inherit' }),
    'exit',
  );
  return code ?? 1;
}

function countOf(group: string, what: string): number {
  return JSON.parse(readFileSync(path.join(folder, group), 'utf8'))[what];
}

function reporter(name: string, destination: string): string[] {
  return [`--test-reporter=${name}`, `--test-reporter-destination=${destination}`];
}
