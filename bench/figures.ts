// The table that a benchmark prints: each figure with its median, its span and its target.
import { InvalidArgumentError } from 'commander';

export interface Figure {
  figure: string;
  /** Empty for a number of things. */
  unit: 's' | 'MB' | '×' | '';
  values: number[];
  atMost?: number;
}

export function table(figures: Figure[]): string {
  const rows = figures.map(({ figure, unit, values, atMost }) => {
    const value = (number: number) =>
      `${number.toFixed(unit === 'MB' || unit === '' ? 0 : 2)} ${unit}`.trimEnd();
    const middle = median(values);
    const span = `${value(Math.min(...values))} – ${value(Math.max(...values))}`;
    const verdict = atMost === undefined ? '' : middle <= atMost ? 'met' : 'not met';
    return [
      figure,
      value(middle),
      span,
      atMost === undefined ? '' : `≤ ${atMost} ${unit}`.trimEnd(),
      verdict,
    ];
  });
  const all = [['figure', 'median', 'min – max', 'target', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function median(values: number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** An option that is a whole number, at least 1. */
export function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('must be a whole number, at least 1');
  return number;
}
