// `npm run verify`: everything that the project asks of itself, in order of how fast it says no.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** The file behind a package's command, so that no shell and no PATH is needed. */
function command(name: string, command = name): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: string | Record<string, string> };
  return path.join(path.dirname(file), typeof bin === 'string' ? bin : bin[command]!);
}

/** Where every process that a check starts leaves word of what it ran. */
const measured = path.resolve('reports', '.coverage');

const checks: [string, string[]][] = [
  [
    'format, lint and the direction of imports',
    [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  ],
  ['types', [command('typescript', 'tsc'), '-p', '.']],
  ['generated files', ['src/cli/generate.ts', '--check']],
  ['features in order', ['src/cli/test.ts', '--dry-run']],
  ['kill matrix, the quick form', ['src/cli/prove.ts']],
  // One file a processor: most of them wait for other processes, and Node would leave one processor to itself.
  [
    'tests',
    [
      '--test',
      `--test-concurrency=${availableParallelism()}`,
      ...reporter('dot'),
      ...reporter('./test/count-reporter.ts'),
      'test/**/*.test.ts',
    ],
  ],
  ['coverage', ['src/cli/coverage.ts', measured]],
];

function reporter(name: string): string[] {
  return [`--test-reporter=${name}`, '--test-reporter-destination=stdout'];
}

rmSync(measured, { recursive: true, force: true, maxRetries: 3 });
const env = { ...process.env, NODE_V8_COVERAGE: measured };
const failed: string[] = [];
for (const [name, args] of checks) {
  const started = performance.now();
  console.log(`\n— ${name}`);
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'inherit' }), 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
rmSync(measured, { recursive: true, force: true, maxRetries: 3 });
console.log(failed.length === 0 ? '\nEverything holds.' : `\nNot in order: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
