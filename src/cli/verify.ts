// `npm run verify`: everything that the project asks of itself, in order of how fast it says no.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { closest } from 'fastest-levenshtein';

const [notAllHolds, usedWrongly] = [1, 2];
const require = createRequire(import.meta.url);

/** Where every process that a part starts leaves word of what it ran. */
const measured = path.resolve('reports', '.coverage');

interface Part {
  says: string;
  /** What Node runs. */
  args: string[];
}

const parts: Record<string, Part> = {
  lint: {
    says: 'format, lint and the direction of imports',
    args: [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  types: { says: 'the type checker finds nothing', args: [command('typescript', 'tsc'), '-p', '.'] },
  generated: { says: 'generated files are up to date', args: ['src/cli/generate.ts', '--check'] },
  features: { says: 'every sentence, tag and keyword exists', args: ['src/cli/test.ts', '--dry-run'] },
  editor: { says: 'the editor understands every step', args: ['src/cli/editor-check.ts'] },
  prove: { says: 'the suite finds every fault of the sandbox, the quick form', args: ['src/cli/prove.ts'] },
  tests: { says: "the harness's own tests", args: ['src/cli/test-unit.ts'] },
  coverage: {
    says: 'how much of the source the other parts went through',
    args: ['src/cli/coverage.ts', measured],
  },
};

/** The file behind a package's command, so that no shell and no PATH is needed. */
function command(name: string, command = name): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: string | Record<string, string> };
  return path.join(path.dirname(file), typeof bin === 'string' ? bin : bin[command]!);
}

const width = Math.max(...Object.keys(parts).map(({ length }) => length));
const list = Object.entries(parts).map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}`);

const verify = new Command('verify')
  .description('Checks everything that the project asks of itself, in this order. Exit code 1: a part fails.')
  .argument('[parts...]', 'run only these', part)
  .addHelpText('after', `\nParts:\n${list.join('\n')}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

function part(name: string, before: string[] = []): string[] {
  if (Object.hasOwn(parts, name)) return [...before, name];
  const guess = closest(name, Object.keys(parts));
  throw new InvalidArgumentError(`There is no part ${JSON.stringify(name)}; did you mean ${guess}?`);
}

const [asked = []] = verify.parse().processedArgs as [string[]?];
if (asked.includes('coverage') && !asked.includes('tests')) {
  verify.error('error: coverage measures what the other parts run; leave it out, or name tests too');
}
const chosen = Object.entries(parts).filter(([name]) => asked.length === 0 || asked.includes(name));
const measures = chosen.some(([name]) => name === 'coverage');
const env = measures ? { ...process.env, NODE_V8_COVERAGE: measured } : process.env;
const failed: string[] = [];
clean();
for (const [name, { says, args }] of chosen) {
  const started = performance.now();
  console.log(`\n— ${name}: ${says}`);
  const [code] = await once(spawn(process.execPath, args, { env, stdio: 'inherit' }), 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
clean();
console.log(failed.length === 0 ? '\nEverything holds.' : `\nNot in order: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : notAllHolds;

function clean(): void {
  if (measures) rmSync(measured, { recursive: true, force: true, maxRetries: 3 });
}
