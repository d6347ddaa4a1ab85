// `npm run bench`: compares the harness with a bare loop that sends the same requests. It measures and does not judge:
// the exit code is 0 unless a process failed. bench/README.md describes what is compared.
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { Command } from 'commander';
import { count, type Figure, median, seconds, table } from './figures.ts';
import { Bench, type Run } from './processes.ts';

interface Round {
  undici: Run;
  playwright: Run;
  harnessOnce: Run;
  harness: Run;
  emptyRun: Run;
  oneScenario: Run;
}

const { rounds, conversations, json } = new Command('npm run bench --')
  .option('--rounds <number>', 'how many times each is run', count, 5)
  .option('--conversations <number>', 'how many in each run', count, 400)
  .option('--json <file>', 'also write the figures to this file')
  .parse()
  .opts<{ rounds: number; conversations: number; json?: string }>();

const machine = `${os.availableParallelism()} cores, ${os.cpus()[0]?.model.trim() ?? os.arch()}, ${os.platform()}, Node ${process.version}`;
console.log(`${conversations} conversations of 8 requests, ${rounds} rounds; ${machine}`);
const [load = 0] = os.loadavg();
if (load > 1) console.log(`The load is ${load.toFixed(1)} at the start: expect the ratios to vary.`);
console.log('');

const bench = await Bench.open(conversations);
const done: Round[] = [];
try {
  for (let n = 1; n <= rounds; n++) {
    const round = await oneRound();
    done.push(round);
    const { undici, playwright } = round;
    console.log(
      `round ${n}: (a) ${seconds(loop(undici))}, (b) ${seconds(loop(playwright))}, (c) ${seconds(inRun(round))}`,
    );
  }
} finally {
  await bench.close();
}
const figures = figuresOf(done);
console.log(`\n${table(figures)}`);
if (json) {
  const withMedians = figures.map((figure) => ({ ...figure, median: median(figure.values) }));
  const written = {
    date: new Date().toISOString(),
    machine,
    conversations,
    figures: withMedians,
    rounds: done,
  };
  await writeFile(json, `${JSON.stringify(written, null, 2)}\n`);
}

/** Runs them in turn, so that other load on the machine affects all alike. */
async function oneRound(): Promise<Round> {
  return {
    undici: await bench.bare('bare-undici.ts'),
    playwright: await bench.bare('bare-playwright.ts'),
    harnessOnce: await bench.harnessOnce(),
    harness: await bench.harness(),
    emptyRun: await bench.emptyRun(),
    oneScenario: await bench.oneScenario(),
  };
}

function loop(run: Run): number {
  return run.loop!.wallMs;
}

/** The cost of the conversations alone: a run of one scenario also pays for start, modules and the fixed parts of reports. */
function inRun({ harness, harnessOnce }: Round): number {
  return harness.wallMs - harnessOnce.wallMs;
}

function figuresOf(all: Round[]): Figure[] {
  const each = (figure: string, unit: Figure['unit'], value: (round: Round) => number, atMost?: number) => ({
    figure,
    unit,
    values: all.map(value),
    ...(atMost === undefined ? {} : { atMost }),
  });
  const s = (value: (round: Round) => number) => (round: Round) => value(round) / 1000;
  const cpu = (round: Round) => round.harness.cpuMs - round.harnessOnce.cpuMs;
  return [
    each(
      '(a) bare undici loop',
      's',
      s((round) => loop(round.undici)),
    ),
    each(
      '(b) bare Playwright loop',
      's',
      s((round) => loop(round.playwright)),
    ),
    each('(c) harness, every report', 's', s(inRun)),
    each('(b) / (a)', '×', (round) => loop(round.playwright) / loop(round.undici)),
    each('(c) / (a)', '×', (round) => inRun(round) / loop(round.undici), 6.5),
    each('(c) / (b)', '×', (round) => inRun(round) / loop(round.playwright), 2),
    each(
      '(c) first request to end',
      's',
      s((round) => round.harness.sinceFirstMs),
    ),
    each('(c) / (a), processor time', '×', (round) => cpu(round) / round.undici.loop!.cpuMs),
    each('(c) / (b), processor time', '×', (round) => cpu(round) / round.playwright.loop!.cpuMs),
    each(
      '(a) whole process',
      's',
      s((round) => round.undici.wallMs),
    ),
    each(
      '(b) whole process',
      's',
      s((round) => round.playwright.wallMs),
    ),
    each(
      '(c) whole process',
      's',
      s((round) => round.harness.wallMs),
    ),
    each('(a) peak memory', 'MB', (round) => round.undici.peakMb),
    each('(b) peak memory', 'MB', (round) => round.playwright.peakMb),
    each('(c) peak memory', 'MB', (round) => round.harness.peakMb, 330),
    each(
      'empty cucumber run',
      's',
      s((round) => round.emptyRun.wallMs),
    ),
    each(
      'one scenario by --name',
      's',
      s((round) => round.oneScenario.wallMs),
    ),
    each(
      'one scenario − empty run',
      's',
      s((round) => round.oneScenario.wallMs - round.emptyRun.wallMs),
      1.5,
    ),
  ];
}
