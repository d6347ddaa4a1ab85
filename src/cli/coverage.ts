// How much of src/ and steps/ a run of `npm run verify` went through: `node src/cli/coverage.ts FOLDER`, with what Node
// wrote there (NODE_V8_COVERAGE). A file that is covered less than the goal has its reason here, or is not in order.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const goal = 95;
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Why so little of a file was run, by its path with "/". */
const reasons: Record<string, string> = {
  'src/check/output.ts': 'a pipe that is full',
  'src/check/result.ts': 'types only',
  'src/prove/suite-process.ts': 'a failure of the harness itself during a proof',
  'src/recorder/record/folder-lock.ts': 'two recorders that take over one lock at the same moment',
  'src/report/page/page.js': 'runs in the browsers of the tests, where Node does not count',
  'src/run/plugin.ts': 'a reports folder that cannot be emptied, for another process holds it',
  'src/run/suite.ts': 'a copy without git',
  'src/sandbox/faults/fault.ts': 'types only',
  'src/system/env.ts': 'types only',
  'src/tenant/exchange.ts': 'types only',
  'src/verdict/report-types.ts': 'types only',
};

interface Part {
  covered: number;
  total: number;
  pct: number;
}

type Summary = Record<string, { lines: Part; branches: Part }>;

function summaryOf(folder: string): Summary {
  const c8 = path.join(
    path.dirname(createRequire(import.meta.url).resolve('c8/package.json')),
    'bin',
    'c8.js',
  );
  const args = ['report', '--temp-directory', folder, '--reports-dir', folder, '--reporter', 'json-summary'];
  // Without --all, a file that nothing loads would not be missed.
  const files = ['--all', '--include', 'src/**', '--include', 'steps/**'];
  // Written by a generator, without a line that runs, or busy with measuring while the others run.
  const not = ['src/protocol/generated/**', '**/*.d.ts', 'src/cli/verify.ts', 'src/cli/coverage.ts'];
  const excluded = not.flatMap((one) => ['--exclude', one]);
  const { status } = spawnSync(process.execPath, [c8, ...args, ...files, ...excluded], {
    cwd: repository,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`c8 ended with ${status}`);
  return JSON.parse(readFileSync(path.join(folder, 'coverage-summary.json'), 'utf8'));
}

const folder = process.argv[2];
if (!folder) throw new Error('Which folder? As in: node src/cli/coverage.ts /tmp/coverage');
const { total, ...files } = summaryOf(folder);
const low = Object.entries(files)
  .map(([file, { lines }]) => ({ file: path.relative(repository, file).replaceAll('\\', '/'), lines }))
  .filter(({ lines }) => lines.pct < goal);
const unexplained = low.filter(({ file }) => reasons[file] === undefined);
const stale = Object.keys(reasons).filter((file) => !low.some((one) => one.file === file));

for (const { file, lines } of low) {
  console.log(`${lines.pct.toFixed(1).padStart(6)} %  ${file}: ${reasons[file] ?? 'no reason is given'}`);
}
for (const file of stale) console.log(`          ${file} needs its reason no longer`);
console.log(`lines ${formatPart(total!.lines)}, branches ${formatPart(total!.branches)}`);
if (total!.lines.pct < goal || unexplained.length > 0) {
  console.error(`${goal} % of the lines is the goal, of the whole and of each file that has no reason.`);
  process.exitCode = 1;
}

function formatPart({ pct, covered, total }: Part): string {
  return `${pct.toFixed(1)} % (${covered} of ${total})`;
}
