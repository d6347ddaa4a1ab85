// `npm run bench:slow`: a whole run at a tenant that takes its time, with one worker and with many. It measures and does not
// judge: the exit code is 0 unless a process failed. bench/README.md has the targets.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { count, type Figure, table } from './figures.ts';
import { measure, npmTest, repository } from './processes.ts';
import type { FromSlowTenant } from './slow-tenant.ts';

const { latency, workers, rounds, select } = new Command('npm run bench:slow --')
  .option('--latency <milliseconds>', 'how long the tenant takes for an answer', count, 100)
  .option('--workers <number>', 'how many, in the second run of each round', count, 8)
  .option('--rounds <number>', 'how many times each is run', count, 1)
  .option('--select <path or @tag>', 'run only this; a tag begins with @')
  .parse()
  .opts<{ latency: number; workers: number; rounds: number; select?: string }>();

interface WholeRun {
  seconds: number;
  peakMb: number;
  requests: number;
}

const folder = await mkdtemp(path.join(tmpdir(), 'conformance-slow-'));
const tenant = fork(path.join(import.meta.dirname, 'slow-tenant.ts'), [`${latency}`]);
const [{ settings }] = (await once(tenant, 'message')) as [Extract<FromSlowTenant, { settings: object }>];
const serial: WholeRun[] = [];
const parallel: WholeRun[] = [];
try {
  for (let round = 1; round <= rounds; round += 1) {
    serial.push(await wholeRun(`${round}-serial`));
    parallel.push(await wholeRun(`${round}-parallel`, '--parallel', `${workers}`));
  }
} finally {
  tenant.disconnect();
  await rm(folder, { recursive: true, force: true });
}
console.log(
  table([figuresOf('1 worker', serial, 1), figuresOf(`${workers} workers`, parallel, workers)].flat()),
);

async function wholeRun(name: string, ...args: string[]): Promise<WholeRun> {
  const reports = path.join(folder, name);
  const selection = select === undefined ? [] : select.startsWith('@') ? ['--tags', select] : [select];
  const cost = await measure([...npmTest, ...args, ...selection], repository, `${reports}.json`, {
    ...settings,
    CALLBACK_TIMEOUT_MS: '2000',
    NO_PROXY: '127.0.0.1',
    REPORTS_DIR: reports,
  });
  const { requests } = JSON.parse(await readFile(path.join(reports, 'conformance.json'), 'utf8'));
  return { seconds: cost.wallMs / 1000, peakMb: cost.peakMb, requests };
}

/** Waiting for the tenant is the least that a run can take: half as much again, and three seconds, is what it may. */
function figuresOf(name: string, runs: WholeRun[], atOnce: number): Figure[] {
  const least = (runs[0]!.requests * latency) / atOnce / 1000;
  return [
    {
      figure: `${name}: requests`,
      unit: '',
      values: runs.map(({ requests }) => requests),
      ...(select === undefined ? { atMost: 900 } : select === '@smoke' ? { atMost: 300 } : {}),
    },
    {
      figure: `${name}: whole process`,
      unit: 's',
      values: runs.map(({ seconds }) => seconds),
      atMost: Math.round((1.5 * least + 3) * 10) / 10,
    },
    {
      figure: `${name}: by waiting for the tenant alone (${least.toFixed(1)} s)`,
      unit: '×',
      values: runs.map(({ seconds }) => seconds / least),
    },
    { figure: `${name}: peak memory`, unit: 'MB', values: runs.map(({ peakMb }) => peakMb) },
  ];
}
