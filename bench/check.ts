// `npm run bench:check`: compares the check of a log with reading it line by line and JSON.parse of each line. It measures
// and does not judge.

import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { documentedRecord, type LogShape, serviceRecord, writeLog } from './check-log.ts';
import { count, type Figure, seconds, table } from './figures.ts';
import { checkHostile } from './hostile.ts';
import { measure } from './processes.ts';

const { rounds, conversations, open, hostile } = new Command('npm run bench:check --')
  .option('--rounds <number>', 'how many times each is run', count, 5)
  .option('--conversations <number>', 'how many, of 8 events each', count, 125_000)
  .option('--open <number>', 'how many are open at the same time', count, 1000)
  .option('--no-hostile', 'leave out the logs that are meant to make it slow')
  .parse()
  .opts<{ rounds: number; conversations: number; open: number; hostile: boolean }>();

const repository = path.dirname(import.meta.dirname);
const npmCheck = manifest.scripts.check.replace(/^node /, '').split(' ');

const folder = await mkdtemp(path.join(os.tmpdir(), 'conformance-bench-'));
try {
  const written = async (name: string, record?: LogShape['record']) => {
    const file = path.join(folder, name);
    await writeLog(file, { conversations, eventsEach: 8, open, ...(record ? { record } : {}) });
    return { file, megabytes: `${((await stat(file)).size / 1e6).toFixed(0)} MB` };
  };
  const bodies = await written('bodies.ndjson');
  const records = await written('records.ndjson', documentedRecord);
  const service = await written('service.log', serviceRecord);
  console.log(
    `${conversations * 8} events in ${conversations} conversations, ${open} at a time: bodies ${bodies.megabytes}, records ${records.megabytes}, a service's log ${service.megabytes}`,
  );
  console.log(machine());
  const cost = path.join(folder, 'cost.json');
  const done: Record<'bare' | 'check' | 'records' | 'service', Awaited<ReturnType<typeof measure>>>[] = [];
  for (let n = 1; n <= rounds; n++) {
    const bareLines = path.join(import.meta.dirname, 'bare-lines.ts');
    const round = {
      bare: await measure([bareLines, bodies.file], repository, cost),
      check: await measure([...npmCheck, bodies.file], repository, cost),
      records: await measure([...npmCheck, records.file], repository, cost),
      service: await measure([...npmCheck, service.file], repository, cost),
    };
    done.push(round);
    const walls = Object.values(round).map(({ wallMs }, at) => `(${'abcd'[at]}) ${seconds(wallMs)}`);
    console.log(`round ${n}: ${walls.join(', ')}`);
  }
  const figures: Figure[] = [
    { figure: '(a) lines and JSON.parse', unit: 's', values: done.map(({ bare }) => bare.wallMs / 1000) },
    { figure: '(b) npm run check', unit: 's', values: done.map(({ check }) => check.wallMs / 1000) },
    {
      figure: '(b) / (a)',
      unit: '×',
      values: done.map(({ bare, check }) => check.wallMs / bare.wallMs),
      atMost: 1.8,
    },
    {
      figure: '(b) / (a), processor time',
      unit: '×',
      values: done.map(({ bare, check }) => check.cpuMs / bare.cpuMs),
    },
    {
      figure: '(c) npm run check: records, with time, URL and status',
      unit: 's',
      values: done.map(({ records }) => records.wallMs / 1000),
    },
    {
      figure: "(d) / (c): the same in a service's log",
      unit: '×',
      values: done.map(({ records, service }) => service.wallMs / records.wallMs),
      atMost: 1.3,
    },
    { figure: '(a) peak memory', unit: 'MB', values: done.map(({ bare }) => bare.peakMb) },
    { figure: '(b) peak memory', unit: 'MB', values: done.map(({ check }) => check.peakMb) },
  ];
  console.log(`\n${table(figures)}`);
  if (hostile) await checkHostile(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What the figures depend on: V8 collects garbage in threads of its own, which take turns with the check on a busy machine. */
function machine(): string {
  const load = os.loadavg()[0]!.toFixed(1);
  const options = process.env.NODE_OPTIONS ? `NODE_OPTIONS=${process.env.NODE_OPTIONS}` : 'no NODE_OPTIONS';
  return `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, load ${load} (wall times need an idle machine), Node ${process.version}, ${options}`;
}
