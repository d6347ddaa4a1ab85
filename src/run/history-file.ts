// history.ndjson: what each run came to, a line each, in the folder of its reports. Two machines may each have written one:
// lines of both count, in whatever order they are put together, each run once.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isValid } from '../protocol/schemas.ts';
import { codeOf } from '../system/error-code.ts';
import { replaceFile } from '../system/replace-file.ts';
import { counted } from '../text/count.ts';
import { oneLine } from '../text/one-line.ts';
import type { HistoryLine } from '../verdict/report-types.ts';

export const historyName = 'history.ndjson';
/** Of other machines: history.staging-2.ndjson. */
const alsoHistory = /^history\..+\.ndjson$/;

/** Of each tenant and selection: more than a year of nights. */
const maxOfSeries = 400;
/** Whoever selects something else each time makes a series each time. */
const maxInAll = 2000;
/** Ten times what a file that is kept here can have. */
const maxBytes = 100_000_000;

export interface KeptHistory {
  /** In the order of their beginnings. */
  lines: HistoryLine[];
  /** What a person should know, a sentence each. */
  notes: string[];
}

/** Adds a run to those that are kept. A line about the same run is replaced. */
export async function addToHistory(folder: string, line: HistoryLine): Promise<KeptHistory> {
  const { lines: before, notes, isWritable } = readHistory(folder);
  const lines = bounded(inOrder([...before, line]));
  if (!isWritable) return { lines, notes };
  try {
    const text = lines.map((one) => `${JSON.stringify(one)}\n`).join('');
    await replaceFile(path.join(folder, historyName), text);
  } catch (error) {
    notes.push(`${historyName} could not be written, so this run will be missing in it: ${why(error)}`);
  }
  return { lines, notes };
}

function readHistory(folder: string): KeptHistory & { isWritable: boolean } {
  const lines: HistoryLine[] = [];
  const notes: string[] = [];
  let isWritable = true;
  const others = namesIn(folder).filter((name) => alsoHistory.test(name));
  // The last of several lines about a run counts: that of the own file.
  for (const name of [...others.sort(), historyName]) {
    try {
      const text = textOf(path.join(folder, name));
      lines.push(...linesOf(text, (damaged) => notes.push(damagedInWords(name, damaged))));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') continue;
      // What cannot be read must not be replaced.
      if (name === historyName) isWritable = false;
      notes.push(
        `${oneLine(name)} cannot be read (${why(error)}), so ${name === historyName ? 'this run is not added to it' : 'it was left out'}`,
      );
    }
  }
  return { lines, notes, isWritable };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @throws when it is not a file of its own: a link leads elsewhere, and a pipe never ends */
function textOf(file: string): string {
  const found = lstatSync(file);
  if (!found.isFile()) throw new Error('it is not a file');
  if (found.size > maxBytes) throw new Error('it is too large');
  return readFileSync(file, 'utf8');
}

/** @param damaged is handed the numbers of lines that hold no run */
function linesOf(text: string, damaged: (numbers: number[]) => void): HistoryLine[] {
  const wrong: number[] = [];
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const read = lineIn(line);
      if (!read) wrong.push(index + 1);
      return read ?? [];
    });
  if (wrong.length > 0) damaged(wrong);
  return lines;
}

function lineIn(text: string): HistoryLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isValid('historyLine', value)) return undefined;
    const line = value as HistoryLine;
    return Number.isNaN(Date.parse(line.startedAt)) ? undefined : line;
  } catch {
    return undefined;
  }
}

const shown = 5;

function damagedInWords(name: string, numbers: readonly number[]): string {
  const which = numbers.slice(0, shown).join(', ') + (numbers.length > shown ? ', …' : '');
  return `${oneLine(name)}: ${counted(numbers.length, 'line')} cannot be read and ${numbers.length === 1 ? 'is' : 'are'} left out (${which}); the others count`;
}

/** Each run once, the last line about it; by the time of its beginning. */
function inOrder(lines: readonly HistoryLine[]): HistoryLine[] {
  const byRun = new Map(lines.map((line) => [JSON.stringify([line.run, line.startedAt, line.series]), line]));
  return [...byRun.values()].sort(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.run.localeCompare(b.run),
  );
}

/** The newest ones. */
function bounded(lines: readonly HistoryLine[]): HistoryLine[] {
  const series = Map.groupBy(lines, (line) => line.series);
  const kept = new Set([...series.values()].flatMap((all) => all.slice(-maxOfSeries)));
  return lines.filter((line) => kept.has(line)).slice(-maxInAll);
}

function why(error: unknown): string {
  return codeOf(error) ?? oneLine((error as Error).message, 150);
}
