// The last lines of a run on the terminal, which a reader in a hurry sees: the probable cause, and what to do next.
import { styleText } from 'node:util';
import { harmless } from '../text/terminal.ts';
import type { ConformanceReport } from '../verdict/report-types.ts';
import { probableCauseRows } from './probable-cause.ts';

export function lastWords(report: ConformanceReport): string[] {
  return [...probableCause(report), ...nextStep(report)];
}

function probableCause(report: ConformanceReport): string[] {
  // The command that repeats the request is in what is to be copied.
  const rows = probableCauseRows(report).filter(
    ([name, text]) => name !== 'repeat' || !report.next?.copy?.includes(text),
  );
  if (rows.length === 0) return [];
  const lines = rows.map(([name, text]) => `${name.padEnd(13)}${harmless(text)}`);
  return [[styleText('bold', 'Probable cause'), ...lines].join('\n')];
}

/** What is to be copied stands at the margin. */
function nextStep({ next }: ConformanceReport): string[] {
  if (next === null) return [];
  const head = `${styleText('bold', 'What to do next')}\n${harmless(next.do)}`;
  return next.copy === null ? [head] : [head, harmless(next.copy)];
}
