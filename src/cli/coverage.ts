// `node src/cli/coverage.ts FOLDER`: how much of src/ and steps/ a run of `npm run verify` covered, from what Node wrote into
// the folder (NODE_V8_COVERAGE). A file that is covered less than the goal needs a reason here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const goal = 95;
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Why a file is covered less than the goal, by its path with "/". */
const reasons: Record<string, string> = {
  'src/check/output.ts': 'a full pipe',
  'src/check/result.ts': 'types only',
  'src/cli/own-process.ts':
    'its tests of the compile cache run without coverage, which takes the place of that cache',
  'src/cli/sandbox.ts': 'ports and hosts that only some machines refuse',
  'src/cli/generate.ts': 'its test runs it in a copy of the project, which is not measured',
  'src/cli/bin.js': 'a Node that is too old',
  'src/cli/judge-mutant.ts': 'runs for the mutants of the reference tenant only',
  'src/cli/pack.ts': 'its test packs the project, which is not measured',
  'src/errors/error-entry.ts': 'types only',
  'src/logs/log-entry.ts': 'types only',
  'src/prove/suite-process.ts': 'a failure of the harness itself during a proof',
  'src/recorder/record/disk-reserve.ts': 'a full disk',
  'src/recorder/page/live-page.js': 'runs in the browsers of the tests, where Node does not count',
  'src/report/page/page.js': 'runs in the browsers of the tests, where Node does not count',
  'src/run/suite.ts': 'a copy of the project without git',
  'src/sandbox/faults/fault.ts': 'types only',
  'src/system/env.ts': 'types only',
  'src/tenant/exchange.ts': 'types only',
  'src/verdict/report-types.ts': 'types only',
  'src/verdict/scenario-record.ts': 'types only',
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
  // Without --all, a file that is never loaded would be missing.
  const files = ['--all', '--include', 'src/**', '--include', 'steps/**'];
  // Files that are generated, have no line that runs, or do the measuring.
  const excluded = ['src/protocol/generated/**', '**/*.d.ts', 'src/cli/verify.ts', 'src/cli/coverage.ts'];
  const exclusions = excluded.flatMap((one) => ['--exclude', one]);
  const { status } = spawnSync(process.execPath, [c8, ...args, ...files, ...exclusions], {
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
for (const file of stale) console.log(`          ${file} no longer needs its reason`);
console.log(`lines ${formatPart(total!.lines)}, branches ${formatPart(total!.branches)}`);
if (total!.lines.pct < goal || unexplained.length > 0) {
  console.error(`The goal is ${goal} % of all lines, and of the lines of each file without a reason.`);
  process.exitCode = 1;
}

function formatPart({ pct, covered, total }: Part): string {
  return `${pct.toFixed(1)} % (${covered} of ${total})`;
}
