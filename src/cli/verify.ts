// `npm run verify`: everything that the project requires of itself; what fails fastest comes first.
import './own-process.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';

const [partFailed, usedWrongly] = [1, 2];
const require = createRequire(import.meta.url);

/** Where every process that a part starts writes its coverage. */
const coverageFolder = path.resolve('reports', '.coverage');

interface Part {
  description: string;
  /** The arguments for Node. */
  args: string[];
}

const parts: Record<string, Part> = {
  lint: {
    description: 'format, lint and the direction of imports',
    args: [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  types: { description: 'the type checker finds nothing', args: [command('typescript', 'tsc'), '-p', '.'] },
  generated: { description: 'generated files are up to date', args: ['src/cli/generate.ts', '--check'] },
  features: { description: 'every sentence, tag and keyword exists', args: ['src/cli/test.ts', '--dry-run'] },
  editor: { description: 'the editor understands every step', args: ['src/cli/editor-check.ts'] },
  prove: {
    description: 'the suite finds every fault of the sandbox, in the quick form',
    args: ['src/cli/prove.ts'],
  },
  tests: { description: "the harness's own tests", args: ['src/cli/test-unit.ts'] },
  coverage: {
    description: 'how much of the source the other parts covered',
    args: ['src/cli/coverage.ts', coverageFolder],
  },
};

/** The file behind the command of a package, so that neither a shell nor PATH is needed. */
function command(name: string, command = name): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: string | Record<string, string> };
  return path.join(path.dirname(file), typeof bin === 'string' ? bin : bin[command]!);
}

const width = Math.max(...Object.keys(parts).map(({ length }) => length));
const list = Object.entries(parts).map(
  ([name, { description }]) => `  ${name.padEnd(width)}  ${description}`,
);

const verify = new Command('verify')
  .description(
    'Checks everything that the project requires of itself, in this order. Exit code 1: a part fails.',
  )
  .argument('[parts...]', 'run only these', part)
  .addHelpText('after', `\nParts:\n${list.join('\n')}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

function part(name: string, before: string[] = []): string[] {
  if (Object.hasOwn(parts, name)) return [...before, name];
  const guess = closest(name, Object.keys(parts));
  throw new InvalidArgumentError(`There is no part ${JSON.stringify(name)}; did you mean ${guess}?`);
}

const [named = []] = verify.parse().processedArgs as [string[]?];
if (named.includes('coverage') && !named.includes('tests')) {
  verify.error('error: coverage measures what the other parts run; leave it out, or name tests too');
}
const selected = Object.entries(parts).filter(([name]) => named.length === 0 || named.includes(name));
const measuresCoverage = selected.some(([name]) => name === 'coverage');
const env = measuresCoverage ? { ...process.env, NODE_V8_COVERAGE: coverageFolder } : process.env;
const failed: string[] = [];
clean();
for (const [name, { description, args }] of selected) {
  const started = performance.now();
  console.log(`\n— ${name}: ${description}`);
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'inherit' }), 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
clean();
console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : partFailed;

function clean(): void {
  if (measuresCoverage) rmSync(coverageFolder, { recursive: true, force: true, maxRetries: 3 });
}
