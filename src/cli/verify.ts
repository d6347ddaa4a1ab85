// `npm run verify`: everything that the project asks of itself, in order of how fast it says no.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** The file behind a package's command, so that no shell and no PATH is needed. */
function command(name: string, command = name): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: string | Record<string, string> };
  return path.join(path.dirname(file), typeof bin === 'string' ? bin : bin[command]!);
}

const checks: [string, string[]][] = [
  [
    'format, lint and the direction of imports',
    [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  ],
  ['types', [command('typescript', 'tsc'), '-p', '.']],
  ['generated files', ['src/cli/generate.ts', '--check']],
  ['features in order', ['src/cli/test.ts', '--dry-run']],
  ['kill matrix, the quick form', ['src/cli/prove.ts']],
  ['tests', ['--test', ...reporter('dot'), ...reporter('./test/count-reporter.ts'), 'test/**/*.test.ts']],
];

function reporter(name: string): string[] {
  return [`--test-reporter=${name}`, '--test-reporter-destination=stdout'];
}

const failed: string[] = [];
for (const [name, args] of checks) {
  const started = performance.now();
  console.log(`\n— ${name}`);
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nEverything holds.' : `\nNot in order: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
