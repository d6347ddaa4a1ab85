// The second part of `npm run bench:check`: logs that are meant to make the check slow, or to fill the memory.
import { createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import manifest from '../package.json' with { type: 'json' };
import { type Figure, seconds, table } from './figures.ts';
import { hostileLogs } from './hostile-logs.ts';
import { measure } from './processes.ts';

const repository = path.dirname(import.meta.dirname);
const npmCheck = manifest.scripts.check.replace(/^node /, '').split(' ');

/** Lines of the shorter and the longer log of each shape. */
const [shortLines, longLines] = [60_000, 480_000];
/** A line of the gzip that unpacks to a gigabyte. */
const repeated = `${JSON.stringify(hostileLogs['ever new agents']!(0).body)}\n`;

/**
 * For each shape: the processor time of a line in the long log by that in the short one, each without the start, and the ratio to
 * reading the long log bare. Then the memory for a gigabyte that is one request again and again.
 */
export async function checkHostile(folder: string): Promise<void> {
  const cost = path.join(folder, 'cost.json');
  const check = (file: string) => measure([...npmCheck, file], repository, cost, {}, [0, 1, 3]);
  const file = path.join(folder, 'hostile.ndjson');
  await writeFile(file, '');
  /** The cheaper of two: the first one may compile, and others may be at work. */
  const cheaper = async () => [await check(file), await check(file)].sort((a, b) => a.cpuMs - b.cpuMs)[0]!;
  const start = (await cheaper()).cpuMs;
  const figures: Figure[] = [];
  for (const [shape, requestOf] of Object.entries(hostileLogs)) {
    const times: number[] = [];
    let peakMb = 0;
    for (const lines of [shortLines, longLines]) {
      await writeFile(
        file,
        linesOf(lines, (number) => `${JSON.stringify(requestOf(number))}\n`),
      );
      const { cpuMs, peakMb: peak } = await cheaper();
      times.push((cpuMs - start) / lines);
      peakMb = peak;
    }
    const bare = await measure([path.join(import.meta.dirname, 'bare-lines.ts'), file], repository, cost);
    const long = times[1]! * longLines + start;
    figures.push(
      {
        figure: `${shape}: a line of ${longLines} / of ${shortLines}`,
        unit: '×',
        values: [times[1]! / times[0]!],
        atMost: 1.2,
      },
      { figure: `${shape}: check / bare`, unit: '×', values: [long / bare.cpuMs] },
      { figure: `${shape}: peak memory`, unit: 'MB', values: [peakMb] },
    );
    console.log(`${shape}: ${seconds(long)}`);
  }
  const gzip = `${file}.gz`;
  const count = Math.ceil(1e9 / repeated.length);
  await pipeline(Readable.from(linesOf(count, () => repeated)), createGzip(), createWriteStream(gzip));
  const { size } = await stat(gzip);
  const { peakMb } = await check(gzip);
  const figure = `1 GB of one request, ${(size / 1e6).toFixed(1)} MB of gzip: peak memory`;
  figures.push({ figure, unit: 'MB', values: [peakMb], atMost: 600 });
  console.log(`\n${table(figures)}`);
}

/** The lines of a log in pieces of a thousand. */
function* linesOf(count: number, lineOf: (number: number) => string): Generator<string> {
  for (let from = 0; from < count; from += 1000) {
    yield Array.from({ length: Math.min(1000, count - from) }, (_, n) => lineOf(from + n)).join('');
  }
}
