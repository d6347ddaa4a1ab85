// `npm run test:unit`: the harness's own tests, all of them or only those in some folders and files.
import './own-process.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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
// Without a file Node would run whatever is in test/ as a test.
const files = (isWhole ? tests : selected).map((test) => `test/${test}`);
// One file for each processor: most files wait for other processes, and Node by default leaves one processor free.
const args = [
  '--test',
  `--test-concurrency=${availableParallelism()}`,
  ...reporter(isWhole ? 'dot' : 'spec'),
  ...reporter('./test/count-reporter.ts'),
  ...files,
];
const [code] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }), 'exit');
process.exitCode = code ?? 1;

function reporter(name: string): string[] {
  return [`--test-reporter=${name}`, '--test-reporter-destination=stdout'];
}
