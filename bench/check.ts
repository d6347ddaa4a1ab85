// `npm run bench:check`: compares the check of a log with reading it line by line and JSON.parse of each line. It measures
// and does not judge.

import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { writeLog } from './check-log.ts';
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
  const file = path.join(folder, 'log.ndjson');
  await writeLog(file, { conversations, eventsEach: 8, open });
  const { size } = await stat(file);
  console.log(
    `${conversations * 8} events in ${conversations} conversations, ${open} at a time, ${(size / 1e6).toFixed(0)} MB; ${os.availableParallelism()} cores, Node ${process.version}`,
  );
  const cost = path.join(folder, 'cost.json');
  const done: Record<'bare' | 'check', Awaited<ReturnType<typeof measure>>>[] = [];
  for (let n = 1; n <= rounds; n++) {
    const bare = await measure([path.join(import.meta.dirname, 'bare-lines.ts'), file], repository, cost);
    const check = await measure([...npmCheck, file], repository, cost);
    done.push({ bare, check });
    console.log(`round ${n}: (a) ${seconds(bare.wallMs)}, (b) ${seconds(check.wallMs)}`);
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
    { figure: '(a) peak memory', unit: 'MB', values: done.map(({ bare }) => bare.peakMb) },
    { figure: '(b) peak memory', unit: 'MB', values: done.map(({ check }) => check.peakMb) },
  ];
  console.log(`\n${table(figures)}`);
  if (hostile) await checkHostile(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
